import { h, icon } from "../app/element.js";
import { organisationChoice } from "./organisation-choice.js";
import { changed, go } from "../app/route.js";
import { session } from "../app/session.js";
import { STATUSES } from "../app/labels.js";

/** The pause in typing, in milliseconds, before the list is filtered. */
const PAUSE = 250;
const NEWEST = "newest";
const ORDERS = { [NEWEST]: "Newest first", oldest: "Oldest first", name: "By name", updated: "Last changed first" };

/**
 * The search, and the filters and the order: status, organisation (for tokens that see several), deleted ICCs. They are kept in the address.
 * @param {URLSearchParams} values
 */
export function filters(values) {
  let timer = 0;
  const search = h("input", { type: "search", id: "search", placeholder: "Name, bucket, role, ID …", "aria-label": "Search", autocomplete: "off", maxlength: "128" });
  const status = h("select", { "aria-label": "Status" }, h("option", { value: "" }, "All statuses"),
    Object.entries(STATUSES).map(([value, { text }]) => h("option", { value }, text)));
  const order = h("select", { "aria-label": "Order" }, Object.entries(ORDERS).map(([value, text]) => h("option", { value }, text)));
  const deleted = h("input", { type: "checkbox", id: "deleted" });
  const organisation = session().organisation === null ? organisationChoice() : null;
  const apply = () => {
    // The user may have left this screen during the pause.
    if (!search.isConnected) return;
    const wanted = order.value === NEWEST ? null : order.value;
    go(changed({ q: search.value, status: status.value, order: wanted, organisation: organisation?.value, deleted: deleted.checked ? "true" : null, page: null }), true);
  };
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(apply, PAUSE);
  });
  status.addEventListener("change", apply);
  order.addEventListener("change", apply);
  organisation?.element.addEventListener("change", apply);
  deleted.addEventListener("change", () => go(changed({ deleted: deleted.checked ? "true" : null, page: null, icc: null, tab: null }), true));
  const show = (now) => {
    if (document.activeElement !== search) search.value = now.get("q") ?? "";
    status.value = now.get("status") ?? "";
    order.value = now.get("order") ?? NEWEST;
    organisation?.show(now.get("organisation") ?? "");
    deleted.checked = now.get("deleted") === "true";
  };
  show(values);
  const element = h("div", { class: "filters", role: "search", "aria-label": "ICCs" },
    h("span", { class: "search" }, icon("search"), search), status, organisation?.element, order,
    h("label", { class: "check", for: "deleted" }, deleted, "Deleted only"));
  return { element, show };
}
