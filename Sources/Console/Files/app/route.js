/**
 * The page's state, kept in the address after `#`, so that it survives a reload and can be shared.
 * `#/iccs?status=draft&icc=icc_…&tab=setup` and `#/new`.
 */

/** @typedef {{screen: string, values: URLSearchParams}} Route */

/** @returns {Route} */
export function route() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?", 2);
  return { screen: path || "iccs", values: new URLSearchParams(query) };
}

/**
 * The address of a screen.
 * @param {string} screen
 * @param {Object<string, string|null|undefined>|URLSearchParams} [values] empty ones are skipped
 */
export function address(screen, values = {}) {
  const pairs = values instanceof URLSearchParams ? [...values] : Object.entries(values);
  const query = new URLSearchParams(pairs.filter(([, value]) => value));
  return `#/${screen}${query.size ? `?${query}` : ""}`;
}

/**
 * The current address with some values changed.
 * @param {Object<string, string|null>} changes null removes a value
 */
export function changed(changes) {
  const { screen, values } = route();
  for (const [name, value] of Object.entries(changes)) {
    if (value) values.set(name, value);
    else values.delete(name);
  }
  return address(screen, values);
}

/**
 * Returns true for a click that opens a new tab or window, or a menu: the browser handles it.
 * @param {MouseEvent} event
 */
export function isForBrowser(event) {
  return event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
}

/**
 * Goes to an address.
 * @param {string} target from `address` or `changed`
 * @param {boolean} [replace] true replaces the current entry in the browser's history
 */
export function go(target, replace = false) {
  if (target === location.hash) return;
  if (replace) {
    history.replaceState(null, "", target);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  } else {
    location.hash = target;
  }
}
