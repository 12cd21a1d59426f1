/**
 * Calls to the registry's REST API, always on the page's own origin.
 */
import { end, refusal, session, token } from "./session.js";

/** @typedef {{pointer: string, code: string, detail: string, hint?: string}} Fault */

/** What the registry refused, as RFC 9457 tells it. */
export class Problem extends Error {
  /**
   * @param {number} status 0 where no answer came
   * @param {Object<string, *>} body the problem's members
   * @param {number} [wait] after how many seconds it is worth trying again; 0 where nothing was said
   */
  constructor(status, body, wait = 0) {
    super(body.detail || body.title || `The registry answered ${status}.`);
    this.status = status;
    this.code = body.code ?? "";
    this.title = body.title ?? "That did not work";
    this.requestId = body.requestId ?? "";
    /** @type {Fault[]} */
    this.errors = Array.isArray(body.errors) ? body.errors : [];
    this.wait = wait;
  }
}

/**
 * @typedef {object} Options
 * @property {*} [body] sent as JSON
 * @property {number} [version] sent as `If-Match`
 * @property {string} [key] sent as `Idempotency-Key`
 * @property {boolean} [isText] the answer is wanted as it was sent, whatever its type
 * @property {AbortSignal} [signal]
 */

/**
 * One call.
 * @param {string} method
 * @param {string} path from `/v1/` on
 * @param {Options} [options]
 * @returns {Promise<*>} parsed JSON, text for another type, null for no content
 * @throws {Problem} and `AbortError`
 */
export async function call(method, path, options = {}) {
  const used = token();
  const response = await send(method, path, options, used);
  const content = await contentOf(response, options.isText && response.ok);
  if (response.ok) return content;
  // The refusal of an earlier token may arrive after the sign-in with another one.
  if (response.status === 401 && session() !== null && token() === used) leave();
  const body = content !== null && typeof content === "object" ? content : {};
  throw new Problem(response.status, body, secondsOf(response));
}

/** @param {string} path @param {Options} [options] */
export function get(path, options) {
  return call("GET", path, options);
}

/**
 * The path of an ICC and what lies under it.
 * @param {string} id
 * @param {string} [rest] such as `setup?format=cli`
 */
export function iccPath(id, rest = "") {
  return `/v1/iccs/${encodeURIComponent(id)}${rest && `/${rest}`}`;
}

/** Fresh text for `Idempotency-Key`: a repeated submission creates nothing twice. */
export function idempotencyKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {*} error whether a newer call took this one's place */
export function isAbort(error) {
  return error instanceof DOMException && error.name === "AbortError";
}

async function send(method, path, options, token) {
  const headers = { Authorization: `Bearer ${token ?? ""}`, Accept: options.isText ? "*/*" : "application/json" };
  if (options.body !== undefined) {
    headers["Content-Type"] = method === "PATCH" ? "application/merge-patch+json" : "application/json";
  }
  if (options.version !== undefined) headers["If-Match"] = `"${options.version}"`;
  if (options.key) headers["Idempotency-Key"] = options.key;
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  try {
    return await fetch(path, { method, headers, body, signal: options.signal, credentials: "omit", cache: "no-store", redirect: "error" });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new Problem(0, { code: "network", title: "No answer", detail: "The registry cannot be reached. Check the connection and try again." });
  }
}

async function contentOf(response, isText) {
  if (response.status === 204) return null;
  const text = await response.text();
  if (isText || !/[/+]json\b/.test(response.headers.get("Content-Type") ?? "")) return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(response.status, { detail: "The registry's answer could not be read." });
  }
}

function secondsOf(response) {
  const text = response.headers.get("Retry-After") ?? "";
  return /^\d{1,5}$/.test(text) ? Number(text) : 0;
}

function leave() {
  end(refusal());
  window.dispatchEvent(new Event("signed-out"));
}
