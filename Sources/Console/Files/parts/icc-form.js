import { call, get, isAbort, Problem } from "../app/api.js";
import { fill, freshID, h } from "../app/element.js";
import { cleaned, fault } from "../app/rules.js";
import { Field } from "./field.js";
import { faultList, notice, problemNotice } from "./notice.js";

/** How long a pause in typing is before the registry is asked. */
const PAUSE = 500;

const FIELDS = [
  { name: "name", label: "Name", hint: "How this ICC is called in the list. Unique among your ICCs.", example: "Acme exports" },
  { name: "userArn", label: "User ARN", hint: "The role's ARN, not a user's: IAM, Roles, your role, Summary. Leave it empty while the role does not exist: the ICC is then a draft.", isOptional: true, isCode: true, example: "arn:aws:iam::111122223333:role/infosum-import" },
  { name: "sessionName", label: "Session Name", hint: "Your own choice. It becomes the end of the Principal, so the same name stands in your trust policy.", isCode: true, example: "acme-import" },
  { name: "bucketName", label: "Bucket name", hint: "The name alone, without s3:// and without a path.", isCode: true, example: "acme-data" },
  { name: "prefix", label: "Prefix", hint: "Limits the import to keys that begin with this text; end it with / to mean a folder.", isOptional: true, isCode: true, example: "exports/" },
  { name: "kmsKeyArn", label: "KMS key ARN", hint: "The key that encrypts the bucket, if you use one of your own.", isOptional: true, isCode: true, example: "arn:aws:kms:eu-west-1:111122223333:key/…" },
];

const ORGANISATION = { name: "organisation", label: "Organisation", hint: "Whose ICC this is. Left empty it belongs to “default”.", isOptional: true, isCode: true, example: "default" };

/** The details section: shared by creating and editing. */
export class ICCForm {
  /**
   * @param {object} options
   * @param {Object<string, string|null>} [options.values]
   * @param {boolean} [options.asksOrganisation]
   * @param {() => {method: string, path: string, body: *, version?: number}} options.trial the call that tries the values without writing; body null for nothing to try
   * @param {(values: Object<string, string>) => void} [options.typed] gets the values at every change
   * @param {(answer: *) => void} [options.tried] gets the answer of a trial that passed
   */
  constructor({ values = {}, asksOrganisation = false, trial, typed = () => {}, tried = () => {} }) {
    this.trial = trial;
    this.typed = typed;
    this.tried = tried;
    /** @type {import("../app/api.js").Fault[]} */
    this.faults = [];
    this.warnings = [];
    const suggestions = asksOrganisation && organisations();
    const wanted = asksOrganisation ? [...FIELDS, { ...ORGANISATION, list: suggestions.id }] : FIELDS;
    this.fields = wanted.map((field) => new Field({ ...field, value: values[field.name] ?? "" }, (changed, isTyped) => this.change(changed, isTyped)));
    this.rest = h("div", { class: "rest", role: "status" });
    this.element = h("div", { class: "fields" }, this.rest, this.fields.map((field) => field.element), suggestions);
  }

  /** The values as they are sent: cleaned, by member. */
  values() {
    return Object.fromEntries(this.fields.map((field) => [field.name, cleaned(field.name, field.text)]));
  }

  /** Asks the registry now, shows every fault, and moves to the first. @returns {Promise<*>} the answer, or null where something is wrong */
  async settle() {
    clearTimeout(this.timer);
    this.fields.forEach((field) => { field.isTouched = true; });
    const answer = await this.ask();
    this.paint();
    const wrong = this.fields.find((field) => field.element.classList.contains("wrong"));
    wrong?.input.focus();
    return wrong || this.faults.length > 0 || answer instanceof Problem ? null : answer;
  }

  /** Shows what a call refused: beside its fields where it points to them, above them otherwise. @param {*} problem */
  refuse(problem) {
    this.faults = faultsOf(problem);
    this.paint();
    const strangers = this.faults.filter((entry) => !this.fields.some((field) => entry.pointer === `/${field.name}`));
    if (this.faults.length === 0) fill(this.rest, problemNotice(problem));
    else if (strangers.length > 0) fill(this.rest, notice("error", problem.title, faultList(strangers)));
  }

  change(field, isTyped) {
    if (isTyped) this.typed(this.values());
    this.faults = this.faults.filter((entry) => entry.pointer !== `/${field.name}`);
    this.warnings = this.warnings.filter((entry) => entry.pointer !== `/${field.name}`);
    this.paint();
    clearTimeout(this.timer);
    if (this.isPlausible()) this.timer = setTimeout(() => this.element.isConnected && this.ask(), PAUSE);
  }

  /** Whether the simple rules let every value pass: only then is it worth asking. */
  isPlausible() {
    return this.fields.every((field) => fault(field.name, cleaned(field.name, field.text)) === null);
  }

  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    const { method, path, body, version } = this.trial();
    if (body === null) return {};
    try {
      const answer = await call(method, `${path}?dryRun=true`, { body, version, signal: this.asking.signal });
      this.faults = [];
      this.warnings = answer.warnings ?? [];
      fill(this.rest);
      this.paint();
      this.tried(answer);
      return answer;
    } catch (error) {
      if (isAbort(error)) return null;
      if (error.status === 412) return {};
      this.refuse(error);
      return error;
    }
  }

  paint() {
    for (const field of this.fields) {
      const at = (entry) => entry.pointer === `/${field.name}`;
      const wrong = fault(field.name, cleaned(field.name, field.text)) ?? this.faults.find(at) ?? null;
      const warning = this.warnings.find(at);
      if (field.isTouched && wrong) field.say(wrong);
      else if (warning && !wrong) field.say(warning, "warning");
      else field.say(null);
    }
  }
}

/** The organisations that there are, as suggestions; without them the field can be filled in all the same. */
function organisations() {
  const list = h("datalist", { id: freshID("organisations") });
  get("/v1/organisations?limit=200").then((page) => fill(list, page.items.map(({ id, name }) => h("option", { value: id }, name))), () => {});
  return list;
}

function faultsOf(problem) {
  if (!(problem instanceof Problem)) return [];
  // The registry's own words name the other ICC by its identifier, which nobody knows by heart.
  if (problem.code === "name.taken") {
    return [{ pointer: "/name", code: problem.code, detail: "This name is taken.", hint: "Choose another one: names are unique, ignoring case." }];
  }
  return problem.errors;
}
