import { get } from "../app/api.js";
import { h } from "../app/element.js";
import { may } from "../app/session.js";

/** Organisations read at once, and pages of them: enough to choose from by hand. */
const PAGE = 200;
const MOST_PAGES = 5;

/** Whose ICCs are listed. One that is not among those read, or that may not be listed, is offered under its identifier. */
export function organisationChoice() {
  const element = h("select", { "aria-label": "Organisation" }, h("option", { value: "" }, "Any organisation"));
  const show = (id) => {
    if (id && ![...element.options].some((option) => option.value === id)) element.append(choice({ id }));
    element.value = id;
  };
  if (may("organisation.read")) offer(element).catch(() => {});
  return { element, show, get value() { return element.value; } };
}

async function offer(element) {
  let cursor = null;
  for (let pages = 0; pages < MOST_PAGES && (pages === 0 || cursor); pages += 1) {
    const page = await get(`/v1/organisations?${new URLSearchParams({ limit: PAGE, ...(cursor ? { cursor } : {}) })}`);
    const known = new Set(Array.from(element.options, (option) => option.value));
    element.append(...page.items.filter(({ id }) => !known.has(id)).map(choice));
    cursor = page.nextCursor;
  }
}

function choice({ id, name }) {
  return h("option", { value: id }, name && name !== id ? `${name} (${id})` : id);
}
