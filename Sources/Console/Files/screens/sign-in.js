import { get, Problem } from "../app/api.js";
import { fill, h } from "../app/element.js";
import { begin, end, keep, reason } from "../app/session.js";
import { busy } from "../parts/busy.js";
import { notice, problemNotice } from "../parts/notice.js";

/**
 * The screen that asks for a token.
 * @param {() => Promise<void>} entered called after signing in
 * @param {() => void} typed called when the user begins to type a token
 */
export function signInScreen(entered, typed) {
  const message = h("div", { class: "message", role: "status" }, reason() && notice("info", reason()));
  const input = h("input", {
    id: "token", type: "password", autocomplete: "off", spellcheck: "false", class: "fixed", "aria-describedby": "token-note", "aria-required": "true", input: typed,
  });
  const button = h("button", { type: "submit", class: "primary" }, "Sign in");
  const signIn = async () => {
    const problem = (await enter(input.value.trim())) ?? (await entered().then(() => null, problemNotice));
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
          h("p", { class: "note", id: "token-note" }, "Starts with iccr_. It is kept only in your open tabs of this console, and deleted when you sign out or close them.")),
        button)));
}

async function enter(text) {
  if (text === "") return notice("error", "Enter your token.");
  if (!/^iccr_[A-Za-z0-9_-]{43}_[A-Za-z0-9_-]{6}$/.test(text)) {
    return notice("error", "This token is incomplete.", h("p", {}, "A token is iccr_, 43 characters, _ and 6 characters. Copy it again."));
  }
  keep(text);
  try {
    begin(await get("/v1/session"));
    return null;
  } catch (error) {
    end();
    if (!(error instanceof Problem) || error.status !== 401) return problemNotice(error);
    return notice("error", "This token is not valid.", h("p", {}, "It may be mistyped, expired or revoked. Ask an administrator of the registry for a new token."));
  }
}
