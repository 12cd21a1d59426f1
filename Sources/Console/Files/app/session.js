/**
 * The signed-in session. The token is kept in `sessionStorage`, so it is deleted when the tab closes. A browser that stays
 * signed in has a cookie instead, which scripts cannot read, and a note in `localStorage` that there is one.
 */
import { setDraftOwner, deleteDrafts, hasDrafts } from "./drafts.js";

const KEY = "icc-registry.token";
const NOTE = "icc-registry.stays-signed-in";

/** @typedef {{tokenId: string, role: string, organisation: string|null, organisations: string[], addressBlocks: string[], expiresAt: string|null, permissions: string[], verificationConfigured: boolean, maxSignInDays: number}} Session */

/** @type {Session|null} */
let current = null;
let endReason = "";

/** The token of this tab, or null. */
export function token() {
  return sessionStorage.getItem(KEY);
}

/**
 * Stores a token for this tab.
 * @param {string} text
 */
export function keep(text) {
  sessionStorage.setItem(KEY, text);
  endReason = "";
}

/** Exchanges the token of this tab for the cookie that the registry has set. */
export function keepCookie() {
  sessionStorage.removeItem(KEY);
  localStorage.setItem(NOTE, "1");
}

/** Returns true if this browser has a cookie of the registry. */
export function hasCookie() {
  return localStorage.getItem(NOTE) !== null;
}

/** Returns true if this tab uses the cookie: it does if it has no token. */
export function usesCookie() {
  return token() === null && hasCookie();
}

/** Forgets the cookie, which the registry has deleted. */
export function forgetCookie() {
  localStorage.removeItem(NOTE);
}

/** @param {Session} session the registry's description of the token */
export function begin(session) {
  current = session;
  setDraftOwner(session.organisations.join(" ") || null);
}

/**
 * Deletes the token, or forgets the cookie if this tab uses it.
 * @param {string} [why] shown on the sign-in screen
 */
export function end(why = "") {
  if (usesCookie()) forgetCookie();
  sessionStorage.removeItem(KEY);
  endReason = why;
  current = null;
}

/** @returns {Session|null} */
export function session() {
  return current;
}

/** The reason that the last session ended; empty if none must be shown. */
export function reason() {
  return endReason;
}

/**
 * Returns true if the token may perform an action. Actions that are not allowed are not offered.
 * @param {string} action such as `icc.create`
 */
export function can(action) {
  return current !== null && current.permissions.includes(action);
}

/**
 * Deletes the token and all drafts.
 * @param {string} [why] shown on the sign-in screen
 */
export function leave(why = "You have signed out.") {
  deleteDrafts();
  end(why);
}

/** The message for a user whose token was rejected while they worked. */
export function rejectedTokenMessage() {
  const end = current?.expiresAt;
  const why = usesCookie()
    ? "This browser is no longer signed in: the sign-in has expired, or your token was revoked or rotated. Sign in with a token to continue."
    : end && Date.parse(end) <= Date.now()
      ? "Your token has expired. Sign in with a new token to continue."
      : "Your token is no longer valid: it has expired or was revoked. Sign in with another token to continue.";
  return hasDrafts() ? `${why} Your unsaved input is kept.` : why;
}
