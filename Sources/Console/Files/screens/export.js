import { announce } from "../app/announce.js";
import { get } from "../app/api.js";
import { h, icon } from "../app/element.js";
import { busy } from "../parts/busy.js";
import { download } from "../parts/copy.js";

/** The byte order mark, without which spreadsheets take UTF-8 for another encoding. */
const MARK = "\uFEFF";
/** The end of the header and of each record (RFC 4180). The header contains no quotation marks. */
const END = "\r\n";

/**
 * A button that saves all ICCs of the list, with its filters and in its order, as CSV for a spreadsheet.
 * @param {import("./icc-list.js").ICCList} list
 */
export function exportButton(list) {
  const button = h("button", { type: "button", click: () => busy(button, save) }, icon("download"), "Export");
  const save = async () => {
    try {
      const texts = await pages(new URLSearchParams([...list.filter, ["order", "newest"]]));
      download("iccs.csv", [MARK, ...texts]);
    } catch (error) {
      announce(`The export failed. ${error.message}`);
    }
  };
  return button;
}

/** Returns the CSV of all pages; only the first has the header. @param {URLSearchParams} query */
async function pages(query) {
  const texts = [];
  for (let path = `/v1/iccs?${query}`; path; ) {
    let next = null;
    const text = await get(path, { isText: true, accept: "text/csv", onHeaders: (headers) => { next = nextOf(headers.get("Link")); } });
    texts.push(texts.length === 0 ? text : text.slice(text.indexOf(END) + END.length));
    path = next;
    if (path) announce(`Exporting, ${texts.length} ${texts.length === 1 ? "part" : "parts"} so far`);
  }
  return texts;
}

/** The path in a `Link` header with `rel="next"` (RFC 8288), or null. @param {string|null} link */
function nextOf(link) {
  return /^<(\/v1\/[^>]+)>; rel="next"$/.exec(link ?? "")?.[1] ?? null;
}
