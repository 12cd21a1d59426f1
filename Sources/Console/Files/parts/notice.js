import { Problem } from "../app/api.js";
import { h, icon } from "../app/element.js";
import { countdown } from "./countdown.js";

/** The words before a title, so that no one needs the colour to see that something is wrong. */
const WORDS = { error: "Error: ", warning: "Warning: " };

/**
 * A message in a box.
 * @param {"info"|"warning"|"error"|"done"} kind
 * @param {*} title
 * @param {...*} children
 */
export function notice(kind, title, ...children) {
  const word = WORDS[kind];
  return h("div", { class: `notice ${kind}` }, icon(kind),
    h("div", {}, h("p", { class: "title" }, word && h("span", {}, word), title), children));
}

/**
 * An error message, with a button to try again.
 * @param {*} error
 * @param {() => void} [retry]
 */
export function problemNotice(error, retry) {
  const isProblem = error instanceof Problem;
  if (!isProblem) console.error(error);
  const detail = isProblem ? error.message : "Something went wrong in this page. Reload it and try again.";
  const button = retry && h("button", { type: "button", click: retry, disabled: error.wait > 0 }, "Try again");
  const element = notice("error", isProblem ? error.title : "Error in this page",
    isProblem && error.errors.length > 0 ? errorList(error.errors) : h("p", {}, detail),
    isProblem && error.requestId && h("p", { class: "fine" }, "Request ID ", h("code", {}, error.requestId)),
    isProblem && error.wait > 0 && countdown(error.wait, () => { if (button) button.disabled = false; }),
    button);
  element.setAttribute("role", "alert");
  return element;
}

/**
 * A box for each warning that a response has.
 * @param {import("../app/api.js").FieldError[]} [warnings]
 */
export function warningNotices(warnings = []) {
  return warnings.map(({ detail, hint }) => notice("warning", detail, hint && h("p", {}, hint)));
}

/**
 * Errors as a list.
 * @param {import("../app/api.js").FieldError[]} errors
 */
export function errorList(errors) {
  return h("ul", { class: "errors" },
    errors.map((fieldError) => h("li", {}, fieldError.detail, fieldError.hint && h("span", { class: "hint" }, ` ${fieldError.hint}`))));
}
