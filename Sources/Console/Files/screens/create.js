import { announce } from "../app/announce.js";
import { call, idempotencyKey, Problem } from "../app/api.js";
import { draft, saveDraft } from "../app/drafts.js";
import { fill, h, icon } from "../app/element.js";
import { CONNECTORS, MEMBERS, shown } from "../app/labels.js";
import { address, go } from "../app/route.js";
import { asTyped } from "../app/rules.js";
import { can, session } from "../app/session.js";
import { title } from "../app/title.js";
import { busy } from "../parts/busy.js";
import { ICCForm } from "../parts/icc-form.js";
import { notice, problemNotice, warningNotices } from "../parts/notice.js";

const DRAFT = "new";

/** The screen that creates an ICC on two pages, as in InfoSum's article: the details, then the files. */
export function createScreen() {
  title("Create new ICC");
  const body = h("div", {});
  const element = h("section", { class: "narrow", "aria-labelledby": "create-title" },
    h("p", { class: "trail" }, h("a", { href: address("iccs") }, icon("back"), "Manage ICCs")),
    h("h1", { id: "create-title", tabindex: "-1", "data-arrival": true }, "Create new ICC"), body);
  if (can("icc.create")) start(body);
  else fill(body, notice("info", "Your token cannot create ICCs.", h("p", {}, "Ask an administrator for a token with the role editor.")));
  return { element };
}

function start(body) {
  const type = h("select", { id: "connector-type", name: "connectorType" },
    Object.entries(CONNECTORS).map(([value, text]) => h("option", { value }, text)));
  const kept = draft(DRAFT);
  const view = { body, type, values: kept ?? {}, key: idempotencyKey() };
  view.details = new ICCForm({
    page: 1, values: view.values, asksOrganisation: session().organisation === null,
    dryRun: () => dryRun(view, view.details.values()), typed: (values) => keep(view, values),
  });
  view.files = new ICCForm({
    page: 2, values: view.values,
    dryRun: () => dryRun(view, allValues(view)), typed: (values) => keep(view, values),
  });
  fill(body, progress(1), kept && notice("info", "Your earlier input is still here."), detailsPage(view));
}

function allValues(view) {
  return { ...view.details.values(), ...view.files.values() };
}

/** Keeps what was typed. Another request needs another idempotency key. */
function keep(view, values) {
  view.values = { ...view.values, ...values };
  view.key = idempotencyKey();
  saveDraft(DRAFT, Object.values(view.values).some((value) => asTyped(value) !== "") ? view.values : null);
}

/** The request to create the ICC. Empty optional fields are left out, so that the registry uses its defaults. */
function request(view, values) {
  return { connectorType: view.type.value, ...Object.fromEntries(Object.entries(values).filter(([, value]) => asTyped(value) !== "")) };
}

function dryRun(view, values) {
  return { method: "POST", path: "/v1/iccs", body: request(view, values) };
}

function progress(step) {
  const part = (number, text) => h("li", { "aria-current": number === step ? "step" : null, class: number < step ? "past" : null }, text);
  return h("ol", { class: "steps", "aria-label": "Steps" }, part(1, "Details"), part(2, "Files"));
}

function showDetails(view) {
  fill(view.body, progress(1), detailsPage(view));
  const { fields } = view.details;
  (fields.find((field) => field.element.classList.contains("wrong")) ?? fields[0]).input.focus();
}

function showFiles(view, answer) {
  fill(view.body, progress(2), filesPage(view, answer));
  view.body.querySelector("h2").focus();
}

function detailsPage(view) {
  const button = h("button", { type: "submit", class: "primary" }, "Next");
  const settle = async () => {
    const answer = await view.details.settle();
    if (answer !== null) showFiles(view, answer);
  };
  const submit = (event) => {
    event.preventDefault();
    busy(button, settle);
  };
  return h("form", { class: "card", novalidate: true, submit },
    h("div", { class: "field" }, h("label", { for: view.type.id }, "Connector type"), view.type),
    h("h2", {}, "Details"), view.details.element,
    h("div", { class: "actions" }, h("a", { class: "button", href: address("iccs"), click: () => saveDraft(DRAFT, null) }, "Cancel"), button));
}

function filesPage(view, answer) {
  const message = h("div", {});
  const button = h("button", { type: "submit", class: "primary" }, "Submit");
  const submit = (event) => {
    event.preventDefault();
    busy(button, () => create(view, message));
  };
  return h("form", { class: "card", submit, novalidate: true },
    h("h2", { tabindex: "-1" }, "Files"), view.files.element,
    review(request(view, view.details.values()), answer), message,
    h("div", { class: "actions" }, h("button", { type: "button", click: () => showDetails(view) }, "Back"), button));
}

async function create(view, message) {
  if (!view.files.isSound()) return;
  try {
    const icc = await call("POST", "/v1/iccs", { body: request(view, allValues(view)), key: view.key });
    saveDraft(DRAFT, null);
    announce(`${icc.name} created`);
    go(address("iccs", { icc: icc.id }));
  } catch (error) {
    refused(view, message, error);
  }
}

/** Shows the errors on the page that has their fields. */
function refused(view, message, error) {
  if (!(error instanceof Problem && [409, 422].includes(error.status))) {
    fill(message, problemNotice(error));
  } else if (view.files.owns(error)) {
    view.files.refuse(error);
    view.files.isSound();
  } else {
    view.details.refuse(error);
    showDetails(view);
  }
}

function review(details, answer) {
  const rows = Object.entries({ userArn: "", prefix: "", kmsKeyArn: "", ...details });
  const order = Object.keys(MEMBERS);
  rows.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return [
    h("h2", {}, "Review"),
    h("dl", { class: "pairs" }, rows.map(([name, value]) => [h("dt", {}, MEMBERS[name]), h("dd", {}, name === "connectorType" ? CONNECTORS[value] : shown(value))])),
    !details.userArn && notice("info", "This ICC will be a draft.", h("p", {}, "Create the role with the External ID that you receive next, then enter the role's ARN here.")),
    warningNotices(answer.warnings),
  ];
}
