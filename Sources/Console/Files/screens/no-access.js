import { h } from "../app/element.js";
import { session } from "../app/session.js";
import { title } from "../app/title.js";

/** The screen of a token that cannot list ICCs, such as a monitor's. */
export function noAccessScreen() {
  title("No access to ICCs");
  const element = h("section", { class: "narrow", "aria-labelledby": "no-access" },
    h("h1", { id: "no-access", tabindex: "-1", "data-arrival": "" }, "No access to ICCs"),
    h("p", {}, `A token of the role ${session().role} cannot read ICCs. It can read `, h("code", {}, "/metrics"), "."));
  return { element };
}
