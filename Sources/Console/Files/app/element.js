/**
 * Functions that build elements. Text becomes text nodes, never markup, so a hostile value is only displayed.
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with attributes and children.
 * @param {string} tag
 * @param {Object<string, *>} [attributes] a function becomes a listener for the event of that name; `true` sets an empty attribute; null and false set none
 * @param {...*} children nodes, text, or arrays of them; null, undefined and false are skipped
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...kept(children));
  return element;
}

/**
 * Replaces all children of an element.
 * @param {Element} element
 * @param {...*} children as for `h`
 */
export function fill(element, ...children) {
  element.replaceChildren(...kept(children));
}

/**
 * Changes an element's content, and moves the focus if the focused element was removed.
 * @param {Element} element
 * @param {() => void} change
 * @param {() => HTMLElement|null|undefined} next
 */
export function keepingFocus(element, change, next) {
  const wasInside = element.contains(document.activeElement);
  change();
  if (wasInside && !element.contains(document.activeElement)) next()?.focus();
}

/**
 * A 16 by 16 icon, hidden from screen readers: the text next to it, or the button's label, gives its meaning.
 * @param {keyof typeof PATHS} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", "aria-hidden": "true", class: "icon" })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

let counter = 0;

/**
 * An id that is unique in the page.
 * @param {string} stem
 */
export function freshID(stem) {
  counter += 1;
  return `${stem}-${counter}`;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") element.addEventListener(name, value);
  else if (name === "value") element.value = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

function kept(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

const PATHS = {
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
  done: "M3 8.5l3.5 3.5L13 4.5",
  close: "M4 4l8 8M12 4l-8 8",
  plus: "M8 3v10M3 8h10",
  search: "M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.3 10.3L13.5 13.5",
  warning: "M8 2.5l6 11H2zM8 7v3M8 11.6v.4",
  error: "M8 2a6 6 0 100 12A6 6 0 008 2zM8 5v3.6M8 10.6v.4",
  skipped: "M8 2a6 6 0 100 12A6 6 0 008 2zM5.5 8h5",
  inconclusive: "M8 2a6 6 0 100 12A6 6 0 008 2zM6.3 6.5a1.8 1.8 0 112.6 1.6c-.6.3-.9.6-.9 1.2M8 11.2v.3",
  pending: "M8 2a6 6 0 100 12A6 6 0 008 2z",
  running: "M8 2a6 6 0 106 6",
  info: "M8 2a6 6 0 100 12A6 6 0 008 2zM8 7.4V11M8 5v.4",
  download: "M8 2.5v7.5M4.8 7L8 10.2 11.2 7M3 13.5h10",
  back: "M10 3.5L5.5 8l4.5 4.5",
  outside: "M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3L7.5 8.5",
  forward: "M6 3.5L10.5 8 6 12.5",
};
