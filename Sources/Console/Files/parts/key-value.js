import { h } from "../app/element.js";
import { copyButton } from "./copy.js";

/**
 * A long value that somebody needs elsewhere, with a button to copy it.
 * @param {string} label the heading
 * @param {string} value
 * @param {string} meaning a note below it
 */
export function keyValue(label, value, meaning) {
  return h("div", { class: "key" },
    h("div", { class: "head" }, h("h3", {}, label), copyButton(label, () => value)),
    h("p", { class: "value fixed", "data-value": label }, value),
    h("p", { class: "note" }, meaning));
}
