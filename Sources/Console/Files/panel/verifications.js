import { get, iccPath } from "../app/api.js";
import { fill, h, keepingFocus } from "../app/element.js";
import { problemNotice } from "../parts/notice.js";
import { checkList, summary } from "./verification.js";

/** Verifications on one page. */
const PAGE = 10;

/** The verifications of an ICC before the latest one, the newest first. */
export class Verifications {
  /** @param {string} id the ICC's */
  constructor(id) {
    this.id = id;
    /** @type {*[]} */
    this.items = [];
    this.list = h("ol", { class: "earlier" });
    this.foot = h("div", { class: "foot" });
    this.title = h("h3", { tabindex: "-1" }, "Earlier verifications");
    this.element = h("section", { "aria-label": "Earlier verifications", hidden: true }, this.title, this.list, this.foot);
  }

  /** The latest verification. */
  get latest() {
    return this.items[0];
  }

  /** Loads the newest page. @returns {Promise<*>} the progress of a running verification, or null */
  async load() {
    const page = await this.page(PAGE);
    this.items = page.items;
    this.paint(page.nextCursor);
    return page.inProgress;
  }

  /** The progress of a running verification, or null. */
  async inProgress() {
    return (await this.page(1)).inProgress;
  }

  page(limit, cursor) {
    const query = new URLSearchParams({ limit: String(limit), ...(cursor ? { cursor } : {}) });
    return get(iccPath(this.id, `verifications?${query}`));
  }

  async older(cursor) {
    try {
      const page = await this.page(PAGE, cursor);
      this.items.push(...page.items);
      this.paint(page.nextCursor);
    } catch (error) {
      fill(this.foot, problemNotice(error, () => this.older(cursor)));
    }
  }

  paint(next) {
    this.element.hidden = this.items.length < 2;
    fill(this.list, this.items.slice(1).map((item) => h("li", {}, h("details", {}, h("summary", {}, summary(item)), checkList(item.checks)))));
    const more = next && h("button", { type: "button", class: "small", click: () => this.older(next) }, "Show older verifications");
    keepingFocus(this.foot, () => fill(this.foot, more), () => this.title);
  }
}
