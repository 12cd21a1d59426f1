import { announce } from "../app/announce.js";
import { call } from "../app/api.js";
import { h } from "../app/element.js";
import { can, session } from "../app/session.js";
import { ask } from "../parts/dialog.js";
import { notice, warningNotices } from "../parts/notice.js";
import { checkTab } from "./check.js";
import { Checklist } from "./checklist.js";
import { policyQuestion } from "./edit.js";
import { page } from "./guide.js";
import { holdNotice } from "./hold.js";
import { roleForm } from "./role-form.js";
import { toolKit } from "./setup.js";
import { askIfUsed } from "./usages.js";
import { awsValues } from "./values.js";
import { VERDICTS } from "./verification.js";
import { verifyTab } from "./verify.js";

const PEOPLE = {
  user: { name: "You", does: "You do this here." },
  "aws-administrator": { name: "Your AWS administrator", does: "Your AWS administrator does this." },
  infosum: { name: "InfoSum", does: "InfoSum does this when you ask." },
};

/**
 * The set-up of an ICC that is not verified: one checklist from the created ICC to the verified connection.
 * @param {import("./panel.js").Panel} panel
 */
export function stepsTab(panel) {
  const { icc } = panel;
  const checklist = new Checklist({
    icc: () => panel.icc, path: panel.path, people: PEOPLE, level: 3, hidesGuide: new Set(["created", "verify"]),
    contents: contents(panel, () => checklist),
    canVerify: can("icc.verify") && session().verificationConfigured,
    verify: () => call("POST", panel.path("verify")),
    verified: () => refreshed(panel),
  });
  panel.openStep = (step) => checklist.open(step);
  return h("div", { class: "setup" },
    holdNotice(panel),
    warningNotices(icc.warnings),
    page(panel), toolKit(panel), checklist.element);
}

/** Loads the ICC again. A verified one has other tabs. */
async function refreshed(panel) {
  await panel.refresh();
  if (panel.icc.status === "verified") panel.put(panel.icc, notice("done", VERDICTS.verified.title, h("p", {}, VERDICTS.verified.text)));
}

function contents(panel, checklist) {
  const verifying = Object.assign(Object.create(panel), {
    refresh: async () => {
      await refreshed(panel);
      if (checklist().element.isConnected) await checklist().load();
    },
  });
  return {
    created: () => awsValues(panel.icc),
    "user-arn": () => role(panel, checklist),
    check: can("icc.check") ? () => checkTab(panel) : null,
    verify: () => (can("icc.verifications") ? verifyTab(verifying) : h("p", {}, "Ask a colleague who can verify ICCs.")),
  };
}

function role(panel, checklist) {
  const { userArn } = panel.icc;
  if (userArn) return h("p", {}, "The role is ", h("code", {}, userArn), ". To change it, edit the details.");
  if (!can("icc.change")) return h("p", {}, "Your token cannot change ICCs. Ask a colleague to enter the ARN.");
  return roleForm(null, async (text) => {
    if (await saveRole(panel, text)) await checklist().roleSaved();
  });
}

/** Saves the role's ARN, after a question if other ICCs use the role. @returns {Promise<boolean>} true if it was saved */
async function saveRole(panel, userArn) {
  const { icc } = panel;
  const send = (query) => call("PATCH", panel.path("") + query, { body: { userArn }, version: icc.version });
  const trial = await send("?dryRun=true&force=true");
  if (trial.trustPolicyChanged && !(await ask(policyQuestion(icc, trial)))) return false;
  const saved = await askIfUsed(send, "Save anyway");
  if (saved === undefined) return false;
  announce("Saved");
  await panel.refresh();
  return true;
}
