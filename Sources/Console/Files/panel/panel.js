import { get, iccPath, isAbort } from "../app/api.js";
import { fill, h, icon, keepingFocus } from "../app/element.js";
import { changed, go } from "../app/route.js";
import { can } from "../app/session.js";
import { title } from "../app/title.js";
import { badges } from "../parts/badge.js";
import { problemNotice } from "../parts/notice.js";
import { tabs } from "../parts/tabs.js";
import { checkTab } from "./check.js";
import { detailsTab } from "./details.js";
import { historyTab } from "./history.js";
import { setupTab } from "./setup.js";
import { shareButton } from "./share.js";
import { stepsTab } from "./steps.js";
import { verifyTab } from "./verify.js";

const DETAILS = { key: "details", text: "Details", action: "icc.read", make: detailsTab };
const HISTORY = { key: "history", text: "History", action: "icc.events", make: historyTab };
const SETUP = { key: "setup", text: "Set-up", action: "icc.read", make: setupTab };
const VERIFY = { key: "verify", text: "Verify", action: "icc.verifications", make: verifyTab };
const CHECK = { key: "check", text: "Check my policy", short: "Check", action: "icc.check", make: checkTab };

/** Until an ICC is verified, one checklist has the set-up, the check and the verification. */
const STEPS = { key: "setup", text: "Set-up", action: "icc.read", make: stepsTab };

/** The steps of the checklist that have an address of their own. */
const STEP_KEYS = new Set(["check", "verify", "user-arn"]);

/** The tabs for an ICC in its present state; a deleted one has no documents. */
function tabsFor(icc) {
  if (icc.deletedAt) return [DETAILS, VERIFY, HISTORY];
  return icc.status === "verified" ? [DETAILS, SETUP, CHECK, VERIFY, HISTORY] : [STEPS, DETAILS, HISTORY];
}

/**
 * @typedef {object} Panel passed to each tab
 * @property {*} icc as last loaded
 * @property {(rest: string) => string} path the address of something below the ICC in the API
 * @property {*[]} tools shown above the set-up guide
 * @property {() => *} next shown below the set-up guide
 * @property {(icc: *, message?: *) => void} put updates the ICC in the panel and the list, with a message above the tab
 * @property {() => void} clearMessage removes that message
 * @property {() => Promise<void>} reload loads the ICC again
 * @property {() => Promise<void>} refresh loads the ICC again without changing the tab
 * @property {() => void} removed reports to the list that the ICC was removed
 * @property {() => void} released reports to the list that the ICC was released
 * @property {() => void} close
 * @property {(step: string) => void} [openStep] opens a step of the checklist, if it is shown
 */

/**
 * Opens the details panel of an ICC.
 * @param {HTMLElement} host
 * @param {string} id
 * @param {string} tab
 * @param {{close: () => void, changed: (icc: *) => void, removed: () => void, released: () => void}} hooks
 */
export function openPanel(host, id, tab, hooks) {
  const view = { id, host, hooks, tab, icc: null };
  const panel = {
    get icc() { return view.icc; },
    path: (rest) => iccPath(view.id, rest),
    tools: [shareButton(id)],
    next: nextSteps,
    put: (icc, message) => { view.icc = icc; hooks.changed(icc); paint(view, panel, message); },
    reload: () => load(view, panel),
    refresh: () => refresh(view),
    clearMessage: () => fill(view.message),
    removed: hooks.removed,
    released: hooks.released,
    close: hooks.close,
  };
  frame(view);
  load(view, panel).then(() => isShown(view) && view.title.focus({ preventScroll: true }));
  return { id, reload: panel.reload, showTab: (key) => { if (key !== view.tab) { view.tab = key; move(view, panel); } } };
}

function frame(view) {
  view.title = h("h2", { tabindex: "-1", class: "value" }, "\u00a0");
  view.badges = h("p", { class: "state" }, "\u00a0");
  view.message = h("div", { class: "panel-message", "aria-live": "polite" });
  view.place = h("div", { class: "place" });
  offer(view, [DETAILS]);
  fill(view.tabs.body, h("div", { class: "waiting" }, h("span", { class: "away" }, "Loading"), [1, 2, 3].map(() => h("span", { class: "bone tall" }))));
  view.root = h("div", { class: "sheet" },
    h("header", {},
      h("div", { class: "title" }, view.title,
        h("button", { type: "button", class: "plain square", "aria-label": "Close details", click: view.hooks.close }, icon("close"))),
      view.badges),
    view.place);
  fill(view.host, view.root);
  view.host.scrollTop = 0;
}

