import { announce } from "../app/announce.js";
import { call, idempotencyKey, Problem } from "../app/api.js";
import { draft, saveDraft } from "../app/drafts.js";
import { fill, h, icon } from "../app/element.js";
import { address, go } from "../app/route.js";
import { can, session } from "../app/session.js";
import { title } from "../app/title.js";
import { CONNECTORS, MEMBERS, shown } from "../app/labels.js";
import { busy } from "../parts/busy.js";
import { ICCForm } from "../parts/icc-form.js";
import { errorList, notice, problemNotice } from "../parts/notice.js";

const DRAFT = "new";

/** The screen that creates an ICC in two steps: details, then review. */
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
  const form = new ICCForm({
    values: kept ?? {},
    asksOrganisation: session().organisation === null,
    dryRun: () => ({ method: "POST", path: "/v1/iccs", body: request() }),
    typed: (values) => saveDraft(DRAFT, Object.values(values).some(Boolean) ? values : null),
  });
  const request = () => ({ connectorType: type.value, ...filled(form.values()) });
  const showDetails = () => {
    fill(body, progress(1), details(type, form, showReview));
    (form.fields.find((field) => field.element.classList.contains("wrong")) ?? form.fields[0]).input.focus();
  };
  const showReview = (answer) => {
    const refused = (problem) => { form.refuse(problem); showDetails(); };
    fill(body, progress(2), review(request(), answer, showDetails, refused));
    body.querySelector("h2").focus();
  };
  fill(body, progress(1), kept && notice("info", "Your earlier input is still here."), details(type, form, showReview));
}

/** Leaves out empty optional fields, so that the registry uses its defaults. */
function filled(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}

function progress(step) {
  const part = (number, text) => h("li", { "aria-current": number === step ? "step" : null, class: number < step ? "past" : null }, text);
  return h("ol", { class: "steps", "aria-label": "Steps" }, part(1, "Details"), part(2, "Review"));
}

function details(type, form, next) {
  const button = h("button", { type: "submit", class: "primary" }, "Next");
  const settle = async () => {
    const answer = await form.settle();
    if (answer !== null) next(answer);
  };
  const submit = (event) => {
    event.preventDefault();
    busy(button, settle);
  };
  return h("form", { class: "card", novalidate: true, submit },
    h("div", { class: "field" }, h("label", { for: type.id }, "Connector type"), type),
    h("h2", {}, "Details"), form.element,
    h("div", { class: "actions" }, h("a", { class: "button", href: address("iccs"), click: () => saveDraft(DRAFT, null) }, "Cancel"), button));
}

function review(request, answer, back, refused) {
  const key = idempotencyKey();
  const message = h("div", {});
  const button = h("button", { type: "submit", class: "primary" }, "Submit");
  const create = async () => {
    try {
      const icc = await call("POST", "/v1/iccs", { body: request, key });
      saveDraft(DRAFT, null);
      announce(`${icc.name} created`);
      go(address("iccs", { icc: icc.id }));
    } catch (error) {
      if (error instanceof Problem && [409, 422].includes(error.status)) refused(error);
      else fill(message, problemNotice(error));
    }
  };
  const submit = (event) => {
    event.preventDefault();
    busy(button, create);
  };
  const rows = Object.entries({ userArn: "", prefix: "", kmsKeyArn: "", ...request });
  const order = Object.keys(MEMBERS);
  rows.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return h("form", { class: "card", submit, novalidate: true },
    h("h2", { tabindex: "-1" }, "Review"),
    h("dl", { class: "pairs" }, rows.map(([name, value]) => [h("dt", {}, MEMBERS[name]), h("dd", {}, name === "connectorType" ? CONNECTORS[value] : shown(value))])),
    !request.userArn && notice("info", "This ICC will be a draft.", h("p", {}, "Create the role with the External ID that you receive next, then enter the role's ARN here.")),
    answer.warnings?.length > 0 && notice("warning", "Warnings", errorList(answer.warnings)),
    message,
    h("div", { class: "actions" }, h("button", { type: "button", click: back }, "Back"), button));
}
