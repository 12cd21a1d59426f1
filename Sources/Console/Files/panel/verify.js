import { call, iccPath, Problem } from "../app/api.js";
import { fill, h, keepingFocus } from "../app/element.js";
import { changed } from "../app/route.js";
import { may } from "../app/session.js";
import { busy } from "../parts/busy.js";
import { notice, problemNotice } from "../parts/notice.js";
import { CHECK_COUNT, freshOutcome, outcome, progressList, VERDICTS } from "./verification.js";
import { Verifications } from "./verifications.js";

/** How often one asks how far a verification is. */
const PAUSE = 700;

/**
 * The live check against AWS, and what came of the earlier ones.
 * @param {import("./panel.js").Panel} panel
 */
export function verifyTab(panel) {
  const { icc } = panel;
  const view = { panel, path: iccPath(icc.id, "verify"), said: h("p", { role: "status", class: "said" }), result: h("div", { class: "result", tabindex: "-1" }) };
  view.past = new Verifications(icc.id);
  view.button = h("button", { type: "button", class: "primary", click: () => run(view) }, "Verify now");
  view.root = h("div", { class: "verify" },
    h("p", { class: "lead" }, "InfoSum's session tries your role and your bucket as an import would, and what must be refused. It takes some seconds, reads one byte of one object, and changes nothing."),
    offer(view, icc), view.result, view.past.element);
  open(view);
  return view.root;
}

function offer(view, icc) {
  if (!may("icc.verify") || icc.deletedAt) return null;
  if (icc.userArn) return h("div", { class: "actions start" }, view.button, view.said);
  return notice("info", "There is no role to try yet", h("p", {}, "Set the User ARN in the ", h("a", { href: changed({ tab: null }) }, "details"), " first."));
}

/** Shows the last verification; one that somebody else began is followed to its end. */
async function open(view) {
  try {
    const underWay = await view.past.load();
    if (underWay) return await busy(view.button, () => follow(view, underWay.checks));
    if (!view.began) showLast(view);
  } catch (error) {
    view.began = false;
    say(view, "");
    fill(view.result, problemNotice(error, () => { show(view, null); open(view); }));
  }
}

function showLast(view) {
  const { latest } = view.past;
  const { status, deletedAt } = view.panel.icc;
  const isPast = latest && latest.verdict !== "inconclusive" && latest.verdict !== status;
  show(view, latest
    ? outcome(latest, isPast && !deletedAt && h("p", {}, "The ICC was changed since: verify it again."))
    : h("p", { class: "faint" }, "It was never verified."));
}

function run(view) {
  return busy(view.button, async () => {
    view.began = true;
    const turn = { isOver: false };
    progress(view, []);
    watch(view, turn);
    try {
      const answer = await call("POST", view.path);
      turn.isOver = true;
      say(view, VERDICTS[answer.verdict]?.title ?? answer.verdict);
      show(view, freshOutcome(answer));
      await Promise.all([view.past.load(), view.panel.refresh()]);
    } catch (error) {
      turn.isOver = true;
      await refused(view, error);
    }
  });
}

async function refused(view, error) {
  if (error instanceof Problem && error.code === "verification.under-way") return open(view);
  say(view, "");
  if (error instanceof Problem && error.code === "verification.not-configured") return show(view, unconfigured());
  show(view, problemNotice(error, () => run(view)));
}

function unconfigured() {
  return notice("info", "This registry does not verify",
    h("p", {}, "It was given no AWS keys of InfoSum's to try your role with. All else works: ", h("a", { href: changed({ tab: "check" }) }, "Check my policy"), " judges policies without AWS."));
}

/** Shows how far one's own verification is. Where that cannot be told, its answer tells all in the end. */
async function watch(view, turn) {
  while (view.root.isConnected) {
    await pause();
    if (turn.isOver) return;
    const underWay = await view.past.underWay().catch(() => null);
    if (turn.isOver) return;
    if (underWay) progress(view, underWay.checks);
  }
}

/** Waits for the end of a verification that somebody else began. */
async function follow(view, checks) {
  view.began = true;
  for (let done = checks; done && view.root.isConnected; done = (await view.past.underWay())?.checks) {
    progress(view, done);
    await pause();
  }
  if (!view.root.isConnected) return;
  await view.panel.refresh();
  await view.past.load();
  say(view, VERDICTS[view.past.latest?.verdict]?.title ?? "");
  showLast(view);
}

function progress(view, done) {
  say(view, `${done.length} of ${CHECK_COUNT} checks done`);
  show(view, progressList(done));
}

function say(view, text) {
  if (view.said.textContent !== text) view.said.textContent = text;
}

function show(view, content) {
  keepingFocus(view.result, () => fill(view.result, content), () => (view.button.isConnected ? view.button : view.result));
}

function pause() {
  return new Promise((resolve) => { setTimeout(resolve, PAUSE); });
}
