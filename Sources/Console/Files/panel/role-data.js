import { get } from "../app/api.js";

/** The maximum number of ICCs that are loaded of one role: more than a trust policy has room for. */
const MAX_ICCS = 200;

/**
 * The organisation's live ICCs that share an ICC's role, with itself; a draft is alone.
 * @param {*} icc
 * @returns {Promise<*[]>}
 */
export async function iccsOnRole(icc) {
  if (!icc.userArn) return [icc];
  const { items } = await get(`/v1/iccs?${query(icc, { limit: String(MAX_ICCS) })}`);
  return items;
}

/** The trust policy for all ICCs on the role, with its length and AWS's limits. @param {*} icc */
export function trustPolicyOf(icc) {
  return get(`/v1/trust-policy?${query(icc)}`);
}

function query({ userArn, organisation }, more = {}) {
  return new URLSearchParams({ userArn, organisation, ...more });
}
