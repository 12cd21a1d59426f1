import { call, get, isAbort, Problem } from "../app/api.js";
import { fill, freshID, h } from "../app/element.js";
import { asTyped, cleaned, fieldError } from "../app/rules.js";
import { Field } from "./field.js";
import { errorList, notice, problemNotice } from "./notice.js";
import { smartPaste } from "./smart-paste.js";

/** The pause in typing, in milliseconds, before a request is sent. */
const PAUSE = 500;

const FIELDS = [
  { name: "name", label: "Name", hint: "The name shown in the list. Must be unique among your ICCs.", example: "Acme exports" },
  { name: "description", label: "Description", hint: "What this import is for.", isOptional: true, isMultiline: true, example: "Weekly CRM export" },
  { name: "userArn", label: "User ARN", hint: "The ARN of the role, not of a user, from IAM > Roles > your role > Summary. Leave it empty until the role exists; the ICC is a draft until then.", isOptional: true, isCode: true, example: "arn:aws:iam::111122223333:role/infosum-import" },
  { name: "sessionName", label: "Session Name", hint: "You choose it. It is the last part of the Principal, so your trust policy must use the same name.", isCode: true, example: "acme-import" },
  { name: "bucketName", label: "Bucket name", hint: "Only the name, without s3:// and without a path.", isCode: true, example: "acme-data" },
  { name: "bucketOwner", label: "Bucket owner", hint: "The ID of the account that owns the bucket, if it is not the role's account.", isOptional: true, isCode: true, example: "111122223333" },
  { name: "prefix", label: "Prefix", hint: "Limits the import to keys that start with this text. End it with / for a folder.", isOptional: true, isCode: true, example: "exports/" },
  { name: "filenames", label: "Filenames", hint: "One per line, relative to the prefix. * matches any run of characters, slashes included, and ? any one character. Leave it empty to import all files under the prefix.", isOptional: true, isCode: true, isMultiline: true, rows: 6, example: "*.csv", page: 2 },
  { name: "kmsKeyArn", label: "KMS key ARN", hint: "The customer managed key that encrypts the bucket, if there is one.", isOptional: true, isCode: true, example: "arn:aws:kms:eu-west-1:111122223333:key/…" },
];

const ORGANISATION = { name: "organisation", label: "Organisation", hint: "The organisation that owns this ICC. If empty: “default”.", isOptional: true, isCode: true, example: "default" };

/** The form with an ICC's fields, used to create and to edit. */
export class ICCForm {
  /**
   * @param {object} options
   * @param {Object<string, string|string[]|null>} [options.values]
   * @param {1|2} [options.page] shows only the fields of a page of the create dialog; by default all
   * @param {boolean} [options.asksOrganisation]
   * @param {() => {method: string, path: string, body: *, version?: number}} options.dryRun the request to send as a dry run; a null body sends none
   * @param {(values: Object<string, string|string[]>) => void} [options.typed] receives the values on every change
   * @param {(answer: *) => void} [options.onDryRun] receives the response of a successful dry run
   */
  constructor({ values = {}, page, asksOrganisation = false, dryRun, typed = () => {}, onDryRun = () => {} }) {
    this.dryRun = dryRun;
    this.typed = typed;
    this.onDryRun = onDryRun;
    /** @type {import("../app/api.js").FieldError[]} */
    this.errors = [];
    this.warnings = [];
    const suggestions = asksOrganisation && organisations();
    const shown = FIELDS.filter((field) => page === undefined || (field.page ?? 1) === page);
    const wanted = asksOrganisation ? [...shown, { ...ORGANISATION, list: suggestions.id }] : shown;
    this.fields = wanted.map((field) => new Field({ ...field, value: asTyped(values[field.name]) }, (changed, isTyped) => this.change(changed, isTyped)));
    smartPaste(this.fields);
    this.rest = h("div", { class: "rest", role: "status" });
    this.element = h("div", { class: "fields" }, this.rest, this.fields.map((field) => field.element), suggestions);
  }

  /** The values to send, by field name. */
  values() {
    return Object.fromEntries(this.fields.map((field) => [field.name, cleaned(field.name, field.text)]));
  }

