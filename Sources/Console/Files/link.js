/**
 * The page for the bearer of a link: the set-up of one ICC, without an account. The link's secret is in the address after
 * `#`, which browsers do not send. It is kept in memory only, and sent in a header.
 */
import { get, Problem, useSecret } from "./app/api.js";
import { fill, h } from "./app/element.js";
import { moment } from "./app/labels.js";
import { connectionTest } from "./link/connection.js";
import { roleForm } from "./link/role.js";
import { checkTab } from "./panel/check.js";
import { setupTab } from "./panel/setup.js";
import { notice, problemNotice } from "./parts/notice.js";

const content = document.getElementById("content");
const PATH = "/v1/hand-over";

async function start() {
  const secret = location.hash.slice(1);
  if (!/^icch_\w{43}_\w{6}$/.test(secret)) return fill(content, invalid("This link is incomplete. Copy it again, with everything after the # sign."));
  useSecret(secret);
  fill(content, h("p", { class: "starting", role: "status" }, "Loading…"));
  try {
    show(await get(PATH));
  } catch (error) {
    const isOver = error instanceof Problem && [401, 410].includes(error.status);
    fill(content, isOver ? invalid("It has expired, was used too often or was withdrawn. Ask the person who sent it for a new one.") : problemNotice(error, start));
  }
}

function invalid(text) {
  return h("section", { class: "narrow", "aria-labelledby": "link-title" },
    h("h1", { id: "link-title" }, "Set up AWS for InfoSum"), notice("error", "This link is not valid", h("p", {}, text)));
}

/** Shows the steps that the link allows. @param {*} view the registry's response */
function show(view) {
  const bearer = { icc: { ...view, id: view.iccId }, path: (rest) => `${PATH}/${rest}`, tools: [], next: () => null };
  const allows = (permission) => view.allow.includes(permission);
  const verification = allows("verify") && view.verificationConfigured ? connectionTest(bearer) : null;
  const setup = h("div", {}, setupTab(bearer));
  const changed = (icc) => {
    bearer.icc = { ...icc, id: icc.iccId };
    fill(setup, setupTab(bearer));
    verification?.changed();
  };
  const steps = [
    ["Set up the role", setup],
    allows("check") && ["Check your policies", checkTab(bearer)],
    allows("set-user-arn") && ["Enter the role's ARN", roleForm(bearer, changed)],
    verification && ["Verify the connection", verification.element],
  ].filter(Boolean);
  fill(content, h("div", { class: "narrow link" },
    h("h1", {}, "Set up AWS for InfoSum"),
    h("p", { class: "lead" }, "InfoSum imports data from your bucket ", h("code", {}, `${view.bucketName}${view.prefix && `/${view.prefix}`}`),
      " for “", h("span", { class: "value" }, view.name), "”. You need access to IAM in the AWS account, and no account here. The link works until ",
      h("time", { datetime: view.expiresAt }, moment(view.expiresAt)), "."),
    steps.map(([title, body], index) => h("section", { class: "card", "aria-labelledby": `step-${index}` },
      h("h2", { id: `step-${index}` }, `${index + 1}. ${title}`), body))));
}

// Another link in the same tab changes only the part after the # sign.
window.addEventListener("hashchange", () => location.reload());
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  content.focus();
});
start();
