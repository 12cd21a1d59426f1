import { get, iccPath, Problem } from "../app/api.js";
import { fill, h } from "../app/element.js";
import { moment } from "../app/labels.js";
import { ask } from "../parts/dialog.js";

/**
 * Sends a change. If import jobs use the ICC, shows them and sends it again if the user accepts that they fail.
 * @param {(query: string) => Promise<*>} send sends the change with this query
 * @param {string} confirm the text of the button that accepts it
 * @returns {Promise<*>} what `send` returned; undefined if the user did not accept it
 */
export async function askIfUsed(send, confirm) {
  try {
    return await send("");
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "icc.in-use") throw error;
    const sure = await ask({ title: "Import jobs use this ICC", body: listed(error.usages), confirm, isDanger: true });
    return sure ? await send("?force=true") : undefined;
  }
}

/**
 * The import jobs that use an ICC now.
 * @param {string} id the ICC's identifier
 */
export function usagesNow(id) {
  const element = h("span", {}, "…");
  get(iccPath(id, "usages")).then(
    ({ items }) => fill(element, items.length > 0 ? jobs(items) : "None now"),
    () => fill(element, "They could not be loaded."));
  return element;
}

function listed(usages) {
  return [h("p", {}, "If you continue, these import jobs fail:"), jobs(usages)];
}

function jobs(usages) {
  return h("ul", { class: "usages" }, usages.map((usage) => h("li", {},
    h("strong", { class: "value" }, usage.key), usage.description && [" ", h("span", { class: "value" }, usage.description)],
    h("span", { class: "fine" }, " until ", h("time", { datetime: usage.expiresAt }, moment(usage.expiresAt))))));
}
