import { get, isAbort } from "../app/api.js";
import { fill, h, icon, keepingFocus } from "../app/element.js";
import { address, changed, go, isForBrowser, route } from "../app/route.js";
import { can, session } from "../app/session.js";
import { day, shortRole } from "../app/labels.js";
import { badges } from "../parts/badge.js";
import { busy } from "../parts/busy.js";
import { problemNotice } from "../parts/notice.js";

/** The number of ICCs on a page. */
const PAGE = 25;
const FILTERS = ["q", "status", "organisation", "deleted"];

/** The paged table of ICCs. */
export class ICCList {
  constructor() {
    this.filter = null;
    this.items = [];
    this.next = null;
    /** The cursors of the pages up to the current one; the first page has none. */
    this.cursors = [null];
    this.selected = null;
    this.status = h("p", { class: "count", role: "status" });
    this.table = h("div", { class: "table" });
    this.pager = h("div", { class: "pager" });
    this.element = h("div", { class: "list" }, this.table, h("div", { class: "foot" }, this.status, this.pager));
  }

  /** Loads the list for the address, if its filters have changed. @param {URLSearchParams} values */
  show(values) {
    const filter = new URLSearchParams(FILTERS.flatMap((name) => (values.get(name) ? [[name, values.get(name)]] : [])));
    const order = values.get("order") ?? "newest";
    if (filter.toString() === this.filter?.toString() && order === this.order) return;
    this.filter = filter;
    this.order = order;
    this.cursors = [null];
    this.reload();
  }

  /** Loads the current page again. */
  reload() {
    return this.load();
  }

  async load() {
    this.loading?.abort();
    this.loading = new AbortController();
    if (this.items.length === 0) this.place(waiting());
    this.table.setAttribute("aria-busy", "true");
    const query = new URLSearchParams([...this.filter, ["order", this.order], ["limit", PAGE], ...(this.cursors.at(-1) ? [["cursor", this.cursors.at(-1)]] : [])]);
    try {
      const page = await get(`/v1/iccs?${query}`, { signal: this.loading.signal });
      this.items = page.items;
      this.next = page.nextCursor;
      this.paint();
    } catch (error) {
      if (isAbort(error)) return;
      this.items = [];
      this.place(problemNotice(error, () => this.reload()));
      fill(this.status);
      fill(this.pager);
    }
    this.table.removeAttribute("aria-busy");
  }

  /** Highlights the row of the ICC shown in the panel. @param {string|null} id */
  select(id) {
    this.selected = id;
    for (const row of this.table.querySelectorAll("tr[data-id]")) this.mark(row);
  }

  /** Updates a changed ICC in the list, if it is on the current page. @param {*} icc */
  put(icc) {
    const at = this.items.findIndex((item) => item.id === icc.id);
    if (at < 0) return;
    const isWanted = Boolean(icc.deletedAt) === (this.filter.get("deleted") === "true");
    if (isWanted) this.items[at] = icc;
    else this.items.splice(at, 1);
    this.paint();
  }

  /** The link in an ICC's row. @param {string} id @returns {HTMLElement|null} */
  link(id) {
    return this.table.querySelector(`tr[data-id="${CSS.escape(id ?? "")}"] a`);
  }

  /** Shows the content; the focus stays on its row, or moves to the screen's heading if the row is removed. */
  place(content) {
    const focused = document.activeElement?.closest("tr[data-id]")?.dataset.id;
    keepingFocus(this.table, () => fill(this.table, content), () => this.link(focused) ?? document.getElementById("iccs-title"));
  }

  paint() {
    this.place(this.items.length > 0 ? this.rows() : this.empty());
    const page = this.cursors.length;
    const many = `${this.items.length} ${this.items.length === 1 ? "ICC" : "ICCs"}`;
    fill(this.status, this.next || page > 1 ? `Page ${page}, ${many}` : many);
    fill(this.pager, (page > 1 || this.next) && [
      this.pageButton("Previous", "back", page === 1, () => this.cursors.pop()),
      this.pageButton("Next", "forward", this.next === null, () => this.cursors.push(this.next))]);
  }

  pageButton(text, sign, disabled, step) {
    const turn = async () => {
      step();
      await this.reload();
      const next = this.pager.querySelector(`[data-sign="${sign}"]:enabled`) ?? this.element.querySelector("button:enabled");
      next?.focus();
    };
    const button = h("button", { type: "button", class: "small", disabled, "data-sign": sign, click: () => busy(button, turn) }, icon(sign), text);
    return button;
  }

  rows() {
    const heads = [["Name", "name"], ["Status", "status"], ["Organisation", "organisation"], ["Bucket", "bucket"], ["Role", "role"], ["Changed", "time"]];
    if (!seesSeveral()) heads.splice(2, 1);
    return h("table", {}, h("caption", { class: "away" }, "ICCs"),
      h("thead", {}, h("tr", {}, heads.map(([text, kind]) => h("th", { scope: "col", class: kind }, text)))),
      h("tbody", {}, this.items.map((icc) => this.row(icc))));
  }

  row(icc) {
    const target = () => changed({ icc: icc.id, tab: null });
    const open = (event) => {
      if (isForBrowser(event) || isSelecting()) return;
      event.preventDefault();
      go(target());
    };
    const place = icc.prefix ? `${icc.bucketName}/${icc.prefix}` : icc.bucketName;
    const row = h("tr", { "data-id": icc.id, click: open },
      h("td", { class: "name" },
        h("a", { href: target(), title: icc.name }, icc.name),
        h("span", { class: "under" }, seesSeveral() ? `${icc.organisation} · ${place}` : place)),
      h("td", { class: "status" }, badges(icc)),
      seesSeveral() && h("td", { class: "organisation", title: icc.organisation }, icc.organisation),
      h("td", { class: "bucket", title: place }, place),
      h("td", { class: "role", title: icc.userArn ?? "" }, shortRole(icc.userArn) || h("span", { class: "faint" }, "not set")),
      h("td", { class: "time" }, h("time", { datetime: icc.updatedAt }, day(icc.updatedAt))));
    this.mark(row);
    return row;
  }

  mark(row) {
    const isSelected = row.dataset.id === this.selected;
    row.classList.toggle("selected", isSelected);
    if (isSelected) row.querySelector("a").setAttribute("aria-current", "true");
    else row.querySelector("a").removeAttribute("aria-current");
  }

  empty() {
    const isFiltered = this.filter.size > 0 || this.cursors.length > 1;
    if (isFiltered) {
      const wanted = route().values.get("deleted") && this.filter.size === 1 ? "No deleted ICCs." : "No matching ICCs.";
      return h("div", { class: "nothing" }, h("p", { class: "title" }, wanted), h("p", {}, h("a", { href: address("iccs") }, "Show all ICCs")));
    }
    return h("div", { class: "nothing" }, h("p", { class: "title" }, "No ICCs yet"),
      h("p", {}, "An ICC defines the bucket that InfoSum imports from, and the role it uses."),
      can("icc.create") && h("a", { class: "button primary", href: address("new") }, icon("plus"), "Create new ICC"));
  }
}

/** Returns true if the list can contain ICCs of several organisations. */
function seesSeveral() {
  return session().organisation === null;
}

/** Returns true if the click ended the selection of text, which must not open a row. */
function isSelecting() {
  return document.getSelection()?.type === "Range";
}

/** Placeholder rows of the same height as loaded rows, so that nothing moves. */
function waiting() {
  return h("div", { class: "waiting" }, h("span", { class: "away" }, "Loading"), Array.from({ length: 6 }, () => h("span", { class: "bone" })));
}
