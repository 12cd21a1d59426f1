/**
 * What was typed and not yet sent, for as long as the page lives: a token that expires takes nothing away. It belongs to
 * the organisation that it was typed for, and sign-out forgets it.
 */

const drafts = new Map();
let owner;

/** @param {string} key @returns {*} what was kept, or null */
export function draft(key) {
  return drafts.get(key) ?? null;
}

/** @param {string} key @param {*} value null forgets it */
export function keepDraft(key, value) {
  if (value === null) drafts.delete(key);
  else drafts.set(key, value);
}

/** Whether anything is kept. */
export function hasDrafts() {
  return drafts.size > 0;
}

export function forgetDrafts() {
  drafts.clear();
}

/** Says for whom is typed from now on; what somebody else typed is forgotten. @param {string|null} organisation */
export function draftsBelongTo(organisation) {
  if (owner !== organisation) drafts.clear();
  owner = organisation;
}
