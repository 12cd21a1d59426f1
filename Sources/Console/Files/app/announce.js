/**
 * Short messages at the bottom of the page, announced by screen readers.
 */

const SHOWN = 4000;
let timer = 0;

/**
 * Shows a message for four seconds.
 * @param {string} text
 */
export function announce(text) {
  const region = document.getElementById("announcer");
  if (!region) return;
  region.textContent = text;
  region.classList.add("shown");
  clearTimeout(timer);
  timer = setTimeout(() => {
    region.classList.remove("shown");
    region.textContent = "";
  }, SHOWN);
}
