import { get, iccPath } from "../app/api.js";
import { fill, h, keepingFocus } from "../app/element.js";
import { MEMBERS, moment, shown } from "../app/words.js";
import { problemNotice } from "../parts/notice.js";

/** How many pages are read at once. */
const MOST_PAGES = 10;

const KINDS = {
  "icc.created": "Created", "icc.updated": "Changed", "icc.deleted": "Deleted", "icc.restored": "Restored", "icc.enabled": "Enabled",
  "icc.disabled": "Disabled", "external-id.rotated": "Rotation begun", "external-id.promoted": "Rotation completed",
  "external-id.cancelled": "Rotation cancelled", "icc.verified": "Verified against AWS", "user-arn.shared": "Role shared with another organisation",
};

/**
 * What happened to the ICC, the newest first.
 * @param {import("./panel.js").Panel} panel
 */
export function historyTab(panel) {
  const view = { panel, events: [], next: null, list: h("ol", { class: "history", tabindex: "-1", "aria-label": "History" }), foot: h("div", { class: "foot" }) };
  fill(view.list, h("li", { class: "waiting" }, h("span", { class: "away" }, "Loading"), h("span", { class: "bone tall" })));
  load(view);
  return h("div", {}, view.list, view.foot);
}

/** The registry pages from the oldest on: the newest come first only once all are there. */
async function load(view) {
  try {
    for (let pages = 0; pages < MOST_PAGES && (pages === 0 || view.next); pages += 1) await turn(view);
    paint(view);
  } catch (error) {
    fill(view.list);
    foot(view, problemNotice(error, () => load(view)));
  }
}

async function turn(view) {
  const query = new URLSearchParams({ limit: "200", ...(view.next ? { cursor: view.next } : {}) });
  const page = await get(iccPath(view.panel.icc.id, `events?${query}`));
  view.events.push(...page.items);
  view.next = page.nextCursor;
}

function paint(view) {
  fill(view.list, view.events.toReversed().map(entry));
  foot(view, view.next && h("button", { type: "button", click: () => load(view) }, "Show newer ones"));
}

function foot(view, content) {
  keepingFocus(view.foot, () => fill(view.foot, content), () => view.foot.querySelector("button") ?? view.list);
}

function entry(event) {
  const kind = event.type;
  const changes = Object.entries(event.changes ?? {});
  return h("li", {},
    h("p", { class: "title" }, KINDS[kind] ?? kind, event.version && h("span", { class: "version" }, `version ${event.version}`)),
    h("p", { class: "fine" }, h("time", { datetime: event.at }, moment(event.at)), event.actor && ` by ${event.actor}`),
    changes.length > 0 && h("dl", { class: "changes" }, changes.map(([name, { before, after }]) => [
      h("dt", {}, MEMBERS[name] ?? name),
      h("dd", {}, kind !== "icc.created" && [h("del", {}, shown(before)), " → "], h("ins", {}, shown(after)))])));
}
