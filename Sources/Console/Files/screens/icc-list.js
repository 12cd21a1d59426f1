import { isAbort } from "../app/api.js";
import { fill, h, icon, keepingFocus } from "../app/element.js";
import { address, changed, go, isForBrowser, route } from "../app/route.js";
import { can, session } from "../app/session.js";
import { shortRole } from "../app/labels.js";
import { when } from "../app/time.js";
import { badges } from "../parts/badge.js";
import { problemNotice } from "../parts/notice.js";
import { Pages } from "./pages.js";
import { Selection } from "./selection.js";
import { StatusCounts } from "./status-counts.js";

const FILTERS = ["q", "status", "organisation", "deleted"];

/** The paged table of ICCs. */
export class ICCList {
  constructor() {
    this.filter = null;
    this.items = [];
    this.next = null;
    /** The number of the page that is shown, and of the one that the address names. */
    this.number = 1;
    this.wanted = 1;
    this.selected = null;
    this.counts = new StatusCounts();
    this.selection = new Selection((icc) => this.put(icc), () => this.markPicked());
    this.status = h("p", { class: "count", role: "status" });
    this.table = h("div", { class: "table" });
    this.pager = h("div", { class: "pager" });
    this.element = h("div", { class: "list" }, this.selection.element, this.table, h("div", { class: "foot" }, this.status, this.pager));
  }

  /** Loads the list for the address, if its filters have changed. @param {URLSearchParams} values */
  show(values) {
    const filter = new URLSearchParams(FILTERS.flatMap((name) => (values.get(name) ? [[name, values.get(name)]] : [])));
    const order = values.get("order") ?? "newest";
    const wanted = pageNumber(values.get("page"));
    this.counts.show(values);
    const isSame = filter.toString() === this.filter?.toString() && order === this.order;
    if (isSame && wanted === this.wanted) return;
    if (!isSame) this.pages = new Pages(new URLSearchParams([...filter, ["order", order]]));
    Object.assign(this, { filter, order, wanted });
    this.reload(isSame);
  }

