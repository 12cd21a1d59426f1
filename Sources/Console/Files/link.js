/**
 * The page for the bearer of a link: the set-up of one ICC, without an account. The link's secret is in the address after
 * `#`, which browsers do not send. It is kept in memory only, and sent in a header.
 */
import { announce } from "./app/announce.js";
import { call, get, Problem, useSecret } from "./app/api.js";
import { fill, h } from "./app/element.js";
import { moment } from "./app/labels.js";
import { connectionTest } from "./link/connection.js";
import { checkTab } from "./panel/check.js";
import { Checklist } from "./panel/checklist.js";
import { page as guidePage } from "./panel/guide.js";
import { roleForm } from "./panel/role-form.js";
import { toolKit } from "./panel/setup.js";
import { notice, problemNotice } from "./parts/notice.js";

const content = document.getElementById("content");
const PATH = "/v1/hand-over";

async function start() {
  const secret = location.hash.slice(1);
  if (!/^icch_\w{43}_\w{6}$/.test(secret)) return tell(notice("error", "This link is incomplete", h("p", {}, "Copy it again, with everything after the # sign.")));
  useSecret(secret);
  fill(content, h("p", { class: "starting", role: "status" }, "Loading…"));
  try {
    show(await get(PATH));
  } catch (error) {
    const isOver = error instanceof Problem && [401, 410].includes(error.status);
    tell(isOver
      ? notice("error", "This link is not valid", h("p", {}, "It has expired, was used too often or was withdrawn. Ask the person who sent it for a new one."))
      : problemNotice(error, start));
  }
}

/** Shows a message instead of the steps. */
function tell(message) {
  fill(content, h("section", { class: "narrow", "aria-labelledby": "link-title" }, h("h1", { id: "link-title" }, "Set up AWS for InfoSum"), message));
}

/** Shows the steps that the link allows. @param {*} view the registry's response */
function show(view) {
  const allows = (permission) => view.allow.includes(permission);
  const bearer = { icc: iccOf(view), path: (rest) => `${PATH}/${rest}`, tools: [], next: () => null };
  const canVerify = allows("verify") && view.verificationConfigured;
  const reload = async () => { bearer.icc = iccOf(await get(PATH)); };
  const verify = () => call("POST", bearer.path("verify"));
  const afterwards = async () => {
    await reload();
    await checklist.load();
  };
  const checklist = new Checklist({
    icc: () => bearer.icc, path: bearer.path, people: people(allows), level: 2, hidesGuide: new Set(["verify"]), canVerify, verify, verified: reload,
    contents: {
      created: null,
      "user-arn": () => role(bearer, allows, checklist),
      check: allows("check") ? () => checkTab(bearer) : null,
      verify: () => (canVerify ? connectionTest(bearer.icc, verify, afterwards) : h("p", {}, "The person who sent you this link verifies the connection.")),
    },
  });
  fill(content, h("div", { class: "narrow link" }, introduction(view), guidePage(bearer), toolKit(bearer), checklist.element));
}

function iccOf(view) {
  return { ...view, id: view.iccId };
}

/** Who performs a step, for the bearer of a link. */
function people(allows) {
  const you = { name: "You", does: "You do this." };
  const sender = { name: "The sender of this link", does: "The person who sent you this link does this." };
  return {
    user: allows("set-user-arn") ? you : sender, "aws-administrator": you,
    infosum: { name: "InfoSum", does: allows("verify") ? "InfoSum does this when you ask." : sender.does },
  };
}

function role(bearer, allows, checklist) {
  if (!allows("set-user-arn")) return h("p", {}, bearer.icc.userArn ? h("code", {}, bearer.icc.userArn) : "Send the ARN to the person who sent you this link.");
  return roleForm(bearer.icc.userArn, async (userArn) => {
    bearer.icc = iccOf(await call("PATCH", PATH, { body: { userArn } }));
    announce("Saved");
    await checklist.roleSaved();
  });
}

function introduction(view) {
  return [
    h("h1", {}, "Set up AWS for InfoSum"),
    h("p", { class: "lead" }, "InfoSum imports data from your bucket ", h("code", {}, `${view.bucketName}${view.prefix && `/${view.prefix}`}`),
      " for “", h("span", { class: "value" }, view.name), "”. You need access to IAM in the AWS account, and no account here. The link works until ",
      h("time", { datetime: view.expiresAt }, moment(view.expiresAt)), "."),
  ];
}

// Another link in the same tab changes only the part after the # sign.
window.addEventListener("hashchange", () => location.reload());
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  content.focus();
});
start();
