/**
 * The names of tokens, for those who may list tokens: people know tokens by name, not by identifier.
 */
import { get } from "./api.js";
import { fill, h } from "./element.js";
import { can, session } from "./session.js";

/** The page size, and the maximum number of pages that are read. */
const PAGE = 200;
const MAX_PAGES = 10;

/** The names by identifier, for the signed-in token. @type {{owner: string, loading: Promise<Map<string, string>>}|null} */
let known = null;

/** The names of all tokens that the signed-in token may list; read once. */
export function tokenNames() {
  const owner = session()?.tokenId ?? "";
  if (known?.owner !== owner) known = { owner, loading: can("token.list") ? load() : Promise.resolve(new Map()) };
  return known.loading;
}

/** Reads the names again the next time, because a token was made. */
export function forgetNames() {
  known = null;
}

/**
 * The token or command that did something, by its name if that is known; the identifier is its title.
 * @param {string} id
 */
export function actor(id) {
  const element = h("span", { class: "value", title: id }, id === session()?.tokenId ? "you" : id);
  tokenNames().then((names) => {
    if (names.has(id)) fill(element, id === session()?.tokenId ? `you (${names.get(id)})` : names.get(id));
  });
  return element;
}

async function load() {
  const names = new Map();
  try {
    for (let cursor = null, pages = 0; pages < MAX_PAGES && (pages === 0 || cursor); pages += 1) {
      const page = await get(`/v1/tokens?${new URLSearchParams({ limit: PAGE, ...(cursor ? { cursor } : {}) })}`);
      for (const { id, name } of page.items) names.set(id, name);
      cursor = page.nextCursor;
    }
  } catch {
    // The identifiers are shown instead of the names.
    known = null;
  }
  return names;
}
