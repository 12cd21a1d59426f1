import { get } from "../app/api.js";
import { h } from "../app/element.js";
import { can, session } from "../app/session.js";

/** The page size and the maximum number of pages of organisations in the menu. */
const PAGE = 200;
const MAX_PAGES = 5;

/** The menu of organisations. One that was not loaded, or that the token cannot list, appears by its identifier. */
export function organisationChoice() {
  const element = h("select", { "aria-label": "Organisation" }, h("option", { value: "" }, "All organisations"));
  const show = (id) => {
    if (id && ![...element.options].some((option) => option.value === id)) element.append(choice({ id }));
    element.value = id;
  };
  element.append(...session().organisations.map((id) => choice({ id })));
  if (can("organisation.read")) offer(element).catch(() => {});
  return { element, show, get value() { return element.value; } };
}

async function offer(element) {
  let cursor = null;
  for (let pages = 0; pages < MAX_PAGES && (pages === 0 || cursor); pages += 1) {
    const page = await get(`/v1/organisations?${new URLSearchParams({ limit: PAGE, ...(cursor ? { cursor } : {}) })}`);
    const known = new Set(Array.from(element.options, (option) => option.value));
    element.append(...page.items.filter(({ id }) => !known.has(id)).map(choice));
    cursor = page.nextCursor;
  }
}

function choice({ id, name }) {
  return h("option", { value: id }, name && name !== id ? `${name} (${id})` : id);
}
