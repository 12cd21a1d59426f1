import { get } from "../app/api.js";
import { fill, h, icon } from "../app/element.js";
import { problemNotice } from "../parts/notice.js";

/** The page size, and the maximum number of pages that are read. */
const PAGE = 200;
const MAX_PAGES = 25;

/**
 * Reads a list of the registry, 5,000 items at most.
 * @param {string} path such as `/v1/tokens`
 * @returns {Promise<{items: *[], isWhole: boolean}>}
 */
export async function readAll(path) {
  const items = [];
  let cursor = null;
  for (let pages = 0; pages < MAX_PAGES && (pages === 0 || cursor); pages += 1) {
    const page = await get(`${path}?${new URLSearchParams({ limit: PAGE, ...(cursor ? { cursor } : {}) })}`);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return { items, isWhole: cursor === null };
}

/**
 * A screen with a heading, tools, and a table that is loaded and searched in the page.
 * @param {object} screen
 * @param {string} screen.title
 * @param {string} screen.search the label of the search field
 * @param {*} [screen.tools] buttons next to the heading
 * @param {*} [screen.filters] more controls next to the search field
 * @param {() => Promise<*>} screen.load reads what is shown
 * @param {(words: string[]) => *} screen.draw the table of what matches all words, which are in lower case
 */
export function listScreen({ title, search, tools, filters, load, draw }) {
  const input = h("input", { type: "search", "aria-label": search, placeholder: search, autocomplete: "off", maxlength: "128", input: () => paint() });
  const table = h("div", { class: "table static", "aria-busy": "true" });
  const words = () => input.value.toLowerCase().split(" ").filter(Boolean);
  const paint = () => fill(table, draw(words()));
  const reload = async () => {
    table.setAttribute("aria-busy", "true");
    try {
      await load();
      paint();
    } catch (error) {
      fill(table, problemNotice(error, reload));
    }
    table.removeAttribute("aria-busy");
  };
  const heading = h("h1", { tabindex: "-1", "data-arrival": true }, title);
  const element = h("section", { class: "listing admin" },
    h("div", { class: "title" }, heading, h("div", { class: "tools" }, tools)),
    h("div", { class: "filters", role: "search", "aria-label": title }, h("span", { class: "search" }, icon("search"), input), filters), table);
  reload();
  return { element, reload, paint, heading };
}

/**
 * A table with a caption for screen readers.
 * @param {string} caption @param {string[]} heads @param {*[][]} rows @param {string} none shown without rows
 */
export function table(caption, heads, rows, none) {
  if (rows.length === 0) return h("div", { class: "nothing" }, h("p", { class: "title" }, none));
  return h("table", {}, h("caption", { class: "away" }, caption),
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell, index) => h("td", { "data-head": heads[index] }, cell))))));
}