/** Links to the tabs that check and verify what was set up. */
function nextSteps() {
  const links = [
    can("icc.check") && h("a", { href: changed({ tab: "check" }) }, "Check my policy"),
    can("icc.verify") && h("a", { href: changed({ tab: "verify" }) }, "Verify the connection"),
  ].filter(Boolean);
  return links.length > 0 && h("p", {}, links.map((link, index) => [index > 0 && " · ", link]));
}

/** Shows the tabs that fit the ICC's state. */
function offer(view, wanted) {
  const offered = wanted.filter((tab) => can(tab.action));
  if (offered.length === view.offered?.length && offered.every((tab, index) => tab === view.offered[index])) return;
  view.offered = offered;
  view.tabs = tabs("Details of the ICC", offered, view.tab, (key) => go(changed({ tab: key === offered[0].key ? null : key }), true));
  fill(view.place, view.tabs.list, view.message, view.tabs.body);
}

/** The tab that the address names, or the first. */
function selected(view) {
  return view.offered.find(({ key }) => key === view.tab) ?? view.offered[0];
}

/** Shows what the address names: a step of the checklist that is shown already, or a tab. */
function move(view, panel) {
  const isStep = STEP_KEYS.has(view.tab) && view.shown === STEPS;
  if (isStep) panel.openStep(view.tab);
  else paint(view, panel);
}

function isShown(view) {
  return view.root.isConnected;
}

async function load(view, panel) {
  try {
    const icc = await liveOrDeleted(view.id);
    if (!isShown(view)) return;
    view.icc = icc;
    view.hooks.changed(icc);
    paint(view, panel);
  } catch (error) {
    if (isAbort(error) || !isShown(view)) return;
    if (error.status === 404) return missing(view);
    if (view.icc === null) return instead(view, "The ICC could not be loaded", problemNotice(error, () => load(view, panel)));
    title(view.title.textContent);
    place(view, problemNotice(error, () => load(view, panel)));
  }
}

/** Returns an ICC. The registry shows a deleted one in lists only: a link to it still leads to it. */
async function liveOrDeleted(id) {
  try {
    return await get(iccPath(id));
  } catch (error) {
    if (error.status !== 404 || !/^icc_[0-9a-z]{26}$/.test(id)) throw error;
    const { items } = await get(`/v1/iccs?${new URLSearchParams({ deleted: "true", q: id, limit: "1" })}`);
    if (items.length === 0) throw error;
    return items[0];
  }
}

function missing(view) {
  instead(view, "ICC not found", h("div", { class: "nothing" }, h("p", {}, "It does not exist, or your token has no access to it.")));
}

/** Shows a message instead of the ICC and its tabs. */
function instead(view, text, content) {
  view.title.textContent = text;
  title(text);
  fill(view.badges);
  view.offered = null;
  keepingFocus(view.place, () => fill(view.place, content), () => view.title);
}

async function refresh(view) {
  const icc = await get(iccPath(view.id));
  if (!isShown(view)) return;
  view.icc = icc;
  view.hooks.changed(icc);
  head(view);
}

function paint(view, panel, message) {
  if (view.icc === null) return;
  keepingFocus(view.place, () => offer(view, tabsFor(view.icc)), () => view.title);
  const tab = selected(view);
  head(view);
  view.tabs.select(tab.key);
  place(view, tab.make(panel));
  view.shown = tab;
  if (tab === STEPS && STEP_KEYS.has(view.tab)) panel.openStep(view.tab);
  keepingFocus(view.message, () => fill(view.message, message), () => view.title);
}

function head(view) {
  title(view.icc.name, selected(view).text);
  view.title.textContent = view.icc.name;
  fill(view.badges, badges(view.icc));
}

/** Shows a tab's content; if the focused button is removed, the focus moves to the panel's heading. */
function place(view, content) {
  keepingFocus(view.tabs.body, () => fill(view.tabs.body, content), () => view.title);
}
