import { announce } from "../app/announce.js";
import { call, get } from "../app/api.js";
import { fill, freshID, h } from "../app/element.js";
import { moment } from "../app/labels.js";
import { begin, can, keep, session, token as ownToken, usesCookie } from "../app/session.js";
import { tellRotated } from "../app/sharing.js";
import { busy } from "./busy.js";
import { keyValue } from "./key-value.js";
import { problemNotice } from "./notice.js";

/**
 * Shows the signed-in token's role and limits in a dialog, with buttons to rotate it and to end it. A browser that stays
 * signed in has a token of its own, which no one sees and which is not rotated.
 * @param {(why: string) => void} ended called when the token is revoked
 */
export function showOwnToken(ended) {
  const title = freshID("own-token");
  const body = h("div", { class: "body" }, description());
  const message = h("div", { role: "status" });
  const dialog = h("dialog", { "aria-labelledby": title },
    h("h2", { id: title }, "Your token"), body, message,
    h("div", { class: "actions" },
      h("button", { type: "button", click: () => dialog.close() }, "Close"),
      action(usesCookie() ? "Sign out on this device" : "Sign out and revoke it", usesCookie() ? "primary" : "danger-quiet", message, async () => {
        if (!usesCookie()) await call("DELETE", "/v1/session");
        dialog.close();
        ended(usesCookie() ? "You have signed out." : "You have signed out, and your token is revoked.");
      }),
      can("session.rotate") && action("Rotate my token", "primary", message, () => rotate(body))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function action(text, kind, message, work) {
  const run = async () => {
    fill(message);
    try {
      await work();
    } catch (error) {
      fill(message, problemNotice(error));
    }
  };
  const button = h("button", { type: "button", class: kind, click: () => busy(button, run) }, text);
  return button;
}

/** Replaces the token and keeps the new one for this browser's tabs. Only this response contains its text. */
async function rotate(body) {
  const before = ownToken();
  const { token } = await call("POST", "/v1/session/rotate");
  keep(token);
  tellRotated(before, token);
  begin(await get("/v1/session"));
  fill(body,
    h("div", { class: "keys" }, keyValue("New token", token, "It is not shown again. Your old token is revoked.")),
    description());
  announce("Token rotated");
}

function description() {
  const { role, organisations, addressBlocks, expiresAt } = session();
  const all = role === "monitor" ? "None" : "All";
  const pairs = [
    ["Role", role], ["Organisations", organisations.join(", ") || all],
    ["Addresses", addressBlocks.join(", ") || "All"], ["Expires", expiresAt ? moment(expiresAt) : "Never"],
  ];
  const note = usesCookie() && h("p", { class: "note" },
    `This browser stays signed in until ${moment(expiresAt)}. To rotate your token, sign out, and sign in with the token.`);
  return [note, h("dl", { class: "pairs" }, pairs.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]))];
}
