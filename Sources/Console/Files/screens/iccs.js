import { fill, h, icon } from "../app/element.js";
import { address, changed, go } from "../app/route.js";
import { can } from "../app/session.js";
import { title } from "../app/title.js";
import { openPanel } from "../panel/panel.js";
import { Alarms } from "./alarms.js";
import { exportButton } from "./export.js";
import { ICCList } from "./icc-list.js";
import { filters } from "./filters.js";

/**
 * The “Manage ICCs” screen: the list, with the details panel to its right.
 * @param {URLSearchParams} values
 */
export function iccsScreen(values) {
  const panel = h("aside", { class: "panel", "aria-label": "ICC details" });
  const list = new ICCList();
  const filter = filters(values);
  const alarms = new Alarms((icc) => {
    list.put(icc);
    if (screen.opened?.id === icc.id) screen.opened.reload();
  });
  const element = h("div", { class: "iccs" },
    h("section", { class: "listing", "aria-labelledby": "iccs-title" },
      h("div", { class: "title" },
        h("h1", { id: "iccs-title", tabindex: "-1", "data-arrival": true }, "Manage ICCs"),
        h("div", { class: "tools" }, exportButton(list),
          can("icc.create") && h("a", { class: "button primary", href: address("new") }, icon("plus"), "Create new ICC"))),
      alarms.element, list.counts.element, filter.element, list.element),
    panel);
  const screen = { list, panel, element, alarms, opened: null };
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && screen.opened && !document.querySelector("dialog[open]")) close();
  });
  const update = (values) => {
    filter.show(values);
    list.show(values);
    showPanel(screen, values);
  };
  update(values);
  alarms.load();
  return { element, update };
}

function showPanel(screen, values) {
  const id = values.get("icc");
  screen.element.classList.toggle("open", id !== null);
  screen.list.select(id);
  if (id === null) return empty(screen);
  const tab = values.get("tab") ?? "";
  if (screen.opened?.id === id) return screen.opened.showTab(tab);
  screen.opened = openPanel(screen.panel, id, tab, {
    close,
    changed: (icc) => screen.list.put(icc),
    released: () => screen.alarms.load(),
    removed: () => screen.list.reload(),
  });
}

function close() {
  go(changed({ icc: null, tab: null }));
}

/** Empties the panel, and moves the focus from the panel to the ICC's row. */
function empty(screen) {
  const { opened } = screen;
  const keepsFocus = screen.element.querySelector(".listing").contains(document.activeElement);
  screen.opened = null;
  title("Manage ICCs");
  fill(screen.panel);
  if (opened && !keepsFocus) (screen.list.link(opened.id) ?? document.getElementById("iccs-title")).focus();
}
