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
 * The lines of a trust policy that contain an ICC's principal and external IDs, with a note each. Other ICCs on the role
 * may have the same principal: the ICC's own line is the last one before its external ID.
 * @param {string} text
 * @param {{principal: string, externalId: string, pendingExternalId: string|null}} icc
 * @returns {Map<number, string>}
 */
export function trustMarks(text, icc) {
  const rows = text.split("\n");
  const current = rows.findIndex((row) => row.includes(icc.externalId));
  const principal = rows.slice(0, Math.max(current, 0)).findLastIndex((row) => row.includes(`"${icc.principal}"`));
  const pending = icc.pendingExternalId ? rows.findIndex((row) => row.includes(icc.pendingExternalId)) : -1;
  return new Map([
    [principal + 1, "is the principal, which ends with your Session Name."],
    [current + 1, "is the External ID of this ICC."],
    [pending + 1, "is the pending External ID of the rotation."],
  ].filter(([line]) => line > 0));
}
