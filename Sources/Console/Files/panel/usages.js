import { Problem } from "../app/api.js";
import { h } from "../app/element.js";
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

function listed(usages) {
  return [
    h("p", {}, "They will fail:"),
    h("ul", { class: "usages" }, usages.map((usage) => h("li", {},
      h("strong", { class: "value" }, usage.key), usage.description && [" ", h("span", { class: "value" }, usage.description)],
      h("span", { class: "fine" }, " until ", h("time", { datetime: usage.expiresAt }, moment(usage.expiresAt)))))),
  ];
}
