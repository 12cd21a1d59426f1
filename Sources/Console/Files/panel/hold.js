import { h } from "../app/element.js";
import { can } from "../app/session.js";
import { ask } from "../parts/dialog.js";
import { notice } from "../parts/notice.js";
import { act } from "./action.js";

/**
 * Why a held ICC cannot be used, with a button to release it. Only tokens of all organisations see that an ICC is held.
 * @param {import("./panel.js").Panel} panel
 */
export function holdNotice(panel) {
  const { icc } = panel;
  if (icc.deletedAt || !icc.notUsableBecause.includes("held")) return null;
  return notice("warning", "This ICC is held",
    h("p", {}, "It names a role that another organisation used before. Its verifications cannot succeed until an administrator releases it. Its organisation does not see this."),
    can("icc.release") && h("button", { type: "button", click: () => release(panel) }, "Release"));
}

async function release(panel) {
  if ((await confirmRelease(panel.icc.name)) && (await act(panel, "POST", "release", "Released", released()))) panel.released();
}

/** Asks before an ICC is released. @param {string} name @returns {Promise<boolean>} */
export function confirmRelease(name) {
  return ask({
    title: "Release this ICC?",
    body: [h("p", {}, h("strong", { class: "value" }, name)),
      h("p", {}, "Release it only if the owner of the role has confirmed that both organisations are meant to use it. The next verification then sends the ICC's own External ID.")],
    confirm: "Release",
  });
}

function released() {
  return notice("done", "Released", h("p", {}, "Verify the ICC again."));
}
