/**
 * Requests to the registry's REST API, always on the page's own origin.
 */
import { end, hasCookie, rejectedTokenMessage, session, token } from "./session.js";

/** @typedef {{pointer: string, code: string, detail: string, hint?: string}} FieldError */

/** An error response of the registry (RFC 9457). */
export class Problem extends Error {
  /**
   * @param {number} status 0 if there was no response
   * @param {Object<string, *>} body the problem's fields
   * @param {number} [wait] the seconds of `Retry-After`; 0 without that header
   */
  constructor(status, body, wait = 0) {
    super(explanation(body) || `The registry returned status ${status}.`);
    this.status = status;
    this.code = body.code ?? "";
    this.title = body.title ?? "The request failed";
    this.requestId = body.requestId ?? "";
    /** @type {FieldError[]} */
    this.errors = Array.isArray(body.errors) ? body.errors : [];
    /** The import jobs that the request would break. @type {{key: string, description: string, expiresAt: string}[]} */
    this.usages = Array.isArray(body.usages) ? body.usages : [];
    this.wait = wait;
  }
}

/** What is wrong and what to do. The detail of a problem with several errors only says that there are some. */
function explanation({ errors, detail, title }) {
  const all = Array.isArray(errors) ? errors.flatMap((error) => [error.detail, error.hint]).filter(Boolean) : [];
  return all.join(" ") || detail || title;
}

/** The cookie counts only with this header, which no page of another origin can send. */
const COOKIE_HEADER = { "X-Console-Session": "1" };

/** The secret of a link, on the page for its bearer, which has no session. */
let secret = null;

/** Sends this secret with every request, instead of the session's token. @param {string} text */
export function useSecret(text) {
  secret = text;
}

/**
 * @typedef {object} Options
 * @property {*} [body] sent as JSON
 * @property {number} [version] sent as `If-Match`
 * @property {string} [key] sent as `Idempotency-Key`
 * @property {boolean} [isText] return the response's text, whatever its type
 * @property {string} [accept] the media type of the response
 * @property {boolean} [usesCookie] send the cookie of this browser, even if this tab has a token
 * @property {AbortSignal} [signal]
 */

/**
 * Sends one request.
 * @param {string} method
 * @param {string} path starting with `/v1/`
 * @param {Options} [options]
 * @returns {Promise<*>} the parsed JSON, the text of another type, or null without content
 * @throws {Problem} and `AbortError`
 */
export async function call(method, path, options = {}) {
  const used = options.usesCookie ? null : secret ?? token();
  const response = await send(method, path, options, used);
  const content = await contentOf(response, options.isText && response.ok);
  if (response.ok) return content;
  // The 401 for an earlier token may arrive after signing in with another one.
  if (response.status === 401 && session() !== null && token() === used) leave();
  const body = content !== null && typeof content === "object" ? content : {};
  throw new Problem(response.status, body, secondsOf(response));
}

/**
 * The address of an API path: the registry may be below a base path, such as `/icc`.
 * @param {string} path starting with `/`
 */
function addressOf(path) {
  return new URL(`..${path}`, document.baseURI).href;
}

/** @param {string} path @param {Options} [options] */
export function get(path, options) {
  return call("GET", path, options);
}

/**
 * The path of an ICC, or of something below it.
 * @param {string} id
 * @param {string} [rest] such as `setup?format=cli`
 */
export function iccPath(id, rest = "") {
  return `/v1/iccs/${encodeURIComponent(id)}${rest && `/${rest}`}`;
}

/** A random `Idempotency-Key`, so that a repeated request creates nothing twice. */
export function idempotencyKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Returns true if a newer call cancelled this one. @param {*} error */
export function isAbort(error) {
  return error instanceof DOMException && error.name === "AbortError";
}

async function send(method, path, options, token) {
  const usesCookie = token === null && hasCookie();
  const headers = { ...(usesCookie ? COOKIE_HEADER : { Authorization: `Bearer ${token ?? ""}` }), Accept: options.accept ?? (options.isText ? "*/*" : "application/json") };
  if (options.body !== undefined) {
    headers["Content-Type"] = method === "PATCH" ? "application/merge-patch+json" : "application/json";
  }
  if (options.version !== undefined) headers["If-Match"] = `"${options.version}"`;
  if (options.key) headers["Idempotency-Key"] = options.key;
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  try {
    return await fetch(addressOf(path), { method, headers, body, signal: options.signal, credentials: usesCookie || setsCookie(method, path) ? "same-origin" : "omit", cache: "no-store", redirect: "error" });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new Problem(0, { code: "network", title: "No response", detail: "The registry cannot be reached. Check your connection and try again." });
  }
}

/** Returns true for the request whose response sets the cookie: without credentials, the browser would ignore it. */
function setsCookie(method, path) {
  return method === "POST" && path === "/v1/session";
}

async function contentOf(response, isText) {
  if (response.status === 204) return null;
  const text = await response.text();
  if (isText || !/[/+]json\b/.test(response.headers.get("Content-Type") ?? "")) return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(response.status, { detail: "The registry's response could not be read." });
  }
}

function secondsOf(response) {
  const text = response.headers.get("Retry-After") ?? "";
  return /^\d{1,5}$/.test(text) ? Number(text) : 0;
}

function leave() {
  end(rejectedTokenMessage());
  window.dispatchEvent(new Event("signed-out"));
}
