import { call, idempotencyKey } from "../app/api.js";
import { h } from "../app/element.js";
import { can, session } from "../app/session.js";
import { moment } from "../app/labels.js";
import { keyValue } from "../parts/key-value.js";
import { readAll } from "./lists.js";
import { labelled, needed, openSheet } from "./sheet.js";

const DAY = 86_400_000;

/** The roles' names and meanings. A list of choices cannot wrap, so the meaning is below it. */
const ROLES = {
  viewer: ["Viewer", "Reads and checks ICCs."], editor: ["Editor", "Creates and changes ICCs."], owner: ["Owner", "An editor who also manages tokens."],
  connector: ["Connector", "Import workers use it."], auditor: ["Auditor", "Reads everything and changes nothing."], monitor: ["Monitor", "Reads the metrics."],
  admin: ["Administrator", "Can do everything."],
};

/** Returns true if a token is neither revoked nor expired. */
export function isValid({ revokedAt, expiresAt }) {
  return revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > Date.now());
}

/** Opens the form for a new token. @param {() => Promise<void>} made */
export async function createToken(made) {
  const name = h("input", { autocomplete: "off", maxlength: "128" });
  const meaning = h("span", {});
  const role = h("select", { change: () => { meaning.textContent = ROLES[role.value][1]; } }, Object.entries(ROLES).map(([value, [text]]) => h("option", { value }, text)));
  role.dispatchEvent(new Event("change"));
  const organisation = await organisationSelect();
  const days = h("input", { type: "number", min: "1", max: "3650", inputmode: "numeric" });
  const key = idempotencyKey();
  openSheet({
    title: "Create token", confirm: "Create",
    body: [labelled("Name", name, "The program or the person that uses it."), labelled("Role", role, meaning),
      labelled("Organisation", organisation, "Owners, editors and viewers belong to one organisation."),
      labelled("Expires in days", days, "If you leave it empty, the registry's default applies.")],
    send: async () => {
      needed(name.value, "Enter a name.");
      const expiresAt = days.value && new Date(Date.now() + Number(days.value) * DAY).toISOString();
      const body = { name: name.value, role: role.value, ...(organisation.value && { organisation: organisation.value }), ...(expiresAt && { expiresAt }) };
      const token = await call("POST", "/v1/tokens", { body, key });
      await made();
      return shownOnce(token);
    },
  });
}

/** Opens the question that makes a second token with the same name, role and limits. The first stays valid until it is revoked. */
export function replaceToken(token, made) {
  const key = idempotencyKey();
  openSheet({
    title: "Replace this token?", confirm: "Create the new token",
    body: [h("p", {}, h("strong", { class: "value" }, token.name)),
      h("p", {}, "This creates a token with the same name, role and limits. Put it where the old one is used. Then revoke the old one: it stays valid until you do.")],
    send: async () => {
      const { name, role, organisations, addressBlocks } = token;
      const body = { name, role, addressBlocks, ...(organisations.length > 0 && { organisations }) };
      const created = await call("POST", "/v1/tokens", { body, key });
      await made();
      return shownOnce(created);
    },
  });
}

/** Opens the form that revokes all tokens of an organisation, or all that a token has made. */
export function revokeSeveral(tokens, revoked) {
  const valid = tokens.filter(isValid);
  const organisations = [...new Set(valid.flatMap((token) => token.organisations))].sort();
  const makers = new Set(valid.map((token) => token.createdBy));
  const which = h("select", {}, h("option", { value: "" }, "Choose …"),
    h("optgroup", { label: "All of an organisation" }, organisations.map((id) => h("option", { value: `organisation=${encodeURIComponent(id)}` }, id))),
    h("optgroup", { label: "All created by a token" }, tokens.filter(({ id }) => makers.has(id)).map(({ id, name }) => h("option", { value: `createdBy=${id}` }, name))));
  let counted = null;
  const count = h("p", { role: "status" }, "Choose which tokens to revoke. Your own token is never revoked.");
  which.addEventListener("change", async () => {
    counted = null;
    if (!which.value) return;
    const { revoked: number } = await call("DELETE", `/v1/tokens?${which.value}&dryRun=true`).catch(() => ({ revoked: null }));
    counted = which.value;
    count.textContent = number === null ? "The tokens could not be counted." : `This revokes ${number} ${number === 1 ? "token" : "tokens"}. It cannot be undone.`;
  });
  openSheet({
    title: "Revoke several tokens", confirm: "Revoke", isDanger: true, body: [labelled("Tokens", which), count],
    send: async () => {
      if (!which.value || counted !== which.value) return count;
      const { revoked: number } = await call("DELETE", `/v1/tokens?${which.value}`);
      await revoked();
      return h("p", {}, `${number} ${number === 1 ? "token is" : "tokens are"} revoked.`);
    },
  });
}

async function organisationSelect() {
  const own = session().organisations;
  const found = can("organisation.read") ? await readAll("/v1/organisations").then(({ items }) => items.map(({ id }) => id), () => own) : own;
  return h("select", {}, own.length === 0 && h("option", { value: "" }, "All organisations"), found.map((id) => h("option", { value: id }, id)));
}

function shownOnce({ token, expiresAt }) {
  const end = expiresAt ? `It expires on ${moment(expiresAt)}.` : "It does not expire.";
  return h("div", { class: "keys" }, keyValue("Token", token, `It is shown only once. ${end}`));
}
