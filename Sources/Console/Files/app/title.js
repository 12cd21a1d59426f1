/**
 * The title of the page: what is shown, the nearest thing first, so that tabs and the browser's history can be told apart.
 * @param {...string} parts
 */
export function title(...parts) {
  document.title = [...parts, "ICC registry"].filter(Boolean).join(" · ");
}
