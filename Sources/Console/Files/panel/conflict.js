import { h } from "../app/element.js";
import { MEMBERS, shown } from "../app/labels.js";
import { actor } from "../app/names.js";
import { notice } from "../parts/notice.js";

/**
 * Shows what another user changed since the form was opened, and offers to discard or to save.
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
  return notice("warning", "Another user changed this ICC",
    h("p", {}, "Nothing was saved. It was changed by ", actor(now.updatedBy), `. You edited version ${base.version}; the current version is ${now.version}.`),
    h("div", { class: "scrolling", tabindex: "0", role: "region", "aria-label": "Differences" },
      h("table", { class: "compare" },
        h("thead", {}, h("tr", {}, ["", "Before", "Now", "Yours"].map((text) => h("th", { scope: "col" }, text || h("span", { class: "away" }, "Field"))))),
        h("tbody", {}, names.map((name) => h("tr", {}, h("th", { scope: "row" }, MEMBERS[name]),
          h("td", {}, shown(base[name])), h("td", { class: theirs.includes(name) && "changed" }, shown(now[name])),
          h("td", { class: name in mine && "changed" }, name in mine ? shown(mine[name]) : "–")))))),
    h("div", { class: "actions start" },
      h("button", { type: "button", click: reload }, "Discard my changes"),
      h("button", { type: "button", class: both ? "danger" : "primary", click: overwrite }, both ? "Overwrite their changes" : "Save my changes too")));
}
