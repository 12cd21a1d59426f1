import { announce } from "../app/announce.js";
import { call } from "../app/api.js";
import { h, icon } from "../app/element.js";
import { actor, forgetNames } from "../app/names.js";
import { can, session } from "../app/session.js";
import { when } from "../app/time.js";
import { title } from "../app/title.js";
import { ask } from "../parts/dialog.js";
import { problemNotice } from "../parts/notice.js";
import { listScreen, readAll, table } from "./lists.js";
import { createToken, isValid, replaceToken, revokeSeveral } from "./token-forms.js";

/** The days before its end at which a token is marked. */
const SOON = 7 * 86_400_000;

/** The “Tokens” screen: every token that the signed-in one may list, the newest first. */
export function tokensScreen() {
  title("Tokens");
  let tokens = [];
  const over = h("input", { type: "checkbox", id: "over", change: () => screen.paint() });
  const reload = () => { forgetNames(); return screen.reload(); };
  const screen = listScreen({
    title: "Tokens", search: "Name, role, organisation, ID …",
    tools: [can("token.revoke") && h("button", { type: "button", click: () => revokeSeveral(tokens, reload) }, "Revoke several"),
      can("token.create") && h("button", { type: "button", class: "primary", click: () => createToken(reload) }, icon("plus"), "Create token")],
    filters: h("label", { class: "check", for: "over" }, over, "Show revoked and expired too"),
    load: async () => { tokens = (await readAll("/v1/tokens")).items.toReversed(); },
    draw: (words) => table("Tokens", ["Name", "Role", "Organisation", "Created", "Last used", "Expires", "Actions"],
      tokens.filter((token) => (over.checked || isValid(token)) && words.every((word) => textOf(token).includes(word)))
        .map((token) => row(token, tokens, reload)), "No matching tokens."),
  });
  return { element: screen.element };
}

function textOf({ id, name, role, organisations, lastFour }) {
  return [id, name, role, ...organisations, lastFour].join(" ").toLowerCase();
}

function row(token, tokens, reload) {
  const isOwn = token.id === session().tokenId;
  return [
    [h("span", { class: "value", title: token.id }, h("strong", {}, token.name)), token.lastFour && [" ", h("span", { class: "fine ending" }, `…${token.lastFour}`)], isOwn && h("span", { class: "badge info" }, "Your token")],
    token.role, token.organisations.join(", ") || "All",
    [when(token.createdAt), h("span", { class: "fine" }, " by ", actor(token.createdBy))],
    token.lastUsedAt ? when(token.lastUsedAt) : "Never", end(token), actions(token, isOwn, reload),
  ];
}

function end(token) {
  if (token.revokedAt) return [h("span", { class: "badge bad" }, "Revoked"), " ", when(token.revokedAt)];
  if (!token.expiresAt) return "Never";
  if (!isValid(token)) return [h("span", { class: "badge bad" }, "Expired"), " ", when(token.expiresAt)];
  const isSoon = Date.parse(token.expiresAt) - Date.now() < SOON;
  return [isSoon && [h("span", { class: "badge warn" }, "Soon"), " "], when(token.expiresAt)];
}

function actions(token, isOwn, reload) {
  if (isOwn || !isValid(token)) return null;
  return h("span", { class: "toolbar" },
    can("token.create") && h("button", { type: "button", class: "small", "aria-label": `Replace ${token.name}`, click: () => replaceToken(token, reload) }, "Replace"),
    can("token.revoke") && h("button", { type: "button", class: "small danger-quiet", "aria-label": `Revoke ${token.name}`, click: (event) => revoke(token, event.target, reload) }, "Revoke"));
}

async function revoke(token, button, reload) {
  const cascade = h("input", { type: "checkbox", id: "cascade" });
  const sure = await ask({
    title: "Revoke this token?", confirm: "Revoke", isDanger: true,
    body: [h("p", {}, h("strong", { class: "value" }, token.name)), h("p", {}, "It is rejected from the next request on. This cannot be undone."),
      h("label", { class: "check", for: "cascade" }, cascade, "Also revoke the tokens that it created")],
  });
  if (!sure) return;
  try {
    await call("DELETE", `/v1/tokens/${encodeURIComponent(token.id)}${cascade.checked ? "?cascade=true" : ""}`);
    announce("Revoked");
    await reload();
    document.querySelector("[data-arrival]")?.focus();
  } catch (error) {
    button.closest(".listing").querySelector(".filters").after(problemNotice(error));
  }
}
