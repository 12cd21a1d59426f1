import { fill, h } from "../app/element.js";

/**
 * Shows the remaining waiting time every second. Screen readers do not announce every change of a timer.
 * @param {number} seconds
 * @param {() => void} [over] called at the end, if the element is still in the page
 */
export function countdown(seconds, over = () => {}) {
  const end = Date.now() + seconds * 1000;
  const element = h("p", { role: "timer", class: "fine" });
  const show = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    fill(element, left > 0 ? `Try again in ${span(left)}.` : "You can try again now.");
    return left > 0;
  };
  const timer = setInterval(() => {
    const goesOn = show();
    if (goesOn && element.isConnected) return;
    clearInterval(timer);
    if (!goesOn && element.isConnected) over();
  }, 1000);
  show();
  return element;
}

function span(seconds) {
  if (seconds < 60) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}
