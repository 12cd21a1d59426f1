import { call } from "../app/api.js";
import { draft, saveDraft } from "../app/drafts.js";
import { fill, freshID, h } from "../app/element.js";
import { busy } from "../parts/busy.js";
import { notice, problemNotice } from "../parts/notice.js";
import { documentResult, VERDICTS } from "./findings.js";

const DOCUMENTS = [
  { key: "trustPolicy", label: "Trust policy", hint: "From IAM > Roles > your role > Trust relationships." },
  { key: "permissionPolicy", label: "Permission policy", hint: "The policy attached to the role, from its Permissions tab." },
  { key: "bucketPolicy", label: "Bucket policy", hint: "From Amazon S3 > your bucket > Permissions." },
  { key: "keyPolicy", label: "Key policy", hint: "From KMS > Customer managed keys > the key that encrypts the bucket > Key policy." },
];

/**
 * Checks pasted policies without contacting AWS.
 * @param {import("./panel.js").Panel} panel
 */
export function checkTab(panel) {
  const { id } = panel.icc;
  const texts = draft(`check:${id}`) ?? {};
  const result = h("div", { class: "result", role: "status", tabindex: "-1" });
  const button = h("button", { type: "submit", class: "primary" }, "Check");
  const typed = (key, text) => {
    texts[key] = text;
    saveDraft(`check:${id}`, Object.values(texts).some(Boolean) ? texts : null);
  };
  const submit = (event) => {
    event.preventDefault();
    busy(button, async () => {
      fill(result, await check(panel.path("check"), texts));
      result.focus({ preventScroll: true });
      result.scrollIntoView({ block: "nearest" });
    });
  };
  return h("form", { class: "check-form", novalidate: true, submit },
    h("p", { class: "lead" }, "Paste the policy from AWS. It is checked against this ICC; nothing is stored and nothing is sent to AWS."),
    area(DOCUMENTS[0], texts, typed),
    h("details", { open: DOCUMENTS.slice(1).some(({ key }) => texts[key]) }, h("summary", {}, "Permission policy, bucket policy and key policy"),
      DOCUMENTS.slice(1).map((entry) => area(entry, texts, typed))),
    h("div", { class: "actions start" }, button), result);
}

function area({ key, label, hint }, texts, typed) {
  const id = freshID(key);
  return h("div", { class: "field" }, h("label", { for: id }, label),
    h("textarea", {
      id, name: key, rows: key === "trustPolicy" ? "9" : "6", class: "fixed", spellcheck: "false", autocomplete: "off", value: texts[key] ?? "",
      "aria-describedby": `${id}-note`, input: (event) => typed(key, event.target.value),
    }),
    h("p", { class: "note", id: `${id}-note` }, hint));
}

async function check(path, texts) {
  const given = DOCUMENTS.filter(({ key }) => (texts[key] ?? "").trim() !== "");
  if (given.length === 0) return notice("error", "Paste a policy first.");
  const body = Object.fromEntries(given.map(({ key }) => [key, texts[key]]));
  try {
    const answer = await call("POST", path, { body });
    const verdict = VERDICTS[answer.verdict] ?? { kind: "info", title: answer.verdict, text: "" };
    return [
      notice(verdict.kind, given.length > 1 ? `${verdict.title}, all policies together` : verdict.title, h("p", {}, verdict.text)),
      given.map(({ key, label }) => answer[key] && documentResult(label, texts[key], answer[key], given.length > 1))];
  } catch (error) {
    return problemNotice(error);
  }
}
