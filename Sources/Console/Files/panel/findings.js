import { h } from "../app/element.js";
import { difference } from "../app/difference.js";
import { copyButton } from "../parts/copy.js";
import { notice } from "../parts/notice.js";

/** @type {Object<string, {kind: string, title: string, text: string}>} */
export const VERDICTS = {
  works: { kind: "done", title: "Works", text: "InfoSum's session can assume the role with the right External ID only." },
  unsafe: { kind: "error", title: "Unsafe", text: "More than InfoSum's session with the right External ID can get access." },
  blocked: { kind: "error", title: "Blocked", text: "InfoSum's session does not get access." },
  undetermined: { kind: "info", title: "Undetermined", text: "The result depends on values the registry cannot see, such as source addresses or tags." },
};

const PROBES = [
  ["rightExternalId", "Right External ID", "allow"], ["noExternalId", "No External ID", "deny"],
  ["wrongExternalId", "Wrong External ID", "deny"], ["otherSession", "Another session", "deny"],
  ["listBucket", "List the bucket", "allow"], ["getObject", "Read objects", "allow"], ["kmsDecrypt", "Decrypt with the key", "allow"],
];
const OUTCOMES = { allow: "allowed", deny: "rejected", unknown: "undetermined" };
const KINDS = {
  "own-account": "your own account", "aws-service": "an AWS service", "other-icc": "another session of InfoSum",
  foreign: "another account or identity provider", public: "everyone",
};
const SEVERITIES = { error: "Error", warning: "Warning", info: "Note" };

/**
 * The result for one document.
 * @param {string} label
 * @param {string} text the pasted text
 * @param {*} result the registry's result for the document
 * @param {boolean} isOneOfMany true shows the document's own verdict
 */
export function documentResult(label, text, result, isOneOfMany) {
  const findings = result.findings ?? [];
  const verdict = VERDICTS[result.verdict]?.title ?? result.verdict;
  return h("section", { class: "document", "aria-label": `${label}: result` },
    h("h3", {}, isOneOfMany ? `${label}: ${verdict}` : label),
    result.probes && probes(result.probes),
    findings.length > 0 ? [annotated(label, text, findings)] : h("p", {}, "No findings."),
    others(result.others ?? []), siblings(result.siblings ?? []),
    result.corrected && correction(label, text, result.corrected));
}

function probes(outcomes) {
  return h("ul", { class: "probes", "aria-label": "Access" }, PROBES.filter(([key]) => key in outcomes).map(([key, name, wanted]) => {
    const outcome = outcomes[key];
    const tone = outcome === "unknown" ? "unknown" : outcome === wanted ? "good" : "bad";
    return h("li", { class: tone }, h("span", {}, name), h("strong", {}, OUTCOMES[outcome] ?? outcome));
  }));
}

/** Everyone else whom the policy lets in, whether intended or not. */
function others(entries) {
  if (entries.length === 0) return null;
  return h("div", { class: "company" }, h("h4", {}, "Who else gets access"),
    h("ul", {}, entries.map((entry) => h("li", {}, h("code", {}, entry.principal),
      ` · ${KINDS[entry.kind] ?? entry.kind}${Number.isInteger(entry.line) ? ` · line ${entry.line}` : ""}`,
      h("p", { class: "note" }, entry.conditions.length === 0 ? "No conditions." : `Only if ${entry.conditions.map(condition).join(" and ")}.`)))));
}

function condition({ operator, key, values }) {
  return `${key} ${operator} ${values.join(", ")}`;
}

/** The organisation's other ICCs on the role: storing a policy that leaves one out breaks its imports. */
function siblings(entries) {
  if (entries.length === 0) return null;
  const shutOut = entries.filter(({ served }) => !served);
  return h("div", { class: "company" }, h("h4", {}, "Your other ICCs on this role"),
    shutOut.length > 0 && notice("warning", shutOut.length === 1 ? "This policy shuts out 1 of your other ICCs" : `This policy shuts out ${shutOut.length} of your other ICCs`,
      h("p", {}, "Their imports fail if AWS has this policy. The set-up shows the policy for all of them.")),
    h("ul", {}, entries.map(({ name, served }) => h("li", { class: served ? "good" : "bad" }, name, " · ",
      h("strong", {}, served ? "can assume the role" : "cannot assume the role")))));
}

/** The pasted text with the findings below their lines; findings without a line come first. */
function annotated(label, text, findings) {
  const rows = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  const isPlaced = ({ line }) => Number.isInteger(line) && line >= 1 && line <= rows.length;
  const at = (line) => findings.filter((entry) => isPlaced(entry) && entry.line === line);
  const loose = findings.filter((entry) => !isPlaced(entry));
  return h("div", { class: "annotated" },
    loose.map((entry) => finding(entry)),
    h("ol", { tabindex: "0", "aria-label": `${label} with findings` }, rows.map((row, index) => {
      const here = at(index + 1);
      return h("li", { class: here.length > 0 && `hit ${here[0].severity}` }, h("code", {}, row || "\u00a0"), here.map(finding));
    })));
}

function finding(entry) {
  const place = Number.isInteger(entry.line) ? ` · line ${entry.line}${Number.isInteger(entry.column) ? `, column ${entry.column}` : ""}` : "";
  return h("div", { class: `finding ${entry.severity}` },
    h("p", { class: "title" }, `${SEVERITIES[entry.severity] ?? entry.severity}${place}`),
    h("p", {}, entry.message), entry.hint && h("p", { class: "hint" }, entry.hint));
}

function correction(label, text, corrected) {
  const after = JSON.stringify(corrected, null, 2);
  const before = normal(text);
  if (before === after) return null;
  const signs = { same: " ", removed: "−", added: "+" };
  const changes = { removed: "removed", added: "added" };
  return h("figure", { class: "snippet" },
    h("figcaption", {}, h("span", {}, "Correction (difference)"), h("span", { class: "tools" }, copyButton(`corrected ${label.toLowerCase()}`, () => `${after}\n`))),
    h("pre", { class: "difference", tabindex: "0", role: "region", "aria-label": `Corrected ${label.toLowerCase()}` },
      h("code", {}, difference(before, after).map(({ kind, text }) =>
        h("span", { class: `line ${kind}` }, h("span", { class: "sign", "aria-hidden": "true" }, signs[kind]), changes[kind] && h("span", { class: "away" }, `${changes[kind]}: `), `${text}\n`)))));
}

/** The text formatted like the correction, so that white space does not matter; text that is not JSON is not changed. */
function normal(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text.replace(/\r\n?/g, "\n").trimEnd();
  }
}
