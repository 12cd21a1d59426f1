import { fill, h } from "../app/element.js";
import { address } from "../app/route.js";
import { can, session } from "../app/session.js";
import { showOwnToken } from "./own-token.js";

/** The screens in the bar, with the permission that each needs. A connector reads events for its imports, not here. */
const SCREENS = [
  ["iccs", "icc.list", "Manage ICCs"], ["organisations", "organisation.read", "Organisations"], ["tokens", "token.list", "Tokens"], ["audit", "token.list", "Audit trail"],
];

/**
 * Fills the bar at the top: the current screen, the signed-in role, and the buttons for the token and to sign out.
 * @param {string} screen the current screen
 * @param {(why?: string) => void} signOut
 */
export function fillBar(screen, signOut) {
  const bar = document.getElementById("bar");
  const { role, organisations } = session();
  fill(
    bar,
    h("a", { class: "brand", href: address("iccs") }, mark(), h("span", {}, "ICC registry")),
    can("icc.list") && h("nav", { "aria-label": "Main" },
      SCREENS.filter(([, permission]) => can(permission)).map(([name, , text]) =>
        h("a", { href: address(name), "aria-current": screen === name ? "page" : null }, text))),
    h("div", { class: "who" },
      h("span", { class: "identity" }, [organisations.join(", "), role].filter(Boolean).join(" · ")),
      h("button", { type: "button", class: "plain", click: () => showOwnToken(signOut) }, "Your token"),
      h("button", { type: "button", class: "plain", click: () => signOut() }, "Sign out")),
  );
  bar.hidden = false;
  // In a narrow window the screens scroll sideways.
  bar.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function mark() {
  return h("img", { src: "icon.svg", alt: "", width: "22", height: "22" });
}
