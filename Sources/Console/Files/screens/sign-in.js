import { announce } from "../app/announce.js";
import { call, get, Problem } from "../app/api.js";
import { fill, h } from "../app/element.js";
import { begin, end, forgetCookie, keep, keepCookie, reason } from "../app/session.js";
import { busy } from "../parts/busy.js";
import { notice, problemNotice } from "../parts/notice.js";

/** The days for which a browser stays signed in, unless the registry allows fewer. */
const DAYS = 7;

/**
 * The screen that asks for a token, and whether the browser stays signed in.
 * @param {() => Promise<void>} entered called after signing in
 * @param {() => void} typed called when the user begins to type a token
 */
export function signInScreen(entered, typed) {
  const message = h("div", { class: "message", role: "status" }, reason() && notice("info", reason()));
  const input = h("input", {
    id: "token", type: "password", autocomplete: "off", spellcheck: "false", class: "fixed", "aria-describedby": "token-note", "aria-required": "true", input: typed,
  });
  const stays = h("input", { type: "checkbox", id: "stays", "aria-describedby": "stays-note" });
  const button = h("button", { type: "submit", class: "primary" }, "Sign in");
  const signIn = async () => {
    const problem = (await enter(input.value.trim(), stays.checked)) ?? (await entered().then(() => null, problemNotice));
    if (problem === null) return;
    input.setAttribute("aria-invalid", "true");
    fill(message, problem);
    input.focus();
  };
  const submit = (event) => {
    event.preventDefault();
    busy(button, signIn);
  };
  return h("section", { class: "sign-in", "aria-labelledby": "sign-in-title" },
    h("div", { class: "card" },
      h("img", { src: "icon.svg", alt: "", width: "36", height: "36" }),
      h("h1", { id: "sign-in-title" }, "Sign in to the ICC registry"),
      message,
      h("form", { submit, novalidate: true },
        h("div", { class: "field" },
          h("label", { for: "token" }, "Token"), input,
          h("p", { class: "note", id: "token-note" }, "A token starts with iccr_. This browser deletes it when you sign out or close all tabs of the console.")),
        isSecureContext && h("div", { class: "field" },
          h("label", { class: "check" }, stays, "Stay signed in on this device for 7 days"),
          h("p", { class: "note", id: "stays-note" }, "Do not choose this on a shared computer. This browser then stays signed in when you close it and when you are away, until your token expires at the latest.")),
        button)));
}

async function enter(text, stays) {
  if (text === "") return notice("error", "Enter your token.");
  if (!/^iccr_[A-Za-z0-9_-]{43}_[A-Za-z0-9_-]{6}$/.test(text)) {
    return notice("error", "This token is incomplete.", h("p", {}, "A token is iccr_, 43 characters, _ and 6 characters. Copy it again."));
  }
  keep(text);
  try {
    const found = await get("/v1/session");
    begin((stays && (await staySignedIn(text, found.maxSignInDays))) || found);
    return null;
  } catch (error) {
    end();
    if (!(error instanceof Problem) || error.status !== 401) return problemNotice(error);
    return notice("error", "This token is not valid.", h("p", {}, "It may be mistyped, expired or revoked. Ask an administrator of the registry for a new token."));
  }
}

/** Exchanges the token for a cookie, and returns its session. Without it, the user is signed in as without the choice. */
async function staySignedIn(text, maximum) {
  try {
    if (maximum === 0) throw new Problem(0, { detail: "This registry does not keep browsers signed in." });
    await call("POST", "/v1/session", { body: { days: Math.min(DAYS, maximum) } });
    keepCookie();
    return await get("/v1/session");
  } catch (error) {
    forgetCookie();
    keep(text);
    announce(`You are signed in until you close this tab. ${error instanceof Problem ? error.message : ""}`);
    return null;
  }
}
