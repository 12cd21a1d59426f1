import { fill, h } from "../app/element.js";
import { STATUSES } from "../app/labels.js";
import { changed } from "../app/route.js";

/**
 * The number of ICCs with each status, above the list. Each number is a link to these ICCs.
 */
export class StatusCounts {
  constructor() {
    /** The counts; undefined until the list is loaded, which keeps their place free. */
    this.counts = undefined;
    this.element = h("div", { class: "counts" }, h("div", { class: "bones" }));
  }

  /** @param {Object<string, number>|null} counts the registry's counts; null if there are too many ICCs to count */
  put(counts) {
    this.counts = counts;
    this.show(this.values ?? new URLSearchParams());
  }

  /** Marks the status that the list shows. @param {URLSearchParams} values */
  show(values) {
    this.values = values;
    const { counts } = this;
    if (values.get("deleted") === "true") return fill(this.element);
    if (counts === undefined) return;
    if (counts === null) return fill(this.element);
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const isAll = !values.get("status");
    const focused = this.element.contains(document.activeElement) ? document.activeElement.dataset.status : null;
    fill(this.element, h("ul", { "aria-label": "ICCs by status" },
      item("All", "", total, isAll),
      Object.entries(STATUSES).map(([status, { text }]) => item(text, status, counts[status] ?? 0, values.get("status") === status))));
    if (focused !== null) this.element.querySelector(`[data-status="${focused}"]`)?.focus();
  }
}

function item(text, status, count, isShown) {
  const href = changed({ status, page: null, icc: null, tab: null });
  return h("li", {},
    h("a", { href, class: `${status || "all"} ${count > 0 ? "some" : ""}`, "data-status": status, "aria-current": isShown ? "true" : null },
      h("strong", {}, count.toLocaleString("en-GB")), " ", text));
}
