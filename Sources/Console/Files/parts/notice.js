import { Problem } from "../app/api.js";
import { h, icon } from "../app/element.js";
import { countdown } from "./countdown.js";

/**
 * A framed message.
 * @param {"info"|"warning"|"error"|"done"} kind
 * @param {*} title
 * @param {...*} children
 */
export function notice(kind, title, ...children) {
  return h("div", { class: `notice ${kind}` }, icon(kind), h("div", {}, h("p", { class: "title" }, title), children));
}

/**
 * What went wrong, in words, with a way on.
 * @param {*} error
 * @param {() => void} [retry]
 */
export function problemNotice(error, retry) {
  const isProblem = error instanceof Problem;
  if (!isProblem) console.error(error);
  const detail = isProblem ? error.message : "The page made a mistake. Reload it and try again.";
  const button = retry && h("button", { type: "button", click: retry, disabled: error.wait > 0 }, "Try again");
  const element = notice("error", isProblem ? error.title : "Something went wrong",
    h("p", {}, detail),
    isProblem && error.errors.length > 0 && faultList(error.errors),
    isProblem && error.requestId && h("p", { class: "fine" }, "Request ", h("code", {}, error.requestId)),
    isProblem && error.wait > 0 && countdown(error.wait, () => { if (button) button.disabled = false; }),
    button);
  element.setAttribute("role", "alert");
  return element;
}

/**
 * Faults and warnings as a list.
 * @param {import("../app/api.js").Fault[]} faults
 */
export function faultList(faults) {
  return h("ul", { class: "faults" },
    faults.map((fault) => h("li", {}, fault.detail, fault.hint && h("span", { class: "hint" }, ` ${fault.hint}`))));
}
