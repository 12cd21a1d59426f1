/**
 * Performs a button's action, one at a time. It sets `aria-disabled` only: a disabled button would lose the focus.
 * @param {HTMLButtonElement} button
 * @param {() => Promise<*>} work
 */
export async function busy(button, work) {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  try {
    await work();
  } finally {
    button.removeAttribute("aria-disabled");
  }
}
