import { Problem } from "../app/api.js";
import { freshID, h, fill } from "../app/element.js";
import { busy } from "../parts/busy.js";
import { problemNotice } from "../parts/notice.js";

/**
 * A dialog with a form. It stays open while the registry rejects the values, with the reasons above them.
 * @param {object} form
 * @param {string} form.title
 * @param {*} form.body the fields
 * @param {string} form.confirm the sending button's text
 * @param {boolean} [form.isDanger]
 * @param {() => Promise<*>} form.send sends the values; a result is shown instead of the fields, undefined closes the dialog
 */
export function openSheet({ title, body, confirm, isDanger, send }) {
  const id = freshID("sheet");
  const message = h("div", { class: "message" });
  const fields = h("div", { class: "body" }, body);
  const submit = h("button", { type: "submit", class: isDanger ? "danger" : "primary" }, confirm);
  const close = h("button", { type: "button", click: () => dialog.close() }, "Cancel");
  const work = async () => {
    fill(message);
    try {
      const result = await send();
      if (result === undefined) return dialog.close();
      fill(fields, result);
      submit.remove();
      fill(close, "Close");
      close.focus();
    } catch (error) {
      fill(message, problemNotice(error));
    }
  };
  const dialog = h("dialog", { "aria-labelledby": id },
    h("form", { novalidate: true, submit: (event) => { event.preventDefault(); busy(submit, work); } },
      h("h2", { id }, title), message, fields, h("div", { class: "actions" }, close, submit)));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * Throws the error to show if a field that must be filled in is empty.
 * @param {string} value @param {string} detail what to do
 */
export function needed(value, detail) {
  if (value.trim() === "") throw new Problem(0, { title: "A value is missing", detail });
}

/**
 * A labelled control in a form.
 * @param {string} label @param {HTMLElement} control @param {string|HTMLElement} [note]
 */
export function labelled(label, control, note) {
  control.id ||= freshID("control");
  const noteID = `${control.id}-note`;
  if (note) control.setAttribute("aria-describedby", noteID);
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control, note && h("p", { class: "note", id: noteID }, note));
}
