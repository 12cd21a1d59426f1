import { get } from "../app/api.js";
import { fill, h } from "../app/element.js";
import { change, KINDS, MEMBERS } from "../app/labels.js";
import { actor, tokenNames } from "../app/names.js";
import { address } from "../app/route.js";
import { session } from "../app/session.js";
import { when } from "../app/time.js";
import { title } from "../app/title.js";
import { listScreen, table } from "./lists.js";

/** The events that are read at once, and the maximum number of requests for the feed of a token that is limited to organisations. */
const STEP = 200;
const MAX_PAGES = 25;

/** The “Audit trail” screen: all events that the token may see, the newest first, searched in the page. */
export function auditScreen() {
  title("Audit trail");
  const trail = { events: [], before: null, hasOlder: false, names: new Map() };
  const foot = h("div", { class: "foot" });
  const kind = h("select", { "aria-label": "Kind of event", change: () => screen.paint() }, h("option", { value: "" }, "All events"),
    Object.entries(KINDS).map(([value, text]) => h("option", { value }, text)));
  const screen = listScreen({
    title: "Audit trail", search: "Token, ICC, organisation, value …", filters: kind,
    load: async () => {
      trail.names = await tokenNames();
      await (session().organisations.length === 0 ? readOlder(trail) : readForward(trail));
    },
    draw: (words) => {
      const names = new Map([...trail.names, ...iccNames(trail.events)]);
      const found = trail.events.filter((event) => (!kind.value || event.type === kind.value) && words.every((word) => textOf(event, names).includes(word)));
      fill(foot, h("p", { role: "status" }, `${found.length} of the ${trail.events.length} events that were read`),
        trail.hasOlder && h("button", { type: "button", class: "small", click: screen.reload }, "Read older events"));
      return table("Events", ["Time", "Event", "Subject", "Actor", "Changes"], found.map((event) => row(event, names)), "No matching events.");
    },
  });
  screen.element.append(foot);
  return { element: screen.element };
}

/** Reads the events before those that are known, by their numbers. */
async function readOlder(trail) {
  if (trail.before === null) {
    const newest = await get(`/v1/events?${new URLSearchParams({ limit: 1, after: 0 })}`);
    trail.before = (newest.head?.seq ?? (await lastNumber())) + 1;
  }
  const after = Math.max(0, trail.before - STEP - 1);
  const { items } = await get(`/v1/events?${new URLSearchParams({ limit: STEP, after })}`);
  trail.events.push(...items.filter(({ seq }) => seq < trail.before).toReversed());
  trail.before = after + 1;
  trail.hasOlder = after > 0;
}

/** The number of the last event, for an auditor, who does not see the end of the audit trail: found by halving. */
async function lastNumber() {
  let [low, high] = [0, 1];
  const hasAfter = async (after) => (await get(`/v1/events?${new URLSearchParams({ limit: 1, after })}`)).items[0]?.seq ?? null;
  while ((await hasAfter(high)) !== null) [low, high] = [high, high * 4];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if ((await hasAfter(middle)) === null) high = middle;
    else low = middle;
  }
  return high;
}

/** Reads the feed from its start: a token that is limited to organisations cannot name a number. */
async function readForward(trail) {
  let cursor = null;
  trail.events = [];
  for (let pages = 0; pages < MAX_PAGES && (pages === 0 || cursor); pages += 1) {
    const page = await get(`/v1/events?${new URLSearchParams({ limit: STEP, ...(cursor ? { cursor } : {}) })}`);
    trail.events.unshift(...page.items.toReversed());
    cursor = page.nextCursor;
  }
}

function textOf({ type, subject, organisation, actor: by, address: from, changes }, names) {
  return [KINDS[type] ?? type, subject, organisation, by, names.get(by), names.get(subject), from, JSON.stringify(changes)].join(" ").toLowerCase();
}

/** The newest names of ICCs by identifier, as far as the events that were read have them. */
function iccNames(events) {
  const named = events.filter(({ subject: id, changes }) => id.startsWith("icc_") && changes?.name);
  return new Map(named.toReversed().map(({ subject: id, changes }) => [id, changes.name.after ?? changes.name.before]));
}

function row(event, names) {
  const changes = Object.entries(event.changes ?? {});
  return [
    when(event.at), KINDS[event.type] ?? event.type, subject(event, names),
    event.actor && [actor(event.actor), event.address && h("span", { class: "fine" }, ` from ${event.address}`)],
    changes.length > 0 && h("details", {}, h("summary", {}, changes.length > 4 ? `${changes.length} values` : changes.map(([name]) => MEMBERS[name] ?? name).join(", ")),
      h("dl", { class: "changes" }, changes.map(([name, { before, after }]) => [
        h("dt", {}, MEMBERS[name] ?? name), h("dd", {}, change(before, after))]))),
  ];
}

/** The ICC, with a link to it, the token's name, or the organisation. */
function subject({ subject: id, organisation }, names) {
  if (id.startsWith("icc_")) {
    return [h("a", { href: address("iccs", { icc: id, tab: "history" }), title: id }, names.get(id) ?? `ICC …${id.slice(-6)}`),
      organisation && h("span", { class: "fine" }, ` of ${organisation}`)];
  }
  return id.startsWith("tok_") ? actor(id) : h("span", { class: "value" }, id);
}
