import { freshID, h } from "../app/element.js";

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {*} [body] nodes or text
 * @property {string} confirm the confirming button's text
 * @property {string} [cancel] the other button's text
 * @property {boolean} [isDanger] shows the confirming button as dangerous
 */

/**
 * Tells something in a modal dialog, which the user closes.
 * @param {{title: string, body: *, close?: string}} message the text of its button is “Close” by default
 * @returns {Promise<boolean>} true if the user pressed the button
 */
export function tell({ title, body, close = "Close" }) {
  return open({ title, body, confirm: close }, false);
}

/**
 * Asks a question in a modal dialog. The browser keeps the focus inside and restores it afterwards.
 * @param {Question} question
 * @returns {Promise<boolean>} true if the user confirmed
 */
export function ask(question) {
  return open(question, true);
}

function open(question, canCancel) {
  const title = freshID("dialog-title");
  const confirm = h("button", { type: "submit", class: question.isDanger ? "danger" : "primary" }, question.confirm);
  const dialog = h("dialog", { "aria-labelledby": title },
    h("form", { method: "dialog", submit: (event) => { event.preventDefault(); dialog.close("yes"); } },
      h("h2", { id: title }, question.title),
      h("div", { class: "body" }, question.body),
      h("div", { class: "actions" },
        canCancel && h("button", { type: "button", autofocus: true, click: () => dialog.close() }, question.cancel ?? "Cancel"), confirm)));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
