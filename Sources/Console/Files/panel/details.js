import { draft } from "../app/drafts.js";
import { fill, h } from "../app/element.js";
import { may } from "../app/session.js";
import { CONNECTORS, moment, shown, STATUSES } from "../app/words.js";
import { copyButton } from "../parts/copy.js";
import { faultList, notice } from "../parts/notice.js";
import { editForm } from "./edit.js";
import { remove, restore, toggle } from "./lifecycle.js";
import { rotationBox, rotate } from "./rotation.js";
import { VERDICTS } from "./verification.js";

/**
 * The values of an ICC: first the two that go to AWS.
 * @param {import("./panel.js").Panel} panel
 */
export function detailsTab(panel) {
  const body = h("div", { class: "details" });
  const { id, deletedAt } = panel.icc;
  if (!deletedAt && may("icc.change") && draft(`edit:${id}`)) edit(panel, body);
  else showValues(panel, body);
  return body;
}

function edit(panel, body) {
  fill(body, editForm(panel, () => {
    showValues(panel, body);
    body.querySelector("[data-edit]")?.focus();
  }));
}

function showValues(panel, body) {
  const { icc } = panel;
  const begin = () => {
    panel.hush();
    edit(panel, body);
    body.querySelector(icc.userArn ? "input" : "input[name=userArn]").focus();
  };
  fill(body,
    icc.deletedAt && notice("info", `Deleted on ${moment(icc.deletedAt)}`, h("p", {}, "Restored, it comes back with the same External ID, and the trust policy in AWS works again as it stands.")),
    icc.status === "draft" && !icc.deletedAt && notice("info", "The User ARN is still missing",
      h("p", {}, "Create the role in AWS with the values below, then enter its ARN."),
      may("icc.change") && h("button", { type: "button", click: begin }, "Set the User ARN")),
    icc.warnings?.length > 0 && notice("warning", icc.warnings.length === 1 ? "A warning" : "Warnings", faultList(icc.warnings)),
    h("section", { class: "keys", "aria-label": "Values for AWS" },
      keyValue("External ID", icc.externalId, "For the trust policy's sts:ExternalId. Made by the registry; no secret."),
      icc.pendingExternalId && keyValue("Pending External ID", icc.pendingExternalId, "Becomes the External ID when the rotation is completed."),
      keyValue("Principal", icc.principal, "The one session that your role has to trust. It ends with your Session Name.")),
    icc.pendingExternalId && rotationBox(panel),
    h("dl", { class: "pairs" }, pairs(icc)),
    toolbar(panel, begin));
}

function keyValue(label, value, meaning) {
  return h("div", { class: "key" },
    h("div", { class: "head" }, h("h3", {}, label), copyButton(label, () => value)),
    h("p", { class: "value fixed", "data-value": label }, value),
    h("p", { class: "note" }, meaning));
}

function pairs(icc) {
  const status = STATUSES[icc.status];
  const rows = [
    ["Status", status ? `${status.text}. ${status.meaning}` : icc.status],
    ["User ARN", shown(icc.userArn), "fixed"], ["Session Name", icc.sessionName, "fixed"], ["Bucket name", icc.bucketName, "fixed"],
    ["Prefix", shown(icc.prefix), "fixed"], ["KMS key ARN", shown(icc.kmsKeyArn), "fixed"],
    ["Connector type", CONNECTORS[icc.connectorType] ?? icc.connectorType], ["Organisation", icc.organisation],
    ["Imports", icc.enabled ? "Enabled: import workers may use this ICC." : "Disabled: import workers are told not to use this ICC."],
    ["Last verification", icc.lastVerification ? `${VERDICTS[icc.lastVerification.verdict].title}, ${moment(icc.lastVerification.startedAt)}` : "–"],
    ["Created", `${moment(icc.createdAt)} by ${icc.createdBy}`], ["Changed", `${moment(icc.updatedAt)} by ${icc.updatedBy}`],
    ["ID", icc.id, "fixed"], ["Version", icc.version],
  ];
  return rows.map(([term, text, style]) => [h("dt", {}, term), h("dd", { class: style }, text)]);
}

function toolbar(panel, begin) {
  const { icc } = panel;
  const button = (action, text, click, style) => may(action) && h("button", { type: "button", class: style, click, "data-edit": click === begin }, text);
  const buttons = icc.deletedAt
    ? [button("icc.restore", "Restore", () => restore(panel), "primary")]
    : [
        button("icc.change", "Edit", begin),
        !icc.pendingExternalId && button("icc.rotate", "Rotate External ID", () => rotate(panel)),
        button("icc.switch", icc.enabled ? "Disable" : "Enable", () => toggle(panel)),
        button("icc.delete", "Delete", () => remove(panel), "danger-quiet"),
      ];
  const offered = buttons.filter(Boolean);
  return offered.length > 0 && h("div", { class: "toolbar", role: "group", "aria-label": "Actions" }, offered);
}
