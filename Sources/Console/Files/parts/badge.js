import { h } from "../app/element.js";
import { STATUSES } from "../app/labels.js";

/**
 * The status of an ICC as a badge, with further badges if it is disabled, deleted or held.
 * @param {{status: string, enabled: boolean, deletedAt: string|null, notUsableBecause: string[]}} icc
 */
export function badges(icc) {
  const status = STATUSES[icc.status] ?? { text: icc.status, tone: "quiet", meaning: "" };
  return h("span", { class: "badges" },
    h("span", { class: `badge ${status.tone}`, title: status.meaning }, status.text),
    icc.deletedAt && h("span", { class: "badge bad" }, "Deleted"),
    !icc.deletedAt && icc.enabled === false && h("span", { class: "badge warn" }, "Disabled"),
    !icc.deletedAt && icc.notUsableBecause.includes("held") && h("span", { class: "badge warn" }, "Held"));
}
