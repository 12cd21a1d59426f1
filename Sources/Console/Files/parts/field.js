import { fill, freshID, h, icon } from "../app/element.js";

/**
 * @typedef {object} FieldOptions
 * @property {string} name the ICC's field
 * @property {string} label
 * @property {string} hint
 * @property {boolean} [isOptional]
 * @property {string} [value]
 * @property {string} [example]
 * @property {string} [list] the id of a datalist
 * @property {boolean} [isMultiline]
 * @property {number} [rows] the height of a multi-line field in lines
 * @property {boolean} [isCode] shown in a fixed-width font
 */

/** A labelled input with its hint; an error in the value replaces the hint. */
export class Field {
  /** @param {FieldOptions} options @param {(field: Field, isTyped: boolean) => void} changed called on every change and when the field loses the focus */
  constructor(options, changed) {
    this.name = options.name;
    this.isTouched = false;
    this.hint = options.hint;
    const id = freshID(options.name);
    this.input = h(options.isMultiline ? "textarea" : "input", {
      id, name: options.name, autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      placeholder: options.example && `Example: ${options.example}`, class: options.isCode && "fixed", "aria-describedby": `${id}-note`, "aria-required": !options.isOptional && "true",
      list: options.list, rows: options.rows, input: () => changed(this, true),
      blur: () => { this.isTouched = this.isTouched || this.input.value !== ""; changed(this, false); },
    });
    this.input.value = options.value ?? "";
    this.note = h("p", { class: "note", id: `${id}-note`, "aria-live": "polite" }, options.hint);
    this.element = h("div", { class: "field" },
      h("label", { for: id }, options.label, options.isOptional && h("span", { class: "optional" }, "optional")),
      this.input, this.note);
  }

  /** The typed text. */
  get text() {
    return this.input.value;
  }

  /**
   * Shows an error, a warning, or the hint.
   * @param {{detail: string, hint?: string}|null} fieldError
   * @param {"error"|"warning"} [kind]
   */
  showError(fieldError, kind = "error") {
    const text = fieldError ? [fieldError.detail, fieldError.hint].filter(Boolean).join(" ") : this.hint;
    const word = fieldError && (kind === "error" ? "Error: " : "Warning: ");
    if (this.note.textContent !== (word ?? "") + text) fill(this.note, fieldError && [icon(kind), h("strong", {}, word)], text);
    this.element.classList.toggle("wrong", fieldError !== null && kind === "error");
    this.element.classList.toggle("warned", fieldError !== null && kind === "warning");
    if (fieldError && kind === "error") this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }
}
