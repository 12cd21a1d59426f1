import { announce } from "../app/announce.js";
import { get } from "../app/api.js";
import { h, icon } from "../app/element.js";
import { busy } from "../parts/busy.js";
import { download } from "../parts/copy.js";

/** The byte order mark, without which spreadsheets take UTF-8 for another encoding. */
const MARK = "\uFEFF";

/**
 * A button that saves all ICCs of the list, with its filters and in its order, as CSV for a spreadsheet.
 * @param {import("./icc-list.js").ICCList} list
 */
export function exportButton(list) {
  const button = h("button", { type: "button", click: () => busy(button, save) }, icon("download"), "Export");
  const save = async () => {
    try {
      const query = new URLSearchParams([...list.filter, ["order", list.order]]);
      download("iccs.csv", [MARK, await get(`/v1/iccs?${query}`, { isText: true, accept: "text/csv" })]);
    } catch (error) {
      announce(`The export failed. ${error.message}`);
    }
  };
  return button;
}
