import { announce } from "../app/announce.js";
import { call, iccPath, Problem } from "../app/api.js";
import { h } from "../app/element.js";
import { notice, problemNotice } from "../parts/notice.js";
import { askIfUsed } from "./usages.js";

/** The buttons that accept that import jobs fail, by the action's path. @type {Object<string, string>} */
const ANYWAY = { "": "Delete anyway", disable: "Disable anyway" };

/** The panels with an action in progress. @type {WeakSet<object>} */
const acting = new WeakSet();

/**
 * Performs an action on the version that the user saw. If the ICC has changed since, nothing is done and the current
 * state is shown, because the user decided about another state. A second action does not start while one is in
 * progress: a double click would act on the state that the first click made.
 * @param {import("./panel.js").Panel} panel
 * @param {string} method
 * @param {string} rest the path below the ICC's
 * @param {string} done announced afterwards
 * @param {*} [message] a message shown above the tab afterwards
 * @returns {Promise<boolean>} true if the action succeeded
 */
export async function act(panel, method, rest, done, message) {
  if (acting.has(panel)) return false;
  acting.add(panel);
  try {
    return await perform(panel, method, rest, done, message);
  } finally {
    acting.delete(panel);
  }
}

async function perform(panel, method, rest, done, message) {
  const { id, version } = panel.icc;
  try {
    const icc = await askIfUsed((query) => call(method, iccPath(id, rest) + query, { version }), ANYWAY[rest] ?? "Continue anyway");
    if (icc === undefined) return false;
    announce(done);
    if (icc) panel.put(icc, message);
    return true;
  } catch (error) {
    await explain(panel, error);
    return false;
  }
}

async function explain(panel, error) {
  if (!(error instanceof Problem) || ![409, 412].includes(error.status)) return panel.put(panel.icc, problemNotice(error));
  await panel.reload();
  const message = error.status === 412
    ? notice("warning", "This ICC has changed since you opened it", h("p", {}, "Nothing was done. The current values are shown below. Try again if you still want to."))
    : problemNotice(error);
  panel.put(panel.icc, message);
}
