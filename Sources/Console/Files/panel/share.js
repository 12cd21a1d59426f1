import { announce } from "../app/announce.js";
import { call, get, iccPath } from "../app/api.js";
import { fill, freshID, h } from "../app/element.js";
import { moment } from "../app/labels.js";
import { can } from "../app/session.js";
import { busy } from "../parts/busy.js";
import { keyValue } from "../parts/key-value.js";
import { problemNotice } from "../parts/notice.js";

const PERMISSIONS = { check: "Check policies", "set-user-arn": "Enter the role's ARN", verify: "Verify the connection" };
const DAYS = { 1: "1 day", 7: "7 days", 14: "14 days", 30: "30 days" };
const STATES = { open: "Open", revoked: "Revoked", expired: "Expired", "used-up": "Used up" };

/** The button that opens the dialog to share an ICC's set-up; nothing for a token that cannot. @param {string} id the ICC's */
export function shareButton(id) {
  return can("hand-over.create") && h("button", { type: "button", click: () => share(id) }, "Share set-up");
}

/** Shows a dialog that makes a link to the set-up, and lists the links that exist. */
function share(id) {
  const title = freshID("share");
  const view = { id, made: h("div", { role: "status" }), list: h("div", {}) };
  const days = h("select", { id: freshID("days") }, Object.entries(DAYS).map(([value, text]) => h("option", { value, selected: value === "7" }, text)));
  const boxes = Object.entries(PERMISSIONS).map(([value, text]) => ({ value, text, input: h("input", { type: "checkbox", id: freshID(value), checked: true }) }));
  const button = h("button", { type: "submit", class: "primary" }, "Create link");
  const submit = (event) => {
    event.preventDefault();
    busy(button, () => create(view, Number(days.value), boxes.filter(({ input }) => input.checked).map(({ value }) => value)));
  };
  const dialog = h("dialog", { "aria-labelledby": title, class: "wide" },
    h("h2", { id: title }, "Share the set-up"),
    h("form", { class: "body", submit },
      h("p", {}, "Create a link for the person who sets up AWS. They need no token, and see only this set-up."),
      h("fieldset", {}, h("legend", {}, "They can"), boxes.map(({ text, input }) => h("label", { class: "check", for: input.id }, input, text))),
      h("p", { class: "field" }, h("label", { for: days.id }, "The link works for"), days), button),
    view.made, view.list,
    h("div", { class: "actions" }, h("button", { type: "button", click: () => dialog.close() }, "Close")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  load(view);
}

/** Makes a link. Only this response contains its secret. */
async function create(view, expiresInDays, allow) {
  try {
    const { link, expiresAt } = await call("POST", iccPath(view.id, "hand-over"), { body: { expiresInDays, allow } });
    const address = new URL(link, location.href).href;
    const note = `It is not shown again. It works until ${moment(expiresAt)}. Send it only to the person who needs it.`;
    fill(view.made, h("div", { class: "keys" }, keyValue("Link", address, note)));
    await load(view);
  } catch (error) {
    fill(view.made, problemNotice(error));
  }
}

async function load(view) {
  try {
    const { items } = await get(iccPath(view.id, "hand-overs"));
    fill(view.list, items.length > 0 && [h("h3", {}, "Links"), h("ul", { class: "links", "aria-label": "Links" }, items.map((item) => entry(view, item)))]);
  } catch (error) {
    fill(view.list, problemNotice(error, () => load(view)));
  }
}

function entry(view, item) {
  const revoke = async () => {
    try {
      await call("DELETE", iccPath(view.id, `hand-overs/${item.id}`));
      announce("Link revoked");
      await load(view);
    } catch (error) {
      fill(view.made, problemNotice(error));
    }
  };
  const used = item.lastUsedAt ? `last used ${moment(item.lastUsedAt)}` : "not used yet";
  return h("li", {},
    h("span", { class: `badge ${item.state === "open" ? "good" : "quiet"}` }, STATES[item.state] ?? item.state),
    h("span", {}, `Created ${moment(item.createdAt)}, ${used}. Expires ${moment(item.expiresAt)}.`),
    item.state === "open" && h("button", { type: "button", class: "small", "aria-label": `Revoke the link of ${moment(item.createdAt)}`, click: revoke }, "Revoke"));
}
