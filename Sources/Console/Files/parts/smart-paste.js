import { fill, h } from "../app/element.js";
import { recognised } from "../app/paste.js";

/**
 * Lets fields take values from what is pasted into one of them. A pasted text is split at once, with a message and a
 * button to undo it; for a typed text the user is asked first.
 * @param {import("./field.js").Field[]} fields
 */
export function smartPaste(fields) {
  for (const field of fields) {
    const place = h("div", { class: "taken", role: "status" });
    field.element.append(place);
    field.input.addEventListener("input", (event) => {
      if (!isOwn(event)) react(fields, field, place, event.inputType === "insertFromPaste");
    });
  }
}

/** Events that this module sends itself. @type {WeakSet<Event>} */
const own = new WeakSet();

function isOwn(event) {
  return own.has(event);
}

function react(fields, field, place, isPasted) {
  const found = recognised(field.name, field.text);
  if (!found) return fill(place);
  const values = found.values && Object.entries(found.values).filter(([name]) => fields.some((one) => one.name === name));
  if (values && isPasted) return take(fields, place, found.said, Object.fromEntries(values));
  const offers = found.offers ?? (values ? [{ text: "Use these values", values: Object.fromEntries(values) }] : []);
  const said = values ? found.said.replace(/^Taken from/, "Found in") : found.said;
  fill(place, h("p", {}, said), offers.map((offer) =>
    h("button", { type: "button", class: "small", click: () => take(fields, place, said.replace(/^Found in/, "Taken from"), offer.values, field) }, offer.text)));
}

/** Fills in values, says where they are from, and offers to undo it. */
function take(fields, place, said, values, focused) {
  const before = Object.fromEntries(fields.filter(({ name }) => name in values).map((one) => [one.name, one.text]));
  put(fields, values);
  const undo = h("button", { type: "button", class: "small", click: () => {
    put(fields, before);
    fill(place);
    fields.find(({ name }) => name in before)?.input.focus();
  } }, "Undo");
  fill(place, h("p", {}, said), undo);
  focused?.input.focus();
}

function put(fields, values) {
  for (const field of fields) {
    if (!(field.name in values)) continue;
    field.input.value = values[field.name];
    const event = new Event("input", { bubbles: true });
    own.add(event);
    field.input.dispatchEvent(event);
  }
}
