import { h, icon } from "../app/element.js";
import { moment } from "../app/labels.js";
import { countdown } from "../parts/countdown.js";
import { notice } from "../parts/notice.js";

/** @type {Object<string, {kind: string, tone: string, title: string, text: string}>} */
export const VERDICTS = {
  verified: { kind: "done", tone: "good", title: "Verified", text: "InfoSum can assume the role and read the bucket, and the role rejects everyone else that was tested." },
  insecure: { kind: "error", tone: "bad", title: "Insecure", text: "The role can be assumed by someone it should reject." },
  failing: { kind: "error", tone: "bad", title: "Failing", text: "AWS denies something that imports need." },
  inconclusive: { kind: "warning", tone: "warn", title: "Inconclusive", text: "Some checks had no result. The status has not changed." },
};

const CHECKS = {
  "connector-role-assumable": "InfoSum's own role can be used",
  "role-assumable": "InfoSum can assume your role",
  "external-id-required": "Your role requires an External ID",
  "external-id-exact": "Your role rejects a wrong External ID",
  "principal-pinned": "Your role rejects another session",
  "bucket-listable": "The bucket can be listed",
  "object-readable": "An object can be read",
};

const STATUSES = {
  passed: { sign: "done", text: "Passed" }, failed: { sign: "error", text: "Failed" }, skipped: { sign: "skipped", text: "Skipped" },
  inconclusive: { sign: "inconclusive", text: "Unknown" }, running: { sign: "running", text: "Running" }, pending: { sign: "pending", text: "Waiting" },
};

/** The number of checks. */
export const CHECK_COUNT = Object.keys(CHECKS).length;

/**
 * A completed verification: its verdict and its checks.
 * @param {*} verification
 * @param {...*} more shown below the verdict
 */
export function outcome(verification, ...more) {
  const { kind, title, text } = verdictOf(verification);
  return [notice(kind, title, h("p", {}, text), more), checkList(verification.checks)];
}

/** A verification that has just completed, with the time to wait if waiting helps. @param {*} verification */
export function freshOutcome(verification) {
  const wait = verification.retryAfterSeconds;
  return outcome(verification, wait > 0 && [h("p", {}, "AWS can take a few minutes to apply a change."), countdown(wait)]);
}

/** The completed checks; the next one is running, the others are waiting. @param {*[]} done */
export function progressList(done) {
  const rest = Object.keys(CHECKS).filter((name) => !done.some((check) => check.name === name));
  return checkList([...done, ...rest.map((name, index) => ({ name, status: index === 0 ? "running" : "pending" }))]);
}

/** @param {*} verification a verification in one line: verdict, time and version */
export function summary(verification) {
  const { tone, title } = verdictOf(verification);
  return [h("span", { class: `badge ${tone}` }, title), " ", h("time", { datetime: verification.startedAt }, moment(verification.startedAt)), " ",
    h("span", { class: "version" }, `version ${verification.iccVersion} · ${seconds(verification.durationMs)}`)];
}

/** @param {*[]} checks */
export function checkList(checks) {
  return h("ol", { class: "checks", "aria-label": "Checks" }, checks.map((check) => {
    const { sign, text } = STATUSES[check.status] ?? { sign: "inconclusive", text: check.status };
    return h("li", { class: check.status }, icon(sign),
      h("div", {},
        h("p", { class: "title" }, CHECKS[check.name] ?? check.name, h("span", { class: "outcome" }, text)),
        check.detail && h("p", {}, check.detail), check.hint && h("p", { class: "hint" }, check.hint),
        check.code && h("p", { class: "fine" }, h("code", {}, check.code))));
  }));
}

function verdictOf({ verdict }) {
  return VERDICTS[verdict] ?? { kind: "info", tone: "quiet", title: verdict, text: "" };
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
