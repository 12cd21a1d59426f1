import { announce } from "../app/announce.js";
import { call, idempotencyKey } from "../app/api.js";
import { h, icon } from "../app/element.js";
import { actor } from "../app/names.js";
import { address } from "../app/route.js";
import { can } from "../app/session.js";
import { when } from "../app/time.js";
import { title } from "../app/title.js";
import { listScreen, readAll, table } from "./lists.js";
import { labelled, needed, openSheet } from "./sheet.js";

/** The “Organisations” screen. */
export function organisationsScreen() {
  title("Organisations");
  let organisations = [];
  const screen = listScreen({
    title: "Organisations", search: "Name or ID …",
    tools: can("organisation.create") && h("button", { type: "button", class: "primary", click: () => create(screen.reload) }, icon("plus"), "Create organisation"),
    load: async () => { organisations = (await readAll("/v1/organisations")).items; },
    draw: (words) => table("Organisations", ["Name", "ID", "Created", "ICCs", "Actions"],
      organisations.filter(({ id, name }) => words.every((word) => `${id} ${name}`.toLowerCase().includes(word)))
        .map((organisation) => row(organisation, screen.reload)), "No matching organisations."),
  });
  return { element: screen.element };
}

function row(organisation, reload) {
  const { id, name, createdAt, createdBy } = organisation;
  return [
    h("strong", { class: "value" }, name), h("code", {}, id), [when(createdAt), h("span", { class: "fine" }, " by ", actor(createdBy))],
    h("a", { href: address("iccs", { organisation: id }), "aria-label": `ICCs of ${name}` }, "Show ICCs"),
    h("span", { class: "toolbar" },
      can("organisation.change") && h("button", { type: "button", class: "small", "aria-label": `Rename ${name}`, click: () => rename(organisation, reload) }, "Rename"),
      can("organisation.delete") && h("button", { type: "button", class: "small danger-quiet", "aria-label": `Delete ${name}`, click: () => remove(organisation, reload) }, "Delete")),
  ];
}

function path({ id }) {
  return `/v1/organisations/${encodeURIComponent(id)}`;
}

function create(reload) {
  const name = h("input", { autocomplete: "off", maxlength: "128" });
  const id = h("input", { autocomplete: "off", maxlength: "64", class: "fixed" });
  const key = idempotencyKey();
  openSheet({
    title: "Create organisation", confirm: "Create",
    body: [labelled("Name", name), labelled("ID", id, "Lowercase letters, digits and hyphens. If you leave it empty, it is made from the name. You cannot change it later.")],
    send: async () => {
      needed(name.value, "Enter a name.");
      await call("POST", "/v1/organisations", { body: { name: name.value, ...(id.value && { id: id.value }) }, key });
      announce("Created");
      await reload();
    },
  });
}

function rename(organisation, reload) {
  const name = h("input", { autocomplete: "off", maxlength: "128", value: organisation.name });
  openSheet({
    title: "Rename organisation", confirm: "Rename", body: labelled("Name", name, "The ID does not change."),
    send: async () => {
      needed(name.value, "Enter a name.");
      await call("PATCH", path(organisation), { body: { name: name.value }, version: organisation.version });
      announce("Renamed");
      await reload();
    },
  });
}

function remove(organisation, reload) {
  openSheet({
    title: "Delete this organisation?", confirm: "Delete", isDanger: true,
    body: [h("p", {}, h("strong", { class: "value" }, organisation.name)),
      h("p", {}, "Its tokens are revoked, and its ID cannot be used again. An organisation that still has ICCs is not deleted.")],
    send: async () => {
      await call("DELETE", path(organisation), { version: organisation.version });
      announce("Deleted");
      await reload();
    },
  });
}