  /** Sends a dry run now, shows all errors, and focuses the first. @returns {Promise<*>} the response, or null if a value is invalid */
  async settle() {
    clearTimeout(this.timer);
    this.fields.forEach((field) => { field.isTouched = true; });
    const answer = await this.ask();
    return this.isSound() && this.errors.length === 0 && !(answer instanceof Problem) ? answer : null;
  }

  /** Shows all errors that are known, and focuses the first. @returns {boolean} true if there are none */
  isSound() {
    this.fields.forEach((field) => { field.isTouched = true; });
    this.paint();
    const wrong = this.fields.find((field) => field.element.classList.contains("wrong"));
    wrong?.input.focus();
    return !wrong;
  }

  /** Returns true if every error of a failed request is about a field of this form. @param {*} problem */
  owns(problem) {
    const errors = errorsOf(problem);
    return errors.length > 0 && errors.every((entry) => this.fields.some((field) => isAbout(entry, field)));
  }

  /** Shows the errors of a failed request: at the fields they point to, otherwise above the form. @param {*} problem */
  refuse(problem) {
    this.errors = errorsOf(problem);
    this.paint();
    const strangers = this.errors.filter((entry) => !this.fields.some((field) => isAbout(entry, field)));
    if (this.errors.length === 0) fill(this.rest, problemNotice(problem));
    else if (strangers.length > 0) fill(this.rest, notice("error", problem.title, errorList(strangers)));
  }

  change(field, isTyped) {
    // Leaving the field changes nothing: if its note became shorter, the button that is being pressed would move.
    if (isTyped) {
      this.typed(this.values());
      this.errors = this.errors.filter((entry) => !isAbout(entry, field));
      this.warnings = this.warnings.filter((entry) => !isAbout(entry, field));
    }
    this.paint();
    clearTimeout(this.timer);
    if (this.isPlausible()) this.timer = setTimeout(() => this.element.isConnected && this.ask(), PAUSE);
  }

  /** Returns true if every value passes the simple rules; otherwise no request is sent. */
  isPlausible() {
    return this.fields.every((field) => fieldError(field.name, cleaned(field.name, field.text)) === null);
  }

  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    const { method, path, body, version } = this.dryRun();
    if (body === null) return {};
    try {
      const answer = await call(method, `${path}${path.includes("?") ? "&" : "?"}dryRun=true`, { body, version, signal: this.asking.signal });
      this.errors = [];
      this.warnings = answer.warnings ?? [];
      fill(this.rest);
      this.paint();
      this.onDryRun(answer);
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
      const value = cleaned(field.name, field.text);
      const first = (entries) => named(entries.find((entry) => isAbout(entry, field)), value);
      const wrong = fieldError(field.name, value) ?? first(this.errors) ?? null;
      const warning = first(this.warnings);
      if (field.isTouched && wrong) field.showError(wrong);
      else if (warning && !wrong) field.showError(warning, "warning");
      else field.showError(null);
    }
  }
}

/** Returns true if an error is about a field, or about an entry of its list. */
function isAbout(entry, field) {
  return entry.pointer === `/${field.name}` || entry.pointer?.startsWith(`/${field.name}/`);
}

/** The error with the entry of the list that it is about, if it does not name it. */
function named(entry, value) {
  const index = Array.isArray(value) && /\/(\d+)$/.exec(entry?.pointer ?? "")?.[1];
  return index && value[index] && !entry.detail.includes(value[index]) ? { ...entry, detail: `“${value[index]}”: ${entry.detail}` } : entry;
}

/** Existing organisations as suggestions. The field works without them. */
function organisations() {
  const list = h("datalist", { id: freshID("organisations") });
  get("/v1/organisations?limit=200").then((page) => fill(list, page.items.map(({ id, name }) => h("option", { value: id }, name))), () => {});
  return list;
}

function errorsOf(problem) {
  if (!(problem instanceof Problem)) return [];
  // The registry's text names the other ICC by its identifier, which users do not know.
  if (problem.code === "name.taken") {
    return [{ pointer: "/name", code: problem.code, detail: "This name is already in use.", hint: "Choose another name. Names are unique, ignoring case." }];
  }
  return problem.errors;
}
