import { announce } from "../app/announce.js";
import { call, iccPath, Problem } from "../app/api.js";
import { h } from "../app/element.js";
import { ask, tell } from "../parts/dialog.js";

/**
 * Starts a rotation for each ICC of a role, after a question.
 * @param {*[]} iccs those without a pending External ID
 * @param {() => Promise<void>} done called afterwards
 */
export async function rotateAll(iccs, done) {
  const sure = await ask({
    title: `Rotate ${count(iccs)}?`,
    body: [
      h("p", {}, "Imports keep running. There are three steps for all ICCs on this role:"),
      h("ol", {},
        h("li", {}, "The registry creates a new External ID for each. The current ones stay in use."),
        h("li", {}, "You update the role's trust policy in AWS once: the new one allows both External IDs of each ICC."),
        h("li", {}, "You complete all rotations here. From then on only the new ones are used.")),
      h("p", {}, "These ICCs use the role:"), names(iccs),
    ],
    confirm: "Start rotations",
  });
  if (sure) await each(iccs, "external-id/rotate", "Rotations started", done);
}

/**
 * Completes the rotation of each ICC of a role, after a question.
 * @param {*[]} iccs those with a pending External ID
 * @param {() => Promise<void>} done called afterwards
 */
export async function completeAll(iccs, done) {
  const sure = await ask({
    title: `Complete the rotation of ${count(iccs)}?`,
    body: [
      h("p", {}, "From now on InfoSum sends the pending External IDs. If the trust policy in AWS does not allow them yet, imports fail until it does. The old External IDs are never used again."),
      names(iccs),
    ],
    confirm: "Complete rotations", cancel: "Not yet",
  });
  if (sure) await each(iccs, "external-id/promote", "Rotations completed", done);
}

/** Performs an action on each ICC, in the version that was shown. One that fails does not stop the others. */
async function each(iccs, action, said, done) {
  const failures = [];
  for (const icc of iccs) {
    try {
      await call("POST", iccPath(icc.id, action), { version: icc.version });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      failures.push({ icc, error });
    }
  }
  await done();
  if (failures.length === 0) return announce(said);
  await tell({
    title: `${failures.length} of ${iccs.length} failed`,
    body: [
      h("p", {}, failures.length < iccs.length ? "The other ICCs are done. These have not changed:" : "No ICC has changed:"),
      h("ul", { class: "errors" }, failures.map(({ icc, error }) => h("li", {}, h("strong", { class: "value" }, icc.name), ` ${error.message}`))),
    ],
  });
}

function names(iccs) {
  return h("ul", { class: "names", tabindex: "0", "aria-label": "ICCs" }, iccs.map(({ name }) => h("li", { class: "value" }, name)));
}

function count(iccs) {
  return iccs.length === 1 ? "1 External ID" : `${iccs.length} External IDs`;
}
