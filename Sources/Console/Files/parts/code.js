import { h } from "../app/element.js";
import { copyButton, downloadButton } from "./copy.js";

/**
 * Text with numbered lines, to be copied or saved. The numbers are drawn by the style sheet and never copied.
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.file the name offered for saving
 * @param {string} options.text
 * @param {Map<number, string>} [options.marks] what stands in which line, counted from 1
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
 * Numbered lines alone.
 * @param {string} label
 * @param {string} text
 * @param {Map<number, *>} [marks] the lines to mark
 */
export function lines(label, text, marks = new Map()) {
  return h("pre", { tabindex: "0", role: "region", "aria-label": label },
    h("code", {}, text.split("\n").map((line, index) =>
      h("span", { class: marks.has(index + 1) ? "line marked" : "line" }, `${line}\n`))));
}

/**
 * Which lines of a trust policy hold the principal and an external ID.
 * @param {string} text
 * @param {{principal: string, externalId: string, pendingExternalId: string|null}} icc
 * @returns {Map<number, string>}
 */
export function trustMarks(text, icc) {
  const marks = new Map();
  text.split("\n").forEach((line, index) => {
    if (line.includes(`"${icc.principal}"`)) marks.set(index + 1, "names the principal, which ends with your Session Name.");
    else if (line.includes(icc.externalId)) marks.set(index + 1, "holds the External ID of this ICC.");
    else if (icc.pendingExternalId && line.includes(icc.pendingExternalId)) {
      marks.set(index + 1, "holds the pending External ID of the rotation.");
    }
  });
  return marks;
}
