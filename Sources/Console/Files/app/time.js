/**
 * Times as people read them: “2 hours ago”, with the exact time and its zone on hover.
 */
import { h } from "./element.js";

const EXACT = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "long" });
const RELATIVE = new Intl.RelativeTimeFormat("en-GB", { numeric: "always" });
/** The units, with the seconds of each, the longest first. */
const UNITS = [["year", 31_536_000], ["month", 2_592_000], ["week", 604_800], ["day", 86_400], ["hour", 3600], ["minute", 60]];
/** The milliseconds between two updates of the times on the page. */
const UPDATE = 60_000;

/**
 * The time as a distance from now, such as “2 hours ago” or “in 6 days”.
 * @param {string} time RFC 3339
 */
export function relative(time) {
  const seconds = (Date.parse(time) - Date.now()) / 1000;
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  if (!unit) return seconds <= 0 ? "a moment ago" : "in a moment";
  return RELATIVE.format(Math.trunc(seconds / unit[1]), unit[0]);
}

/**
 * A time as a distance from now, which is updated each minute; its title is the exact time with its zone.
 * @param {string} time RFC 3339
 */
export function when(time) {
  return h("time", { datetime: time, title: EXACT.format(new Date(time)), "data-relative": true }, relative(time));
}

setInterval(() => {
  for (const element of document.querySelectorAll("time[data-relative]")) element.textContent = relative(element.dateTime);
}, UPDATE);
