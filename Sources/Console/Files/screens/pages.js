import { get } from "../app/api.js";

/** The number of ICCs on a page. */
export const PAGE = 25;
/** The maximum number of ICCs in a response, and of responses that are read to find a page. */
const MAX_ITEMS = 200;
const MAX_RESPONSES = 40;

/**
 * The cursors of a list's pages. An address has the page's number, which every user can follow, unlike a cursor. The
 * cursor of a page that was not reached from the page before it is found by reading the list up to it.
 */
export class Pages {
  /** @param {URLSearchParams} query the filters and the order */
  constructor(query) {
    this.query = query;
    /** The known cursors by the page's number; the first page has none. @type {Map<number, string|null>} */
    this.cursors = new Map([[1, null]]);
  }

  /**
   * Reads a page.
   * @param {number} number from 1
   * @param {AbortSignal} signal
   * @returns {Promise<{number: number, items: *[], nextCursor: string|null, counts: *}>} the last page if there are fewer
   */
  async read(number, signal) {
    const reached = await this.reach(number, signal);
    const page = await this.get(this.cursors.get(reached), PAGE, signal, true);
    if (page.nextCursor) this.cursors.set(reached + 1, page.nextCursor);
    else this.cursors.delete(reached + 1);
    return { number: reached, ...page };
  }

  /** Finds the cursor of a page, or of the last one if there are fewer. */
  async reach(number, signal) {
    let wanted = number;
    let known = Math.max(...[...this.cursors.keys()].filter((each) => each <= wanted));
    for (let responses = 0; known < wanted && responses < MAX_RESPONSES; responses += 1) {
      const step = Math.min(wanted - known, MAX_ITEMS / PAGE);
      const { items, nextCursor } = await this.get(this.cursors.get(known), step * PAGE, signal);
      if (nextCursor === null) {
        wanted = Math.max(known, known + Math.ceil(items.length / PAGE) - 1);
      } else {
        known += step;
        this.cursors.set(known, nextCursor);
      }
    }
    return known;
  }

  get(cursor, limit, signal, counts = false) {
    const query = new URLSearchParams([...this.query, ["limit", limit], ...(counts ? [["counts", "true"]] : []), ...(cursor ? [["cursor", cursor]] : [])]);
    return get(`/v1/iccs?${query}`, { signal });
  }
}
