import { h } from "../app/element.js";
import { changed } from "../app/route.js";
import { can } from "../app/session.js";
import { ask } from "../parts/dialog.js";
import { notice } from "../parts/notice.js";
import { act } from "./action.js";

/**
 * Starts a rotation: creates a pending External ID in addition to the current one.
 * @param {import("./panel.js").Panel} panel
 */
export async function rotate(panel) {
  const sure = await ask({
    title: "Rotate the External ID?",
    body: [
      h("p", {}, "Imports keep running. There are three steps:"),
      h("ol", {},
        h("li", {}, "The registry creates a new External ID. The current one stays in use."),
        h("li", {}, "You update the trust policy in AWS: the new one allows both."),
        h("li", {}, "You complete the rotation here. From then on only the new one is used.")),
    ],
    confirm: "Start rotation",
  });
  if (sure) await act(panel, "POST", "external-id/rotate", "Pending External ID created");
}

/**
 * The next steps while a rotation is in progress.
 * @param {import("./panel.js").Panel} panel
 */
export function rotationBox(panel) {
  return notice("info", "A rotation is in progress",
    h("p", {}, "Update the role's trust policy in AWS so that it allows both External IDs: ", h("a", { href: changed({ tab: "setup" }) }, "Set-up"), " shows it. Then complete the rotation."),
    can("icc.rotate") && h("div", { class: "actions start" },
      h("button", { type: "button", class: "primary", click: () => promote(panel) }, "Complete rotation"),
      h("button", { type: "button", click: () => cancel(panel) }, "Cancel rotation")));
}

async function promote(panel) {
  const sure = await ask({
    title: "Complete the rotation?",
    body: h("p", {}, "From now on InfoSum sends the pending External ID. If the trust policy in AWS does not allow it yet, imports fail until it does. The old External ID is never used again."),
    confirm: "Complete rotation", cancel: "Not yet",
  });
  if (sure) await act(panel, "POST", "external-id/promote", "Rotation completed", after("The rotation is complete", "You can now remove the old External ID from the trust policy in AWS."));
}

async function cancel(panel) {
  const sure = await ask({
    title: "Cancel the rotation?",
    body: h("p", {}, "The current External ID stays in use. The pending one is never used."),
    confirm: "Cancel rotation", cancel: "Keep rotation",
  });
  if (sure) await act(panel, "POST", "external-id/cancel", "Rotation cancelled", after("The rotation is cancelled", "If the trust policy in AWS already contains the pending External ID, remove it."));
}

function after(title, text) {
  return notice("done", title, h("p", {}, text, " ", h("a", { href: changed({ tab: "setup" }) }, "Set-up"), " shows the right policy."));
}
