import { draft } from "../app/drafts.js";
import { fill, h } from "../app/element.js";
import { actor } from "../app/names.js";
import { can } from "../app/session.js";
import { CONNECTORS, moment, shown, STATUSES } from "../app/labels.js";
import { notice, warningNotices } from "../parts/notice.js";
import { editForm } from "./edit.js";
import { holdNotice } from "./hold.js";
import { remove, restore, toggle } from "./lifecycle.js";
import { rotationBox, rotate } from "./rotation.js";
import { roleBox } from "./role-box.js";
import { awsValues } from "./values.js";
import { usagesNow } from "./usages.js";
import { VERDICTS } from "./verification.js";

/**
 * The values of an ICC; the two that AWS needs come first.
 * @param {import("./panel.js").Panel} panel
 */
export function detailsTab(panel) {
  const body = h("div", { class: "details" });
  const { id, deletedAt } = panel.icc;
  if (!deletedAt && can("icc.change") && draft(`edit:${id}`)) edit(panel, body);
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
    panel.clearMessage();
    edit(panel, body);
    body.querySelector(icc.userArn ? "input" : "input[name=userArn]").focus();
  };
  fill(body,
    toolbar(panel, begin),
    icc.deletedAt && notice("info", `Deleted on ${moment(icc.deletedAt)}`, h("p", {}, "If you restore it, it keeps its External ID, and the trust policy in AWS works again without a change.")),
    holdNotice(panel),
    icc.status === "draft" && !icc.deletedAt && notice("info", "The User ARN is missing",
      h("p", {}, "Create the role in AWS with the values below, then enter its ARN."),
      can("icc.change") && h("button", { type: "button", click: begin }, "Set the User ARN")),
    warningNotices(icc.warnings),
    awsValues(icc),
    icc.pendingExternalId && !icc.deletedAt && rotationBox(panel),
    h("dl", { class: "pairs" }, pairs(icc)), roleBox(panel));
}

function pairs(icc) {
  const status = STATUSES[icc.status];
  const rows = [
    ["Status", status ? `${status.text}. ${status.meaning}` : icc.status],
    ["Description", shown(icc.description)],
    ["User ARN", shown(icc.userArn), "fixed"], ["Session Name", icc.sessionName, "fixed"], ["Bucket name", icc.bucketName, "fixed"],
    ["Bucket owner", icc.bucketOwner ?? "The role's account", icc.bucketOwner && "fixed"], ["Prefix", shown(icc.prefix), "fixed"],
    ["Filenames", icc.filenames.length > 0 ? icc.filenames.join("\n") : "All under the prefix", icc.filenames.length > 0 && "fixed lines"], ["KMS key ARN", shown(icc.kmsKeyArn), "fixed"],
    ["Connector type", CONNECTORS[icc.connectorType] ?? icc.connectorType], ["Organisation", icc.organisation],
    ["Imports", icc.enabled ? "Enabled: import workers may use this ICC." : "Disabled: import workers must not use this ICC."],
    ["Last verification", icc.lastVerification ? `${VERDICTS[icc.lastVerification.verdict].title}, ${moment(icc.lastVerification.startedAt)}` : "–"],
    ["Import jobs", can("icc.usages") && !icc.deletedAt ? usagesNow(icc.id) : "–"],
    ["Created", [`${moment(icc.createdAt)} by `, actor(icc.createdBy)]], ["Changed", [`${moment(icc.updatedAt)} by `, actor(icc.updatedBy)]],
    ["ID", icc.id, "fixed"], ["Version", icc.version],
  ];
  return rows.map(([term, text, style]) => [h("dt", {}, term), h("dd", { class: style }, text)]);
}

function toolbar(panel, begin) {
  const { icc } = panel;
  const button = (action, text, click, style) => can(action) && h("button", { type: "button", class: style, click, "data-edit": click === begin }, text);
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
