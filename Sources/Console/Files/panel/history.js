import { get, iccPath } from "../app/api.js";
import { fill, h, keepingFocus } from "../app/element.js";
import { change, KINDS, MEMBERS, moment } from "../app/labels.js";
import { actor } from "../app/names.js";
import { problemNotice } from "../parts/notice.js";
import { VERDICTS } from "./verification.js";

/** The maximum number of pages loaded at once. */
const MAX_PAGES = 10;

/**
 * The ICC's events, the newest first.
 * @param {import("./panel.js").Panel} panel
 */
export function historyTab(panel) {
  const view = { panel, events: [], next: null, list: h("ol", { class: "history", tabindex: "-1", "aria-label": "History" }), foot: h("div", { class: "foot" }) };
  fill(view.list, h("li", { class: "waiting" }, h("span", { class: "away" }, "Loading"), h("span", { class: "bone tall" })));
  load(view);
  return h("div", {}, view.list, view.foot);
}

/** Loads pages from the oldest event on; the newest are shown first after all pages are loaded. */
async function load(view) {
  try {
    for (let pages = 0; pages < MAX_PAGES && (pages === 0 || view.next); pages += 1) await loadPage(view);
    paint(view);
  } catch (error) {
    fill(view.list);
    foot(view, problemNotice(error, () => load(view)));
  }
}

async function loadPage(view) {
  const query = new URLSearchParams({ limit: "200", ...(view.next ? { cursor: view.next } : {}) });
  const page = await get(iccPath(view.panel.icc.id, `events?${query}`));
  view.events.push(...page.items);
  view.next = page.nextCursor;
}

function paint(view) {
  fill(view.list, view.events.toReversed().map(entry));
  foot(view, view.next && h("button", { type: "button", click: () => load(view) }, "Show newer events"));
}

function foot(view, content) {
  keepingFocus(view.foot, () => fill(view.foot, content), () => view.foot.querySelector("button") ?? view.list);
}

function entry(event) {
  const changes = Object.entries(event.changes ?? {});
  return h("li", {},
    h("p", { class: "title" }, heading(event), event.version && h("span", { class: "version" }, `version ${event.version}`)),
    h("p", { class: "fine" }, h("time", { datetime: event.at }, moment(event.at)), event.actor && [" by ", actor(event.actor)]),
    changes.length > 0 && h("dl", { class: "changes" }, changes.map(([name, { before, after }]) => [
      h("dt", {}, MEMBERS[name] ?? name),
      h("dd", {}, change(before, after))])));
}

/** What happened; for a verification also its verdict. */
function heading({ type, changes }) {
  const verdict = changes?.lastVerification?.after?.verdict;
  const text = KINDS[type] ?? type;
  return verdict ? `${text}: ${VERDICTS[verdict]?.title ?? verdict}` : text;
}
