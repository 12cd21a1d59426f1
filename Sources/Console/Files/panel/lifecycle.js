import { h } from "../app/element.js";
import { address, go } from "../app/route.js";
import { ask } from "../parts/dialog.js";
import { notice } from "../parts/notice.js";
import { act } from "./action.js";
import { iccsOnRole } from "./role-data.js";

/**
 * Disables an ICC after confirmation, or enables it.
 * @param {import("./panel.js").Panel} panel
 */
export async function toggle(panel) {
  const { icc } = panel;
  if (!icc.enabled) return act(panel, "POST", "enable", "Enabled");
  const sure = await ask({
    title: "Disable this ICC?",
    body: [named(icc), h("p", {}, "Imports that use it stop. It keeps all its values, and you can enable it at any time.")],
    confirm: "Disable",
  });
  if (sure) await act(panel, "POST", "disable", "Disabled");
}

/**
 * Deletes an ICC after confirmation.
 * @param {import("./panel.js").Panel} panel
 */
export async function remove(panel) {
  const { icc } = panel;
  const others = (await iccsOnRole(icc).catch(() => [])).filter(({ id }) => id !== icc.id);
  const sure = await ask({
    title: "Delete this ICC?",
    body: [named(icc), h("p", {}, "Imports that use it stop. You can restore it from the list of deleted ICCs, with the same External ID."), needed(others)],
    confirm: "Delete", isDanger: true,
  });
  if (!sure || !(await act(panel, "DELETE", "", "Deleted"))) return;
  panel.removed();
  panel.close();
}

/**
 * Restores a deleted ICC.
 * @param {import("./panel.js").Panel} panel
 */
export async function restore(panel) {
  const { id } = panel.icc;
  if (await act(panel, "POST", "restore", "Restored")) go(address("iccs", { icc: id, tab: "details" }));
}

/** The warning that the role must stay, if other ICCs use it. */
function needed(others) {
  if (others.length === 0) return null;
  const text = others.length === 1 ? "Another ICC on this role still needs it:" : `The other ${others.length} ICCs on this role still need it:`;
  return notice("warning", "Keep the role in AWS",
    h("p", {}, text), h("ul", { class: "names", tabindex: "0", "aria-label": "ICCs" }, others.map(({ name }) => h("li", { class: "value" }, name))),
    h("p", {}, "Keep the role and their statements in its trust policy. You can remove the statement of this ICC."));
}

function named(icc) {
  return h("p", {}, h("strong", { class: "value" }, icc.name));
}
