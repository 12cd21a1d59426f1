import { announce } from "../app/announce.js";
import { call, iccPath, Problem } from "../app/api.js";
import { draft, saveDraft } from "../app/drafts.js";
import { fill, h } from "../app/element.js";
import { changed } from "../app/route.js";
import { asTyped } from "../app/rules.js";
import { busy } from "../parts/busy.js";
import { ask } from "../parts/dialog.js";
import { ICCForm } from "../parts/icc-form.js";
import { notice, problemNotice } from "../parts/notice.js";
import { conflict } from "./conflict.js";
import { askIfUsed } from "./usages.js";

const MEMBERS = ["name", "description", "userArn", "sessionName", "bucketName", "bucketOwner", "prefix", "filenames", "kmsKeyArn"];

/**
 * The form that edits an ICC.
 * @param {import("./panel.js").Panel} panel
 * @param {() => void} leave closes the form
 */
export function editForm(panel, leave) {
  const kept = draft(`edit:${panel.icc.id}`);
  const view = { panel, leave, base: kept?.base ?? panel.icc, message: h("div", {}), policy: h("div", { "aria-live": "polite" }) };
  view.form = new ICCForm({
    values: kept?.values ?? panel.icc,
    typed: (values) => keep(view, values),
    // Import jobs that use the ICC are asked about when the form is saved.
    dryRun: () => ({ method: "PATCH", path: `${iccPath(view.base.id)}?force=true`, body: orNull(changes(view)), version: view.base.version }),
    onDryRun: (answer) => fill(view.policy, answer.trustPolicyChanged && policyNotice(view.base, answer)),
  });
  view.button = h("button", { type: "submit", class: "primary" }, "Save");
  if (kept) fill(view.message, notice("info", "Not saved yet", h("p", {}, "These are the changes you started earlier.")));
  return h("form", { class: "edit", novalidate: true, "aria-label": "Edit the ICC", submit: (event) => { event.preventDefault(); busy(view.button, () => save(view)); } },
    view.message, view.form.element, view.policy,
    h("div", { class: "actions" }, h("button", { type: "button", click: () => end(view) }, "Cancel"), view.button));
}

function keep(view, values) {
  const isChanged = MEMBERS.some((name) => asTyped(values[name]) !== asTyped(view.base[name]));
  saveDraft(`edit:${view.base.id}`, isChanged ? { base: view.base, values } : null);
}

function end(view) {
  saveDraft(`edit:${view.base.id}`, null);
  view.leave();
}

/** The changes to the version that the form was opened with. An emptied field is sent as null (RFC 7396). */
function changes(view) {
  const values = view.form.values();
  const entries = MEMBERS.filter((name) => asTyped(values[name]) !== asTyped(view.base[name]));
  return Object.fromEntries(entries.map((name) => [name, asTyped(values[name]) === "" ? null : values[name]]));
}

function orNull(changes) {
  return Object.keys(changes).length > 0 ? changes : null;
}

async function save(view) {
  const body = changes(view);
  if (Object.keys(body).length === 0) return end(view);
  const answer = await view.form.settle();
  const goesOn = answer !== null && (!answer.trustPolicyChanged || (await ask(policyQuestion(view.base, answer))));
  if (goesOn) await write(view, body);
}

async function write(view, body) {
  try {
    const icc = await askIfUsed((query) => call("PATCH", iccPath(view.base.id) + query, { body, version: view.base.version }), "Save anyway");
    if (icc === undefined) return;
    saveDraft(`edit:${view.base.id}`, null);
    announce("Saved");
    view.panel.put(icc, icc.trustPolicyChanged && notice("warning", "Update the trust policy in AWS now",
      h("p", {}, "Imports fail until it is updated. ", h("a", { href: changed({ tab: "setup" }) }, "Set-up"), " shows the policy.")));
  } catch (error) {
    if (error instanceof Problem && error.status === 412) await resolve(view, body);
    else if (error instanceof Problem && [409, 422].includes(error.status)) view.form.refuse(error);
    else fill(view.message, problemNotice(error));
  }
}

async function resolve(view, body) {
  try {
    const now = await call("GET", iccPath(view.base.id));
    fill(view.message, conflict({
      base: view.base, now, mine: body,
      reload: () => {
        saveDraft(`edit:${now.id}`, null);
        view.panel.put(now);
      },
      overwrite: () => rebase(view, now, body),
    }));
    view.message.querySelector("button")?.focus();
  } catch (error) {
    fill(view.message, problemNotice(error));
  }
}

/** Applies only the user's own changes to the version that another user saved. */
async function rebase(view, now, mine) {
  view.base = now;
  for (const field of view.form.fields) {
    if (!(field.name in mine)) field.input.value = asTyped(now[field.name]);
  }
  keep(view, view.form.values());
  view.button.focus();
  fill(view.message);
  await busy(view.button, () => save(view));
}

function policyNotice(base, answer) {
  return notice("warning", "This changes the trust policy", comparison(base, answer));
}

/** The question before a change that needs another trust policy. @param {*} base the ICC before @param {*} answer the registry's response to a dry run */
export function policyQuestion(base, answer) {
  return { title: "You must also update the trust policy in AWS", body: comparison(base, answer), confirm: "Save" };
}

function comparison(base, answer) {
  if (base.principal === answer.principal) {
    return h("p", {}, "Other ICCs of your organisation use this role. Imports fail until its trust policy has a statement for this ICC too.");
  }
  return [
    h("p", {}, "The new Session Name changes the Principal. Imports fail until the trust policy in AWS contains it."),
    h("dl", { class: "pairs stacked" }, h("dt", {}, "Current Principal"), h("dd", { class: "fixed" }, base.principal),
      h("dt", {}, "New Principal"), h("dd", { class: "fixed" }, answer.principal)),
  ];
}
