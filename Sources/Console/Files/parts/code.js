import { h } from "../app/element.js";
import { copyButton, downloadButton } from "./copy.js";

/**
 * Text with numbered lines and buttons to copy and download it. The style sheet draws the numbers, so they are not copied.
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.file the suggested file name
 * @param {string} options.text
 * @param {Map<number, string>} [options.marks] notes by line, counted from 1
 */
export function snippet({ title, file, text, marks = new Map() }) {
  const body = text.replace(/\n$/, "");
  const content = () => `${body}\n`;
  return h("figure", { class: "snippet" },
    h("figcaption", {}, h("span", {}, title), h("span", { class: "tools" }, copyButton(title, content), downloadButton(title, file, content))),
    lines(title, body, marks),
    marks.size > 0 && h("ul", { class: "marks" },
      Array.from(marks, ([line, meaning]) => h("li", {}, h("strong", {}, `Line ${line}`), ` ${meaning}`))));
}

/**
 * Numbered lines without buttons.
 * @param {string} label
 * @param {string} text
 * @param {Map<number, *>} [marks] the lines to highlight
 */
export function lines(label, text, marks = new Map()) {
  return h("pre", { tabindex: "0", role: "region", "aria-label": label },
    h("code", {}, text.split("\n").map((line, index) =>
      h("span", { class: marks.has(index + 1) ? "line marked" : "line" }, `${line}\n`))));
}

/**
 * The lines of a trust policy that contain the principal and an external ID, with a note each.
 * @param {string} text
 * @param {{principal: string, externalId: string, pendingExternalId: string|null}} icc
 * @returns {Map<number, string>}
 */
export function trustMarks(text, icc) {
  const marks = new Map();
  text.split("\n").forEach((line, index) => {
    if (line.includes(`"${icc.principal}"`)) marks.set(index + 1, "is the principal, which ends with your Session Name.");
    else if (line.includes(icc.externalId)) marks.set(index + 1, "is the External ID of this ICC.");
    else if (icc.pendingExternalId && line.includes(icc.pendingExternalId)) {
      marks.set(index + 1, "is the pending External ID of the rotation.");
    }
  });
  return marks;
}
