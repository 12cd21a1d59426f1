import { announce } from "../app/announce.js";
import { h, icon } from "../app/element.js";

const SHOWN = 2000;

/**
 * A button that copies text to the clipboard and announces it.
 * @param {string} what the value's name, for the button's label
 * @param {() => string} text
 */
export function copyButton(what, text) {
  const label = h("span", {}, "Copy");
  const button = h("button", { type: "button", class: "small copy", "aria-label": `Copy ${what}` }, icon("copy"), label);
  button.addEventListener("click", async () => {
    const done = await copy(text());
    announce(done ? `${what} copied` : `The browser did not allow copying. Select and copy the ${what} yourself.`);
    if (done) flash(button, label);
  });
  return button;
}

/**
 * A button that downloads text as a file.
 * @param {string} what
 * @param {string} file the suggested file name
 * @param {() => string} text
 */
export function downloadButton(what, file, text) {
  return h("button", { type: "button", class: "small", "aria-label": `Download ${what} as ${file}`, click: () => download(file, [text()]) },
    icon("download"), h("span", {}, "Download"));
}

/**
 * Saves texts, one after another, as a file, and announces it.
 * @param {string} file the suggested file name
 * @param {string[]} texts
 */
export function download(file, texts) {
  const url = URL.createObjectURL(new Blob(texts, { type: "application/octet-stream" }));
  h("a", { href: url, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(url), SHOWN);
  announce(`${file} downloaded`);
}

function flash(button, label) {
  label.textContent = "Copied";
  button.classList.add("done");
  button.firstElementChild.replaceWith(icon("done"));
  setTimeout(() => {
    label.textContent = "Copy";
    button.classList.remove("done");
    button.firstElementChild.replaceWith(icon("copy"));
  }, SHOWN);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** `navigator.clipboard` exists in secure contexts only; over plain HTTP this copies through a selection. */
function copyBySelection(text) {
  const area = h("textarea", { class: "away", "aria-hidden": "true", value: text });
  const focused = document.activeElement;
  (focused?.closest("dialog") ?? document.body).append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return done;
}
