import { h } from "../app/element.js";
import { MEMBERS, shown } from "../app/words.js";
import { notice } from "../parts/notice.js";

/**
 * Tells what somebody else changed since the form was opened, and offers both ways on.
 * @param {object} options
 * @param {*} options.base the ICC as the form began
 * @param {*} options.now the ICC as it is
 * @param {Object<string, *>} options.mine the members that the form changes
 * @param {() => void} options.reload
 * @param {() => void} options.overwrite
 */
export function conflict({ base, now, mine, reload, overwrite }) {
  const theirs = Object.keys(MEMBERS).filter((name) => shown(base[name]) !== shown(now[name]));
  const names = Object.keys(MEMBERS).filter((name) => theirs.includes(name) || name in mine);
  const both = theirs.some((name) => name in mine);
  return notice("warning", "Somebody else changed this ICC meanwhile",
    h("p", {}, `Nothing was saved. It was changed by ${now.updatedBy}; its version is ${now.version} now, yours was ${base.version}.`),
    h("div", { class: "scrolling", tabindex: "0", role: "region", "aria-label": "What differs" },
      h("table", { class: "compare" },
        h("thead", {}, h("tr", {}, ["", "Before", "Now", "Yours"].map((text) => h("th", { scope: "col" }, text || h("span", { class: "away" }, "Member"))))),
        h("tbody", {}, names.map((name) => h("tr", {}, h("th", { scope: "row" }, MEMBERS[name]),
          h("td", {}, shown(base[name])), h("td", { class: theirs.includes(name) && "changed" }, shown(now[name])),
          h("td", { class: name in mine && "changed" }, name in mine ? shown(mine[name]) : "–")))))),
    h("div", { class: "actions start" },
      h("button", { type: "button", click: reload }, "Drop mine and reload"),
      h("button", { type: "button", class: both ? "danger" : "primary", click: overwrite }, both ? "Save mine over theirs" : "Save mine as well")));
}
