import { announce } from "../app/announce.js";
import { call, iccPath, Problem } from "../app/api.js";
import { h } from "../app/element.js";
import { notice, problemNotice } from "../parts/notice.js";

/** The panels that an action of is under way. @type {WeakSet<object>} */
const acting = new WeakSet();

/**
 * Performs an action on the version that the person looked at. Where somebody else was faster, the present state is
 * shown and nothing is done: what the person decided was decided about another state. While one action of a panel is
 * under way, another is not begun: the second press on a button would only find the state that the first one made.
 * @param {import("./panel.js").Panel} panel
 * @param {string} method
 * @param {string} rest the path below the ICC's
 * @param {string} done said afterwards
 * @param {*} [words] shown above the panel afterwards
 * @returns {Promise<boolean>} whether it was done
 */
export async function act(panel, method, rest, done, words) {
  if (acting.has(panel)) return false;
  acting.add(panel);
  try {
    return await perform(panel, method, rest, done, words);
  } finally {
    acting.delete(panel);
  }
}

async function perform(panel, method, rest, done, words) {
  const { id, version } = panel.icc;
  try {
    const icc = await call(method, iccPath(id, rest), { version });
    announce(done);
    if (icc) panel.put(icc, words);
    return true;
  } catch (error) {
    await explain(panel, error);
    return false;
  }
}

async function explain(panel, error) {
  if (!(error instanceof Problem) || ![409, 412].includes(error.status)) return panel.put(panel.icc, problemNotice(error));
  await panel.reload();
  const words = error.status === 412
    ? notice("warning", "Somebody else changed this ICC", h("p", {}, "Nothing was done. This is how it stands now: look at it, and try again if you still want to."))
    : problemNotice(error);
  panel.put(panel.icc, words);
}
