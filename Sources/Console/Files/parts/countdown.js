import { fill, h } from "../app/element.js";

/**
 * Shows the remaining waiting time every second. Screen readers do not announce every change of a timer.
 * @param {number} seconds
 * @param {() => void} [over] called at the end, if the element is still in the page
 * @param {(left: number) => string} [text] the text for the seconds that are left
 */
export function countdown(seconds, over = () => {}, text = retryText) {
  const end = Date.now() + seconds * 1000;
  const element = h("p", { role: "timer", class: "fine" });
  const show = () => {
    const left = Math.max(Math.ceil((end - Date.now()) / 1000), 0);
    fill(element, text(left));
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

function retryText(left) {
  return left > 0 ? `Try again in ${span(left)}.` : "You can try again now.";
}

/** A duration in words. @param {number} seconds */
export function span(seconds) {
  if (seconds < 60) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}
