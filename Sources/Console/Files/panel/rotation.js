import { h } from "../app/element.js";
import { changed } from "../app/route.js";
import { may } from "../app/session.js";
import { ask } from "../parts/dialog.js";
import { notice } from "../parts/notice.js";
import { act } from "./acting.js";

/**
 * Begins a rotation: draws a pending External ID beside the current one.
 * @param {import("./panel.js").Panel} panel
 */
export async function rotate(panel) {
  const sure = await ask({
    title: "Rotate the External ID?",
    body: [
      h("p", {}, "Imports go on throughout. There are three steps:"),
      h("ol", {},
        h("li", {}, "The registry makes a new External ID. The current one stays in use."),
        h("li", {}, "You put the new trust policy into AWS: it allows both."),
        h("li", {}, "You complete the rotation here. From then on the new one is used, and the old one never again.")),
    ],
    confirm: "Begin rotation",
  });
  if (sure) await act(panel, "POST", "external-id/rotate", "A pending External ID was made");
}

/**
 * What to do while a rotation is under way.
 * @param {import("./panel.js").Panel} panel
 */
export function rotationBox(panel) {
  return notice("info", "A rotation is under way",
    h("p", {}, "Put the ", h("a", { href: changed({ tab: "setup" }) }, "trust policy that allows both"), " into AWS, then complete the rotation."),
    may("icc.rotate") && h("div", { class: "actions start" },
      h("button", { type: "button", class: "primary", click: () => promote(panel) }, "Complete rotation"),
      h("button", { type: "button", click: () => cancel(panel) }, "Cancel rotation")));
}

async function promote(panel) {
  const sure = await ask({
    title: "Complete the rotation?",
    body: h("p", {}, "From now on InfoSum sends the pending External ID. If the trust policy in AWS does not allow it yet, imports stop until it does. The old one is retired for good."),
    confirm: "Complete rotation", cancel: "Not yet",
  });
  if (sure) await act(panel, "POST", "external-id/promote", "Rotation completed", after("The rotation is complete", "The old External ID can now be taken out of the trust policy in AWS."));
}

async function cancel(panel) {
  const sure = await ask({
    title: "Cancel the rotation?",
    body: h("p", {}, "The current External ID stays. The pending one is retired and never used."),
    confirm: "Cancel rotation", cancel: "Keep it",
  });
  if (sure) await act(panel, "POST", "external-id/cancel", "Rotation cancelled", after("The rotation is cancelled", "If the pending External ID is in the trust policy in AWS already, take it out again."));
}

function after(title, text) {
  return notice("done", title, h("p", {}, text, " ", h("a", { href: changed({ tab: "setup" }) }, "Set-up"), " has the policy as it should be."));
}
