import { call, iccPath, Problem } from "../app/api.js";
import { fill, h, keepingFocus } from "../app/element.js";
import { changed } from "../app/route.js";
import { can, session } from "../app/session.js";
import { busy } from "../parts/busy.js";
import { notice, problemNotice } from "../parts/notice.js";
import { CHECK_COUNT, freshOutcome, outcome, progressList, VERDICTS } from "./verification.js";
import { Verifications } from "./verifications.js";

/** The pause between two progress requests, in milliseconds. */
const PAUSE = 700;

/**
 * The live verification against AWS, and the results of earlier ones.
 * @param {import("./panel.js").Panel} panel
 */
export function verifyTab(panel) {
  const { icc } = panel;
  const view = { panel, path: iccPath(icc.id, "verify"), status: h("p", { role: "status", class: "said" }), result: h("div", { class: "result", tabindex: "-1" }) };
  view.past = new Verifications(icc.id);
  view.button = h("button", { type: "button", class: "primary", click: () => run(view) }, "Verify now");
  view.root = h("div", { class: "verify" },
    h("p", { class: "lead" }, "InfoSum assumes your role and reads your bucket as an import would, and tests that your role rejects others. It takes a few seconds, reads one byte of one object, and changes nothing."),
    offer(view, icc), view.result, view.past.element);
  open(view);
  return view.root;
}

function offer(view, icc) {
  if (!can("icc.verify") || icc.deletedAt) return null;
  if (!session().verificationConfigured) return unconfigured();
  if (icc.userArn) return h("div", { class: "actions start" }, view.button, view.status);
  return notice("info", "There is no role to verify yet", h("p", {}, "Enter the ", h("a", { href: changed({ tab: "user-arn" }) }, "role's ARN"), " first."));
}

/** Shows the latest verification; one that another user started is followed until it completes. */
async function open(view) {
  try {
    const inProgress = await view.past.load();
    if (inProgress) return await busy(view.button, () => follow(view, inProgress.checks));
    if (!view.began) showLast(view);
  } catch (error) {
    view.began = false;
    setStatus(view, "");
    fill(view.result, problemNotice(error, () => { show(view, null); open(view); }));
  }
}

function showLast(view) {
  const { latest } = view.past;
  const { status, deletedAt } = view.panel.icc;
  const isPast = latest && latest.verdict !== "inconclusive" && latest.verdict !== status;
  show(view, latest
    ? outcome(latest, isPast && !deletedAt && h("p", {}, "The ICC has changed since then. Verify it again."))
    : h("p", { class: "faint" }, "Not verified yet."));
}

function run(view) {
  return busy(view.button, async () => {
    view.began = true;
    const state = { isOver: false };
    progress(view, []);
    watch(view, state);
    try {
      const answer = await call("POST", view.path);
      state.isOver = true;
      setStatus(view, VERDICTS[answer.verdict]?.title ?? answer.verdict);
      show(view, freshOutcome(answer));
      await Promise.all([view.past.load(), view.panel.refresh()]);
    } catch (error) {
      state.isOver = true;
      await refused(view, error);
    }
  });
}

async function refused(view, error) {
  if (error instanceof Problem && error.code === "verification.in-progress") return open(view);
  setStatus(view, "");
  if (error instanceof Problem && error.code === "verification.not-configured") return show(view, unconfigured());
  show(view, problemNotice(error, () => run(view)));
}

function unconfigured() {
  return notice("info", "Verification is not configured",
    h("p", {}, "This registry has no AWS credentials of InfoSum, so it cannot test your role. Everything else works: ", h("a", { href: changed({ tab: "check" }) }, "Check my policy"), " checks policies without AWS."));
}

/** Shows the progress of the user's own verification. If a progress request fails, the final response shows all checks. */
async function watch(view, state) {
  while (view.root.isConnected) {
    await pause();
    if (state.isOver) return;
    const inProgress = await view.past.inProgress().catch(() => null);
    if (state.isOver) return;
    if (inProgress) progress(view, inProgress.checks);
  }
}

/** Waits until a verification that another user started completes. */
async function follow(view, checks) {
  view.began = true;
  for (let done = checks; done && view.root.isConnected; done = (await view.past.inProgress())?.checks) {
    progress(view, done);
    await pause();
  }
  if (!view.root.isConnected) return;
  await view.panel.refresh();
  await view.past.load();
  setStatus(view, VERDICTS[view.past.latest?.verdict]?.title ?? "");
  showLast(view);
}

function progress(view, done) {
  setStatus(view, `${done.length} of ${CHECK_COUNT} checks done`);
  show(view, progressList(done));
}

function setStatus(view, text) {
  if (view.status.textContent !== text) view.status.textContent = text;
}

function show(view, content) {
  keepingFocus(view.result, () => fill(view.result, content), () => (view.button.isConnected ? view.button : view.result));
}

function pause() {
  return new Promise((resolve) => { setTimeout(resolve, PAUSE); });
}
