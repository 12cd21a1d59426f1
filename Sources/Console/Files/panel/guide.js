import { get, iccPath } from "../app/api.js";
import { h } from "../app/element.js";
import { changed } from "../app/route.js";
import { can } from "../app/session.js";
import { snippet, trustMarks } from "../parts/code.js";
import { notice, problemNotice } from "../parts/notice.js";

/**
 * The set-up by hand, step by step, with this ICC's values in place.
 * @param {import("./panel.js").Panel} panel
 * @param {AbortSignal} signal
 */
export async function guide(panel, signal) {
  const { icc } = panel;
  const names = ["permission-policy", "trust-policy", ...(icc.userArn ? ["bucket-policy"] : []), ...(icc.kmsKeyArn && icc.userArn ? ["key-policy"] : [])];
  const documents = new Map(await Promise.all(names.map(async (name) => [name, await document(icc, name, signal)])));
  return h("ol", { class: "guide" },
    permissionStep(documents), roleStep(icc), trustStep(icc, documents), arnStep(icc), bucketStep(icc, documents),
    icc.kmsKeyArn && keyStep(icc, documents), lastStep());
}

/** One document as text; a rejectedTokenMessage is shown in its place, so that the other steps can still be read. */
async function document(icc, name, signal) {
  try {
    return await get(iccPath(icc.id, name), { isText: true, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return error;
  }
}

function policy(documents, name, title, marks = () => new Map()) {
  const text = documents.get(name);
  return typeof text === "string" ? snippet({ title, file: `${name}.json`, text, marks: marks(text) }) : problemNotice(text);
}

function step(title, ...children) {
  return h("li", {}, h("h3", {}, title), children);
}

function permissionStep(documents) {
  return step("Make the permission policy",
    h("p", {}, "IAM, Policies, Create policy, JSON: put this in the place of what stands there. It lets the role list the bucket and read from it, and nothing else."),
    policy(documents, "permission-policy", "Permission policy"));
}

function roleStep(icc) {
  return step(icc.userArn ? "Attach it to the role" : "Make the role",
    icc.userArn
      ? h("p", {}, "IAM, Roles, ", h("code", {}, icc.userArn), ": add the policy under Permissions.")
      : h("p", {}, "IAM, Roles, Create role. Choose “Custom trust policy”, put in the policy of the next step at once, and attach the permission policy."));
}

function trustStep(icc, documents) {
  return step("Put in the trust policy",
    h("p", {}, "On the role's page: Trust relationships, Edit trust policy. Replace all that stands there; what AWS puts in by itself (a service such as s3.amazonaws.com) is not needed."),
    icc.pendingExternalId && notice("info", "While the rotation is under way the policy allows both External IDs."),
    policy(documents, "trust-policy", "Trust policy", (text) => trustMarks(text, icc)));
}

function arnStep(icc) {
  if (icc.userArn) return step("Compare the role's ARN", h("p", {}, "The role's summary must show ", h("code", {}, icc.userArn), ". It is the ARN of the role, never of a user."));
  return step("Enter the role's ARN here",
    h("p", {}, "Copy the ARN from the role's summary, and enter it as the User ARN of this ICC."),
    can("icc.change") && h("p", {}, h("a", { href: changed({ tab: null }) }, "To the details")));
}

function bucketStep(icc, documents) {
  return step("Look at the bucket policy",
    h("p", {}, "Only if the bucket has a policy that denies or limits access: it has to let your role in."),
    icc.userArn
      ? h("details", {}, h("summary", {}, "Bucket policy that lets the role in"), policy(documents, "bucket-policy", "Bucket policy"))
      : h("p", {}, "The statements are shown here once the User ARN is set."));
}

function keyStep(icc, documents) {
  return step("Let the role use the key",
    h("p", {}, "The policy of the key ", h("code", {}, icc.kmsKeyArn), " has to allow the role to decrypt."),
    icc.userArn && h("details", {}, h("summary", {}, "Statement for the key's policy"), policy(documents, "key-policy", "Key policy")));
}

function lastStep() {
  return step("Check what you have",
    can("icc.check")
      ? h("p", {}, "Copy the trust policy back out of AWS and ", h("a", { href: changed({ tab: "check" }) }, "check it here"), ". AWS takes up to some minutes to apply a change; then ", h("a", { href: changed({ tab: "verify" }) }, "verify the connection"), ".")
      : h("p", {}, "AWS takes up to some minutes to apply a change."));
}
