import { get, isAbort } from "../app/api.js";
import { fill, h, keepingFocus } from "../app/element.js";
import { snippet } from "../parts/code.js";
import { problemNotice } from "../parts/notice.js";
import { tabs } from "../parts/tabs.js";
import { guide } from "./guide.js";

const FORMATS = [
  { key: "guide", text: "By hand" },
  { key: "cli", text: "AWS CLI", title: "Shell script", file: "set-up.sh", what: "A script for the AWS CLI. It creates the role, or adds InfoSum to the role if it exists. You can run it again." },
  { key: "cloudformation", text: "CloudFormation", title: "CloudFormation template", file: "infosum-import.json", what: "A template that creates the role, or attaches the permission policy to an existing role." },
  { key: "terraform", text: "Terraform", title: "Terraform", file: "infosum-import.tf", what: "Terraform code that creates the role, or attaches the permission policy to an existing role." },
];

/**
 * The set-up kit: the steps in AWS in four forms.
 * @param {import("./panel.js").Panel} panel
 */
export function setupTab(panel) {
  return kitIn(FORMATS, panel);
}

/**
 * The forms of the set-up kit for tools, which perform all steps in AWS at once. They are loaded when the box is opened.
 * @param {import("./panel.js").Panel} panel
 */
export function toolKit(panel) {
  const place = h("div", {});
  const load = () => place.childElementCount === 0 && fill(place, kitIn(FORMATS.slice(1), panel));
  return h("details", { class: "tool-kit", toggle: load }, h("summary", {}, "Do the AWS steps with a script or a template"), place);
}

function kitIn(formats, panel) {
  const view = { panel, asking: null };
  view.tabs = tabs("Ways to set up", formats, formats[0].key, (key) => show(view, key));
  view.tabs.list.classList.add("minor");
  show(view, formats[0].key);
  return h("div", { class: "setup" }, view.tabs.list, view.tabs.body);
}

async function show(view, key) {
  view.asking?.abort();
  view.asking = new AbortController();
  view.tabs.select(key);
  const format = FORMATS.find((entry) => entry.key === key);
  if (view.tabs.body.childElementCount === 0) fill(view.tabs.body, h("div", { class: "waiting" }, h("span", { class: "away" }, "Loading"), h("span", { class: "bone tall" })));
  try {
    const content = key === "guide" ? await guide(view.panel, view.asking.signal) : await kit(view, format);
    put(view, content);
  } catch (error) {
    if (!isAbort(error)) put(view, problemNotice(error, () => show(view, key)));
  }
}

/** Shows the content. If the focused button, such as “Try again”, is removed, the content receives the focus. */
function put(view, content) {
  keepingFocus(view.tabs.body, () => fill(view.tabs.body, content), () => view.tabs.body);
}

async function kit(view, format) {
  const text = await get(view.panel.path(`setup?format=${format.key}`), { isText: true, signal: view.asking.signal });
  return [h("p", { class: "lead" }, format.what), snippet({ title: format.title, file: format.file, text })];
}
