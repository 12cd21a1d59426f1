import { announce } from "../app/announce.js";
import { call, get, iccPath } from "../app/api.js";
import { fill, h, keepingFocus } from "../app/element.js";
import { moment, shortRole } from "../app/labels.js";
import { changed, go, isForBrowser } from "../app/route.js";
import { can } from "../app/session.js";
import { confirmRelease } from "../panel/hold.js";
import { notice, problemNotice } from "../parts/notice.js";

/** The number of alarms that are shown at once. */
const SHOWN = 10;

/** The ICCs whose role another organisation used before, for administrators: above the list, if there are any. */
export class Alarms {
  /** @param {(icc: *) => void} released called with each ICC that was released here */
  constructor(released) {
    this.released = released;
    this.element = h("div", { class: "alarms" });
  }

  /** Loads the alarms, if the token may see them. */
  async load() {
    if (!can("alarm.list")) return;
    try {
      const page = await get(`/v1/alarms?limit=${SHOWN}`);
      this.show(page.items.length > 0 && this.box(page));
    } catch (error) {
      this.show(problemNotice(error, () => this.load()));
    }
  }

  show(content) {
    keepingFocus(this.element, () => fill(this.element, content), () => document.getElementById("iccs-title"));
  }

  box({ items, nextCursor }) {
    return notice("warning", "Roles that several organisations use",
      h("p", {}, "These ICCs name a role that another organisation used before. Ask the owner of the role which organisation is meant to use it."),
      h("ul", { class: "errors", "aria-label": "Alarms" }, items.map((alarm) => this.item(alarm))),
      nextCursor && h("p", { class: "fine" }, `The first ${SHOWN} are shown.`));
  }

  item(alarm) {
    const { icc, others } = alarm;
    const open = (event) => {
      if (isForBrowser(event)) return;
      event.preventDefault();
      go(changed({ icc: icc.id, tab: null }));
    };
    return h("li", {}, h("span", {},
      h("a", { href: changed({ icc: icc.id, tab: null }), click: open }, icc.name), ` of ${icc.organisation} uses the role `,
      h("span", { class: "fixed" }, shortRole(alarm.userArn)),
      others.length > 0 && `, which is also used by ${[...new Set(others.map((other) => other.organisation))].join(", ")}`,
      `. ${alarm.held ? "Held" : "Not held"} since ${moment(alarm.raisedAt)}.`),
      can("icc.release") && h("button", { type: "button", class: "small", "aria-label": `Release ${icc.name}`, click: () => this.release(icc) }, "Release"));
  }

  async release({ id, name }) {
    if (!(await confirmRelease(name))) return;
    try {
      const icc = await call("POST", iccPath(id, "release"));
      announce("Released");
      this.released(icc);
      await this.load();
    } catch (error) {
      this.show(problemNotice(error, () => this.load()));
    }
  }
}
