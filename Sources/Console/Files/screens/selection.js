import { announce } from "../app/announce.js";
import { call, iccPath, Problem } from "../app/api.js";
import { fill, h } from "../app/element.js";
import { changed } from "../app/route.js";
import { can } from "../app/session.js";
import { busy } from "../parts/busy.js";
import { ask } from "../parts/dialog.js";
import { notice } from "../parts/notice.js";

/**
 * The actions on several ICCs: the permission, the path below an ICC, the texts, and which ICCs are already as wanted.
 */
const ACTIONS = [
  { permission: "icc.switch", path: "enable", text: "Enable", done: "enabled", isDone: (icc) => icc.enabled,
    body: "Import workers can use them again, if nothing else prevents it." },
  { permission: "icc.switch", path: "disable", text: "Disable", done: "disabled", isDone: (icc) => !icc.enabled,
    body: "Imports that use them stop. They keep all their values, and you can enable them at any time. An ICC that import jobs use is left unchanged." },
  { permission: "icc.rotate", path: "external-id/rotate", text: "Rotate", done: "being rotated", isDone: () => false,
    body: "Each gets a pending External ID; the current one stays in use, and imports keep running. You must then update each role's trust policy in AWS, and complete each rotation." },
];

/** The ICCs that are selected in the list, on all its pages, and what can be done with them. */
export class Selection {
  /** @param {(icc: *) => void} put called with each changed ICC @param {() => void} marked called when the selection changes */
  constructor(put, marked) {
    this.put = put;
    this.marked = marked;
    /** @type {Map<string, *>} the selected ICCs by identifier */
    this.iccs = new Map();
    this.bar = h("div", { class: "selection", role: "group", "aria-label": "Selected ICCs" });
    this.result = h("div", { class: "selection-result", role: "status" });
    this.element = h("div", {}, this.bar, this.result);
    this.paint();
  }

  /** Returns true if the token can do something with several ICCs. */
  get isOffered() {
    return ACTIONS.some(({ permission }) => can(permission));
  }

  /** @param {string} id */
  has(id) {
    return this.iccs.has(id);
  }

  /** Selects ICCs, or not. @param {*[]} iccs @param {boolean} isSelected */
  mark(iccs, isSelected) {
    for (const icc of iccs) isSelected ? this.iccs.set(icc.id, icc) : this.iccs.delete(icc.id);
    this.paint();
    this.marked();
  }

  clear() {
    this.iccs.clear();
    this.paint();
    this.marked();
  }

  /** Takes over an ICC that was changed elsewhere, so that an action is not refused for an old version. @param {*} icc */
  update(icc) {
    if (!this.iccs.has(icc.id)) return;
    if (icc.deletedAt) this.iccs.delete(icc.id);
    else this.iccs.set(icc.id, icc);
    this.paint();
  }

  paint() {
    const { size } = this.iccs;
    fill(this.bar, size > 0 && [
      h("strong", {}, `${size} selected`),
      ACTIONS.filter(({ permission }) => can(permission)).map((action) => this.button(action)),
      h("button", { type: "button", class: "small plain", click: () => { this.clear(); document.getElementById("iccs-title").focus(); } }, "Clear")]);
    this.bar.hidden = size === 0;
  }

  button(action) {
    const button = h("button", { type: "button", class: "small", click: () => busy(button, () => this.run(action)) }, action.text);
    return button;
  }

  /** Acts on each ICC, one after another. Those that failed stay selected. */
  async run(action) {
    const iccs = [...this.iccs.values()];
    const names = iccs.length === 1 ? "1 ICC" : `${iccs.length} ICCs`;
    const sure = await ask({
      title: `${action.text} ${names}?`, confirm: `${action.text} ${names}`,
      body: [h("p", {}, action.body), h("ul", { class: "named", tabindex: "0", "aria-label": "ICCs" }, iccs.map((icc) => h("li", { class: "value" }, icc.name)))],
    });
    if (!sure) return;
    const outcomes = { done: 0, unchanged: 0, failed: [] };
    const stop = { isAsked: false };
    for (const [index, icc] of iccs.entries()) {
      if (stop.isAsked) break;
      this.showProgress(action, index, iccs.length, stop);
      await this.actOn(action, icc, outcomes);
    }
    this.paint();
    this.marked();
    this.summarise(action, outcomes);
  }

  async actOn(action, icc, outcomes) {
    try {
      if (action.isDone(icc)) outcomes.unchanged += 1;
      else {
        this.put(await call("POST", iccPath(icc.id, action.path), { version: icc.version }));
        outcomes.done += 1;
      }
      this.iccs.delete(icc.id);
    } catch (error) {
      outcomes.failed.push({ icc, reason: reasonOf(error) });
    }
  }

  showProgress(action, index, total, stop) {
    const button = h("button", { type: "button", class: "small", click: () => { stop.isAsked = true; button.disabled = true; } }, "Stop");
    const hadFocus = this.result.contains(document.activeElement);
    fill(this.result, notice("info", `${action.text}: ${index + 1} of ${total}`, button));
    if (hadFocus) button.focus();
  }

  summarise(action, { done, unchanged, failed }) {
    const left = this.iccs.size - failed.length;
    const title = [`${done} ${action.done}`, failed.length > 0 && `${failed.length} failed`].filter(Boolean).join(", ");
    const lines = [
      unchanged > 0 && `${unchanged} already ${action.done}.`,
      left > 0 && `${left} not tried, because you stopped. ${left === 1 ? "It is" : "They are"} still selected.`,
      failed.length > 0 && `${failed.length === 1 ? "This one is" : "These are"} still selected:`,
    ].filter(Boolean);
    const close = h("button", { type: "button", class: "small", click: () => { fill(this.result); document.getElementById("iccs-title").focus(); } }, "Close");
    fill(this.result, notice(failed.length > 0 ? "warning" : "done", title,
      lines.length > 0 && h("p", {}, lines.join(" ")),
      failed.length > 0 && h("ul", { class: "errors", "aria-label": "Failed" }, failed.map(({ icc, reason }) => h("li", {},
        h("a", { href: changed({ icc: icc.id, tab: null }) }, icc.name), `: ${reason}`))),
      close));
    announce(title);
    close.focus();
  }
}

/** @param {*} error @returns {string} one or two sentences */
function reasonOf(error) {
  if (!(error instanceof Problem)) {
    console.error(error);
    return "Something went wrong in this page.";
  }
  if (error.usages.length > 0) return `Import jobs use it: ${error.usages.map(({ key }) => key).join(", ")}.`;
  if (error.status === 412) return "It has changed since the list was loaded. Open it, look at it and try again.";
  return error.message;
}
