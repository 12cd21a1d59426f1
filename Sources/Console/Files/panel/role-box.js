import { fill, h, keepingFocus } from "../app/element.js";
import { address } from "../app/route.js";
import { can } from "../app/session.js";
import { copyButton } from "../parts/copy.js";
import { errorList, notice, problemNotice } from "../parts/notice.js";
import { iccsOnRole, trustPolicyOf } from "./role-data.js";
import { completeAll, rotateAll } from "./role-rotation.js";

/**
 * The role of an ICC: who else uses it, and its one trust policy. Nothing for a draft.
 * @param {import("./panel.js").Panel} panel
 */
export function roleBox(panel) {
  if (!panel.icc.userArn || panel.icc.deletedAt) return null;
  const body = h("div", { class: "role-body" }, h("p", { class: "faint" }, "Loading…"));
  const view = { panel, body, title: h("h3", { tabindex: "-1" }, "Role") };
  load(view);
  return h("section", { class: "role-box", "aria-label": "Role" }, view.title, h("p", { class: "fixed value" }, panel.icc.userArn), body);
}

async function load(view) {
  try {
    const { icc } = view.panel;
    const [iccs, policy] = await Promise.all([iccsOnRole(icc), trustPolicyOf(icc)]);
    if (view.body.isConnected) put(view, content(view, iccs, policy));
  } catch (error) {
    put(view, problemNotice(error, () => load(view)));
  }
}

function put(view, content) {
  keepingFocus(view.body, () => fill(view.body, content), () => view.title);
}

function content(view, iccs, policy) {
  const others = iccs.filter(({ id }) => id !== view.panel.icc.id);
  return [
    h("p", {}, others.length === 0 ? "Used by this ICC only." : `Used by ${iccs.length} ICCs, which share one trust policy:`),
    others.length > 0 && h("ul", { class: "users", "aria-label": "ICCs on this role" }, iccs.map((one) => user(one, view.panel.icc))),
    policySize(policy), policy.warnings.length > 0 && notice("warning", "Trust policy", errorList(policy.warnings)),
    others.length > 0 && rotation(view, iccs),
  ];
}

function user(one, icc) {
  const notes = [one.id === icc.id && "this ICC", one.pendingExternalId && "rotation in progress", !one.enabled && "disabled"].filter(Boolean);
  return h("li", {}, one.id === icc.id ? h("span", { class: "value" }, one.name) : h("a", { class: "value", href: address("iccs", { icc: one.id }) }, one.name),
    notes.length > 0 && h("span", { class: "fine" }, ` · ${notes.join(" · ")}`));
}

/** The size of the trust policy against the limit that AWS has, and the one that it grants on request. */
function policySize({ trustPolicy, characters, limit, maximumLimit }) {
  const most = characters > limit ? maximumLimit : limit;
  const note = characters > limit
    ? `AWS's default limit is ${number(limit)} characters. Ask AWS for a higher one, up to ${number(maximumLimit)}, or use another role.`
    : `AWS's default limit; on request AWS raises it to ${number(maximumLimit)}.`;
  return h("div", { class: "policy-size" },
    h("div", { class: "head" }, h("span", {}, "Trust policy"), trustPolicy && copyButton("trust policy of the role", () => `${JSON.stringify(trustPolicy, null, 2)}\n`)),
    h("meter", { min: "0", max: String(most), high: String(limit), low: String(limit), optimum: "0", value: String(Math.min(characters, most)), "aria-label": "Length of the trust policy" }),
    h("p", { class: "fine" }, `${number(characters)} of ${number(most)} characters. ${note}`));
}

/** Rotates all external IDs of the role together: the trust policy is stored once, and not once for each ICC. */
function rotation(view, iccs) {
  if (!can("icc.rotate")) return null;
  const pending = iccs.filter((one) => one.pendingExternalId);
  const steady = iccs.filter((one) => !one.pendingExternalId);
  const again = async () => {
    await view.panel.reload();
  };
  return h("div", { class: "actions start" },
    steady.length > 0 && h("button", { type: "button", click: () => rotateAll(steady, again) }, pending.length > 0 ? "Rotate the others too" : "Rotate all External IDs"),
    pending.length > 0 && h("button", { type: "button", class: "primary", click: () => completeAll(pending, again) }, "Complete all rotations"));
}

function number(value) {
  return value.toLocaleString("en-GB");
}