  /** Loads the page that the address names. @param {boolean} [isTurned] true after another page of the same list */
  async reload(isTurned = false) {
    this.loading?.abort();
    this.loading = new AbortController();
    if (this.items.length === 0) this.place(waiting());
    this.table.setAttribute("aria-busy", "true");
    try {
      const page = await this.pages.read(this.wanted, this.loading.signal);
      this.items = page.items;
      this.next = page.nextCursor;
      this.number = page.number;
      if (page.number !== this.wanted) go(changed({ page: page.number > 1 ? String(page.number) : null }), true);
      this.counts.put(page.counts ?? null);
      this.paint();
      if (isTurned) this.showTop();
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
    this.selection.update(icc);
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
    const isPicking = document.activeElement?.type === "checkbox";
    const next = () => (isPicking && this.table.querySelector(`tr[data-id="${CSS.escape(focused ?? "")}"] input`)) || this.link(focused);
    keepingFocus(this.table, () => fill(this.table, content), () => next() ?? document.getElementById("iccs-title"));
    this.markPicked();
  }

  /** Scrolls to the start of the new page, and leaves the focus on the button that turned the page. */
  showTop() {
    const next = this.pager.querySelector(`[data-sign="${this.turned}"]:enabled`) ?? this.pager.querySelector("button:enabled");
    if (this.turned) next?.focus({ preventScroll: true });
    this.turned = null;
    scrollTo(0, 0);
  }

  paint() {
    this.place(this.items.length > 0 ? this.rows() : this.empty());
    const page = this.number;
    const many = `${this.items.length} ${this.items.length === 1 ? "ICC" : "ICCs"}`;
    fill(this.status, this.next || page > 1 ? `Page ${page}, ${many}` : many);
    fill(this.pager, (page > 1 || this.next) && [
      this.pageButton("Previous", "back", page === 1, page - 1),
      this.pageButton("Next", "forward", this.next === null, page + 1)]);
  }

  /** A button that turns the page; the page is in the address, so the browser's Back turns it back. */
  pageButton(text, sign, disabled, number) {
    const turn = () => {
      this.turned = sign;
      go(changed({ page: number > 1 ? String(number) : null }));
    };
    return h("button", { type: "button", class: "small", disabled, "data-sign": sign, click: turn }, icon(sign), text);
  }

  rows() {
    const heads = [["Name", "name"], ["Status", "status"], ["Organisation", "organisation"], ["Bucket", "bucket"], ["Role", "role"], ["Changed", "time"]];
    if (!seesSeveral()) heads.splice(2, 1);
    return h("table", {}, h("caption", { class: "away" }, "ICCs"),
      h("thead", {}, h("tr", {}, this.picksSeveral() && h("td", { class: "pick" }, this.pickAll()), heads.map(([text, kind]) => h("th", { scope: "col", class: kind }, text)))),
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
    const under = seesSeveral() ? `${icc.organisation} · ${place}` : place;
    const row = h("tr", { "data-id": icc.id, click: open },
      this.picksSeveral() && h("td", { class: "pick", click: (event) => event.stopPropagation() }, this.pick(icc)),
      h("td", { class: "name" },
        h("a", { href: target(), title: icc.name }, icc.name),
        h("span", { class: "under", title: under }, under)),
      h("td", { class: "status" }, badges(icc)),
      seesSeveral() && h("td", { class: "organisation", title: icc.organisation }, icc.organisation),
      h("td", { class: "bucket", title: place }, place),
      h("td", { class: "role", title: icc.userArn ?? "" }, shortRole(icc.userArn) || h("span", { class: "faint" }, "not set")),
      h("td", { class: "time" }, when(icc.updatedAt)));
    this.mark(row);
    return row;
  }

  /** Returns true if the rows can be selected for an action on several ICCs. */
  picksSeveral() {
    return this.selection.isOffered && this.filter.get("deleted") !== "true";
  }

  pickAll() {
    return h("label", {}, h("input", { type: "checkbox", "data-all": true, "aria-label": "Select all on this page",
      change: (event) => this.selection.mark(this.items, event.target.checked) }));
  }

  pick(icc) {
    return h("label", {}, h("input", { type: "checkbox", "aria-label": `Select ${icc.name}`,
      change: (event) => this.selection.mark([icc], event.target.checked) }));
  }

  /** Sets the checkboxes to what is selected. */
  markPicked() {
    for (const row of this.table.querySelectorAll("tr[data-id]")) {
      const box = row.querySelector(".pick input");
      if (box) box.checked = this.selection.has(row.dataset.id);
    }
    const all = this.table.querySelector("[data-all]");
    if (!all) return;
    const count = this.items.filter(({ id }) => this.selection.has(id)).length;
    all.checked = count > 0 && count === this.items.length;
    all.indeterminate = count > 0 && !all.checked;
  }

  mark(row) {
    const isSelected = row.dataset.id === this.selected;
    row.classList.toggle("selected", isSelected);
    if (isSelected) row.querySelector("a").setAttribute("aria-current", "true");
    else row.querySelector("a").removeAttribute("aria-current");
  }

  empty() {
    const isFiltered = this.filter.size > 0;
    if (isFiltered) {
      const wanted = route().values.get("deleted") && this.filter.size === 1 ? "No deleted ICCs." : "No matching ICCs.";
      return h("div", { class: "nothing" }, h("p", { class: "title" }, wanted), h("p", {}, h("a", { href: address("iccs") }, "Show all ICCs")));
    }
    return h("div", { class: "nothing" }, h("p", { class: "title" }, "No ICCs yet"),
      h("p", {}, "An import connector config (ICC) defines the bucket that InfoSum imports from, and the role it uses."),
      can("icc.create") && h("a", { class: "button primary", href: address("new") }, icon("plus"), "Create new ICC"));
  }
}

/** The number of a page as an address has it. @param {string|null} text */
function pageNumber(text) {
  return /^[1-9]\d{0,5}$/.test(text ?? "") ? Number(text) : 1;
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
