import { fill, h } from "../app/element.js";
import { address } from "../app/route.js";
import { session } from "../app/session.js";

/**
 * Fills the bar at the top: the current screen, the signed-in role, and the sign-out button.
 * @param {string} screen the current screen
 * @param {() => void} signOut
 */
export function fillBar(screen, signOut) {
  const bar = document.getElementById("bar");
  const { role, organisation } = session();
  fill(
    bar,
    h("a", { class: "brand", href: address("iccs") }, mark(), h("span", {}, "ICC registry")),
    h("nav", { "aria-label": "Main" },
      h("a", { href: address("iccs"), "aria-current": screen === "iccs" ? "page" : null }, "Manage ICCs")),
    h("div", { class: "who" },
      h("span", { class: "identity" }, organisation ? `${organisation} · ${role}` : role),
      h("button", { type: "button", class: "plain", click: signOut }, "Sign out")),
  );
  bar.hidden = false;
}

function mark() {
  return h("img", { src: "icon.svg", alt: "", width: "22", height: "22" });
}
