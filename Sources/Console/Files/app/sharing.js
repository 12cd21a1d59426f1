/**
 * Shares the token with this browser's other tabs of the console, so that a link opened in a new tab needs no sign-in.
 * The token goes through memory only, and only pages of this origin receive it.
 */
import { keep, session, token } from "./session.js";

/** The time, in milliseconds, that a hidden tab leaves to the tab that the user looks at. */
const COURTESY = 150;

const channel = new BroadcastChannel("icc-registry");
let isAsking = false;

/**
 * Starts to listen to the other tabs.
 * @param {object} hooks
 * @param {() => void} hooks.received called when this tab has received a token
 * @param {() => void} hooks.rotated called when another tab has replaced this tab's token
 * @param {() => void} hooks.ended called when another tab has signed out with this tab's token
 */
export function listenToTabs({ received, rotated, ended }) {
  channel.addEventListener("message", ({ data }) => {
    if (data.type === "ask") setTimeout(answer, document.hidden ? COURTESY : 0);
    if (data.type === "token" && isAsking && token() === null) {
      isAsking = false;
      keep(data.token);
      received();
    }
    if (data.type === "rotated" && token() === data.before) {
      keep(data.after);
      rotated();
    }
    if (data.type === "ended" && session() !== null && token() === data.token) ended();
  });
}

/** Asks the other tabs for a token. */
export function askTabs() {
  isAsking = true;
  channel.postMessage({ type: "ask" });
}

/** Gives up on an answer of the other tabs, because the user signs in. */
export function stopAskingTabs() {
  isAsking = false;
}

/** Reports a replaced token to the other tabs. @param {string} before @param {string} after */
export function tellRotated(before, after) {
  channel.postMessage({ type: "rotated", before, after });
}

/** Reports to the other tabs that the user signed out: those with this token and, after null, those that use the cookie. */
export function tellEnded(token) {
  channel.postMessage({ type: "ended", token });
}

function answer() {
  if (token() !== null) channel.postMessage({ type: "token", token: token() });
}
