import { freshID, h } from "../app/element.js";

/**
 * Tabs as in the ARIA pattern: the Tab key reaches the selected one, arrow keys move between them.
 * @param {string} label
 * @param {{key: string, text: string, short?: string}[]} tabs the short text is used in narrow windows
 * @param {string} selected
 * @param {(key: string) => void} choose
 * @returns {{list: HTMLElement, body: HTMLElement, select: (key: string) => void}}
 */
export function tabs(label, tabs, selected, choose) {
  const stem = freshID("tab");
  const body = h("div", { role: "tabpanel", id: `${stem}-panel`, tabindex: "0" });
  const buttons = tabs.map(({ key, text, short }) =>
    h("button", { type: "button", role: "tab", id: `${stem}-${key}`, "aria-controls": `${stem}-panel`, "data-key": key, "aria-label": short && text, click: () => choose(key) },
      short ? [h("span", { class: "long" }, text), h("span", { class: "short" }, short)] : text));
  const list = h("div", { role: "tablist", "aria-label": label, class: "tabs", keydown: (event) => move(event, buttons) }, buttons);
  const select = (key) => {
    for (const button of buttons) {
      const isSelected = button.dataset.key === key;
      button.setAttribute("aria-selected", String(isSelected));
      button.tabIndex = isSelected ? 0 : -1;
      if (isSelected) body.setAttribute("aria-labelledby", button.id);
    }
  };
  select(selected);
  return { list, body, select };
}

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

function move(event, buttons) {
  const at = buttons.indexOf(document.activeElement);
  let next = -1;
  if (event.key in STEPS) next = (at + STEPS[event.key] + buttons.length) % buttons.length;
  else if (event.key === "Home") next = 0;
  else if (event.key === "End") next = buttons.length - 1;
  if (next < 0 || at < 0) return;
  event.preventDefault();
  buttons[next].focus();
  buttons[next].click();
}
