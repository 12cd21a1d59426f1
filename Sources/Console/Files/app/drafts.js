/**
 * Form values that were typed and not yet sent. They are kept in `sessionStorage`, so that neither an expired token nor
 * a reload loses them. They belong to one organisation, and signing out or closing the tab deletes them.
 */

const KEY = "icc-registry.drafts";

/** @type {{owner: string|null, values: Object<string, *>}} */
let kept = stored();

/** @param {string} key @returns {*} the stored value, or null */
export function draft(key) {
  return kept.values[key] ?? null;
}

/** @param {string} key @param {*} value null deletes it */
export function saveDraft(key, value) {
  if (value === null) delete kept.values[key];
  else kept.values[key] = value;
  store();
}

/** Returns true if there are unsaved drafts. */
export function hasDrafts() {
  return Object.keys(kept.values).length > 0;
}

/** Deletes all drafts. */
export function deleteDrafts() {
  kept.values = {};
  store();
}

/** Sets the organisation that drafts belong to, and deletes those of another one. @param {string|null} organisation */
export function setDraftOwner(organisation) {
  if (kept.owner !== organisation) kept = { owner: organisation, values: {} };
  store();
}

function store() {
  try {
    if (hasDrafts()) sessionStorage.setItem(KEY, JSON.stringify(kept));
    else sessionStorage.removeItem(KEY);
  } catch {
    // The storage is full: the drafts are kept in memory only, until the page is closed.
    sessionStorage.removeItem(KEY);
  }
}

function stored() {
  try {
    const { owner, values } = JSON.parse(sessionStorage.getItem(KEY));
    return { owner, values: { ...values } };
  } catch {
    return { owner: null, values: {} };
  }
}
