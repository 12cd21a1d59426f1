/**
 * Sets the page's title, the most specific part first, so that tabs and the browser's history are easy to tell apart.
 * @param {...string} parts
 */
export function title(...parts) {
  document.title = [...parts, "ICC registry"].filter(Boolean).join(" · ");
}
