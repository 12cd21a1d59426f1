import { freshID, h } from "../app/element.js";

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {*} [body] nodes or text
 * @property {string} confirm the confirming button's text
 * @property {string} [cancel] the other button's text
 * @property {boolean} [isDanger] shows the confirming button as dangerous
 * @property {string} [typed] text that the user must type before confirming
 */

/**
 * Asks a question in a modal dialog. The browser keeps the focus inside and restores it afterwards.
 * @param {Question} question
 * @returns {Promise<boolean>} true if the user confirmed
 */
export function ask(question) {
  const title = freshID("dialog-title");
  const confirm = h("button", { type: "submit", class: question.isDanger ? "danger" : "primary", disabled: Boolean(question.typed) }, question.confirm);
  const dialog = h("dialog", { "aria-labelledby": title },
    h("form", { method: "dialog", submit: (event) => { event.preventDefault(); dialog.close("yes"); } },
      h("h2", { id: title }, question.title),
      h("div", { class: "body" }, question.body),
      question.typed && typing(question.typed, confirm),
      h("div", { class: "actions" },
        h("button", { type: "button", click: () => dialog.close() }, question.cancel ?? "Cancel"), confirm)));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

/** Text with its white space as a browser displays it, so that the user can type what they see. */
function asShown(text) {
  return text.trim().replace(/\s+/g, " ");
}

function typing(expected, confirm) {
  const id = freshID("typed");
  const check = (event) => { confirm.disabled = asShown(event.target.value) !== asShown(expected); };
  return h("p", { class: "field" },
    h("label", { for: id }, "To confirm, type ", h("strong", { class: "value" }, expected)),
    h("input", { id, autocomplete: "off", spellcheck: "false", input: check }));
}
