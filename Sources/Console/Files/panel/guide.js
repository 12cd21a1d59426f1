import { get } from "../app/api.js";
import { h, icon } from "../app/element.js";
import { busy } from "../parts/busy.js";
import { snippet, trustMarks } from "../parts/code.js";
import { download } from "../parts/copy.js";
import { notice, problemNotice } from "../parts/notice.js";

/**
 * The registry's set-up guide for an ICC. The registry writes every text and document; this only lays them out.
 * @param {import("./panel.js").Panel} panel
 * @param {AbortSignal} signal
 */
export async function guide(panel, signal) {
  const { blocks } = await get(panel.path("setup?format=guide"), { signal });
  return h("div", { class: "guide" }, page(panel), blocks.filter(({ type }) => type !== "title").map((one) => block(one, panel.icc)), panel.next());
}

/** A button that saves the guide as one file, which opens in any browser without a token. @param {import("./panel.js").Panel} panel */
export function page(panel) {
  const message = h("div", {});
  const save = async () => {
    try {
      download("infosum-import.html", [await get(panel.path("setup?format=guide"), { isText: true, accept: "text/html" })]);
      message.replaceChildren();
    } catch (error) {
      message.replaceChildren(problemNotice(error));
    }
  };
  const button = h("button", { type: "button", click: () => busy(button, save) }, icon("download"), "Download this guide");
  return h("div", {}, h("div", { class: "offer" }, button, panel.tools, h("p", { class: "fine" }, "The guide is one file. It opens in any browser, and you can print or send it.")), message);
}

/**
 * One block of the guide. A type that this page does not know is shown as its text.
 * @param {*} one
 * @param {*} icc
 */
export function block(one, icc) {
  switch (one.type) {
    case "heading": return h("h3", {}, text(one.text));
    case "steps": return h("ol", {}, one.steps.map((step) => h("li", {}, text(step))));
    case "trap": return notice("warning", "Take care", h("p", {}, text(one.text)));
    case "check": return notice("info", "Check", h("p", {}, text(one.text)));
    case "values": return h("dl", { class: "pairs" }, one.values.map(({ name, value }) => [h("dt", {}, name), h("dd", { class: "fixed" }, value || "–")]));
    case "code": return document(one, icc);
    default: return h("p", {}, text(one.text ?? []));
  }
}

/** A heading without its number: a checklist has an order of its own. @param {*} heading */
export function sectionTitle(heading) {
  return heading.text.map((span) => span.text ?? span.code).join("").replace(/^\d+\. /, "");
}

function text(spans) {
  return spans.map((span) => {
    const content = span.code === undefined ? span.text : h("code", {}, span.code);
    return span.bold ? h("strong", {}, content) : content;
  });
}

function document({ title, file, content }, icc) {
  const marks = file === "trust-policy.json" ? trustMarks(content, icc) : new Map();
  return snippet({ title, file, text: content, marks });
}
