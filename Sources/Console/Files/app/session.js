/**
 * Who is signed in. The token lives in `sessionStorage`: for this tab, and gone with it.
 */
import { draftsBelongTo, forgetDrafts, hasDrafts } from "./drafts.js";

const KEY = "icc-registry.token";

/** @typedef {{tokenId: string, role: string, organisation: string|null, expiresAt: string|null, may: string[]}} Session */

/** @type {Session|null} */
let current = null;
let farewell = "";

/** The token of this tab, or null. */
export function token() {
  return sessionStorage.getItem(KEY);
}

/**
 * Keeps a token for this tab.
 * @param {string} text
 */
export function keep(text) {
  sessionStorage.setItem(KEY, text);
  farewell = "";
}

/** @param {Session} session what the registry says about the token */
export function begin(session) {
  current = session;
  draftsBelongTo(session.organisation);
}

/**
 * Forgets the token.
 * @param {string} [why] shown on the sign-in screen
 */
export function end(why = "") {
  sessionStorage.removeItem(KEY);
  farewell = why;
  current = null;
}

/** @returns {Session|null} */
export function session() {
  return current;
}

/** Why the last session ended; empty where nothing needs to be said. */
export function reason() {
  return farewell;
}

/**
 * Whether the role may take an action: what it may not do is not offered.
 * @param {string} action such as `icc.create`
 */
export function may(action) {
  return current !== null && current.may.includes(action);
}

/** Forgets the token and all that was typed. */
export function leave() {
  forgetDrafts();
  end("You have signed out.");
}

/** What to tell a person whose token was refused in the middle of their work. */
export function refusal() {
  const end = current?.expiresAt;
  const why = end && Date.parse(end) <= Date.now()
    ? "Your token has expired. Sign in with a new one to go on."
    : "Your token is no longer accepted: it has expired or was revoked. Sign in with another one to go on.";
  return hasDrafts() ? `${why} What you typed is kept.` : why;
}
