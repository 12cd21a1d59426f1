/**
 * Does a button's work, once at a time. The button is only said to be disabled: a disabled one would lose the focus.
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
