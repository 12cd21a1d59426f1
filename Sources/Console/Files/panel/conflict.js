import { h } from "../app/element.js";
import { MEMBERS, shown } from "../app/labels.js";
import { actor } from "../app/names.js";
import { notice } from "../parts/notice.js";

const COLUMNS = ["Before", "Now", "Yours"];

/**
 * Shows what was changed elsewhere since the form was opened, and offers to discard or to save.
 * @param {object} options
 * @param {*} options.base the ICC when the form was opened
 * @param {*} options.now the current ICC
 * @param {Object<string, *>} options.mine the fields that the form changes
 * @param {() => void} options.reload
 * @param {() => void} options.overwrite
 */
export function conflict({ base, now, mine, reload, overwrite }) {
  const theirs = Object.keys(MEMBERS).filter((name) => shown(base[name]) !== shown(now[name]));
  const names = Object.keys(MEMBERS).filter((name) => theirs.includes(name) || name in mine);
  const both = theirs.some((name) => name in mine);
  return notice("warning", "This ICC has changed since you opened it",
    h("p", {}, `Nothing was saved. You edited version ${base.version}. The current version, ${now.version}, was saved by `, actor(now.updatedBy), "."),
    h("div", { class: "differences" },
      h("table", { class: "compare" },
        h("thead", {}, h("tr", {}, [h("span", { class: "away" }, "Field"), ...COLUMNS].map((text) => h("th", { scope: "col" }, text)))),
        h("tbody", {}, names.map((name) => h("tr", {}, h("th", { scope: "row" }, MEMBERS[name]),
          cell(0, shown(base[name])), cell(1, shown(now[name]), theirs.includes(name)), cell(2, name in mine ? shown(mine[name]) : "–", name in mine)))))),
    h("div", { class: "actions start" },
      h("button", { type: "button", click: reload }, "Discard my changes"),
      h("button", { type: "button", class: both ? "danger" : "primary", click: overwrite }, both ? "Overwrite with my changes" : "Save my changes too")));
}

function cell(column, text, isChanged) {
  return h("td", { "data-head": COLUMNS[column], class: isChanged && "changed" }, text);
}
