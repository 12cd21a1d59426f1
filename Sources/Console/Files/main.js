/**
 * Starts the console and shows the screen for the current address.
 */
import { get, Problem } from "./app/api.js";
import { fill, h } from "./app/element.js";
import { route } from "./app/route.js";
import { begin, can, end, leave, rejectedTokenMessage, session, token } from "./app/session.js";
import { askTabs, listenToTabs, stopAskingTabs, tellEnded } from "./app/sharing.js";
import { title } from "./app/title.js";
import { fillBar } from "./parts/bar.js";
import { problemNotice } from "./parts/notice.js";
import { createScreen } from "./screens/create.js";
import { iccsScreen } from "./screens/iccs.js";
import { noAccessScreen } from "./screens/no-access.js";
import { signInScreen } from "./screens/sign-in.js";

const content = document.getElementById("content");
const screens = { iccs: iccsScreen, new: createScreen, "no-access": noAccessScreen };

/** @type {{name: string, element: HTMLElement, update?: (values: URLSearchParams) => void}|null} */
let shown = null;

function show() {
  if (session() === null) return showSignIn();
  const { screen, values } = route();
  const name = !can("icc.list") ? "no-access" : screen in screens ? screen : "iccs";
  if (shown?.name === name && shown.update) return shown.update(values);
  const arrival = shown !== null;
  shown = { name, ...screens[name](values) };
  fillBar(name, signOut);
  fill(content, shown.element);
  if (arrival) content.querySelector("[data-arrival]")?.focus();
}

function showSignIn() {
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  document.getElementById("bar").hidden = true;
  shown = { name: "sign-in", element: signInScreen(show, stopAskingTabs) };
  title("Sign in");
  fill(content, shown.element);
  content.querySelector("input")?.focus();
}

function signOut(why) {
  tellEnded(token());
  signOutHere(why);
}

function signOutHere(why) {
  leave(why);
  history.replaceState(null, "", location.pathname);
  showSignIn();
}

async function start() {
  if (token() === null) {
    show();
    return askTabs();
  }
  // The empty bar keeps its height, so that the content does not move when the bar is filled.
  document.getElementById("bar").hidden = false;
  fill(content, h("p", { class: "starting", role: "status" }, "Signing in…"));
  try {
    begin(await get("/v1/session"));
    show();
  } catch (error) {
    if (error instanceof Problem && error.status === 401) {
      end(rejectedTokenMessage());
      showSignIn();
    } else {
      fill(content, problemNotice(error, start));
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
