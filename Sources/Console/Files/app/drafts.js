/**
 * Form values that were typed and not yet sent. They are kept while the page is open, so that an expired token loses
 * nothing. They belong to one organisation, and signing out deletes them.
 */

const drafts = new Map();
let owner;

/** @param {string} key @returns {*} the stored value, or null */
export function draft(key) {
  return drafts.get(key) ?? null;
}

/** @param {string} key @param {*} value null deletes it */
export function saveDraft(key, value) {
  if (value === null) drafts.delete(key);
  else drafts.set(key, value);
}

/** Returns true if there are unsaved drafts. */
export function hasDrafts() {
  return drafts.size > 0;
}

/** Deletes all drafts. */
export function deleteDrafts() {
  drafts.clear();
}

/** Sets the organisation that drafts belong to, and deletes those of another one. @param {string|null} organisation */
export function setDraftOwner(organisation) {
  if (owner !== organisation) drafts.clear();
  owner = organisation;
}
