import { fill, freshID, h } from "../app/element.js";

/**
 * @typedef {object} FieldOptions
 * @property {string} name the member of the ICC
 * @property {string} label
 * @property {string} hint
 * @property {boolean} [isOptional]
 * @property {string} [value]
 * @property {string} [example]
 * @property {string} [list] the id of a datalist
 * @property {boolean} [isCode] shown in a fixed pitch
 */

/** One labelled input with its hint and, in the same place, what is wrong with its value. */
export class Field {
  /** @param {FieldOptions} options @param {(field: Field, isTyped: boolean) => void} changed called at every change and on leaving */
  constructor(options, changed) {
    this.name = options.name;
    this.isTouched = false;
    this.hint = options.hint;
    const id = freshID(options.name);
    this.input = h("input", {
      id, name: options.name, autocomplete: "off", autocapitalize: "off", spellcheck: "false", value: options.value ?? "",
      placeholder: options.example, class: options.isCode && "fixed", "aria-describedby": `${id}-note`, "aria-required": !options.isOptional && "true",
      list: options.list, input: () => changed(this, true),
      blur: () => { this.isTouched = this.isTouched || this.input.value !== ""; changed(this, false); },
    });
    this.note = h("p", { class: "note", id: `${id}-note`, "aria-live": "polite" }, options.hint);
    this.element = h("div", { class: "field" },
      h("label", { for: id }, options.label, options.isOptional && h("span", { class: "optional" }, "optional")),
      this.input, this.note);
  }

  /** The text as typed. */
  get text() {
    return this.input.value;
  }

  /**
   * Shows a fault, a warning, or neither.
   * @param {{detail: string, hint?: string}|null} fault
   * @param {"error"|"warning"} [kind]
   */
  say(fault, kind = "error") {
    const words = fault ? [fault.detail, fault.hint].filter(Boolean).join(" ") : this.hint;
    if (this.note.textContent !== words) fill(this.note, words);
    this.element.classList.toggle("wrong", fault !== null && kind === "error");
    this.element.classList.toggle("warned", fault !== null && kind === "warning");
    if (fault && kind === "error") this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }
}
