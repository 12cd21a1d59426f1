/**
 * Starts the console and shows the screen for the current address.
 */
import { call, get, Problem } from "./app/api.js";
import { fill, h } from "./app/element.js";
import { route } from "./app/route.js";
import { begin, can, end, forgetCookie, hasCookie, leave, rejectedTokenMessage, session, token, usesCookie } from "./app/session.js";
import { askTabs, listenToTabs, stopAskingTabs, tellEnded } from "./app/sharing.js";
import { title } from "./app/title.js";
import { problemNotice } from "./parts/notice.js";
import { signInScreen } from "./screens/sign-in.js";

const content = document.getElementById("content");

/** @type {import("./screens/all.js")|null} The screens after signing in, once they are loaded. */
let later = null;

/** @type {{name: string, element: HTMLElement, update?: (values: URLSearchParams) => void}|null} */
let shown = null;

/** Shows the screen for the address; the first time, it loads the screens. */
async function show() {
  if (session() === null) return showSignIn();
  const loaded = later ?? (await loadScreens());
  if (later === null) {
    later = loaded;
    later.signOutWhenIdle(() => session() !== null && !usesCookie(), endIdle);
  }
  if (session() === null) return;
  const { screen, values } = route();
  const isOpen = Object.hasOwn(later.screens, screen) && can(later.screens[screen].permission);
  const name = !can("icc.list") ? "no-access" : isOpen ? screen : "iccs";
  if (shown?.name === name && shown.update) return shown.update(values);
  const arrival = shown !== null;
  shown = { name, ...later.screens[name].open(values) };
  later.showBar(name, signOut);
  place(shown.element);
  if (arrival) content.querySelector("[data-arrival]")?.focus();
}

/** A failure is an error of the network like that of a request: the caller shows it with a button to try again. */
async function loadScreens() {
  try {
    return await import("./screens/all.js");
  } catch {
    throw new Problem(0, { title: "The console was not loaded", detail: "The registry cannot be reached, or it was updated. Reload the page." });
  }
}

function showSignIn() {
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  document.getElementById("bar").hidden = true;
  shown = { name: "sign-in", element: signInScreen(show, stopAskingTabs) };
  title("Sign in");
  place(shown.element);
  content.querySelector("input")?.focus();
}

/** Signs out of this browser. Only the registry can delete its cookie: without an answer, the user stays signed in. */
async function signOut(why) {
  const used = token();
  if (hasCookie()) {
    try {
      await deleteCookie();
    } catch (error) {
      return place(problemNotice(error, () => signOut(why)));
    }
    tellEnded(null);
  }
  if (used !== null) tellEnded(used);
  signOutHere(why);
}

/** Ends the session of the cookie, unless it has already ended. */
async function deleteCookie() {
  try {
    await call("DELETE", "/v1/session", { usesCookie: true });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error;
  }
  forgetCookie();
}

/** Ends the session of a user who has left. Input is kept, as after the end of a token. The other tabs end by themselves. */
function endIdle(why) {
  end(why);
  showSignIn();
}

function signOutHere(why) {
  leave(why);
  history.replaceState(null, "", location.pathname);
  showSignIn();
}

/** Replaces the content, and the bar that is shown before the scripts are loaded. */
function place(element) {
  document.getElementById("shell")?.remove();
  fill(content, element);
}

async function start() {
  if (token() === null && !hasCookie()) {
    show();
    return askTabs();
  }
  // The empty bar keeps its height, so that the content does not move when the bar is filled.
  document.getElementById("bar").hidden = false;
  place(h("p", { class: "starting", role: "status" }, "Signing in…"));
  try {
    begin(await get("/v1/session"));
    await show();
  } catch (error) {
    if (error instanceof Problem && error.status === 401) {
      end(rejectedTokenMessage());
      showSignIn();
    } else {
      place(problemNotice(error, start));
    }
  }
}

listenToTabs({
  received: start,
  rotated: async () => begin(await get("/v1/session")),
  ended: () => signOutHere(),
});
window.addEventListener("hashchange", () => {
  if (session() !== null) show();
});
// The link's own address would replace the screen's address.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  content.focus();
});
window.addEventListener("signed-out", showSignIn);
start();
