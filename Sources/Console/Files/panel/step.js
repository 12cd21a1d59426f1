import { fill, h, icon, keepingFocus } from "../app/element.js";
import { block, sectionTitle } from "./guide.js";

const SIGNS = { done: "done", failed: "error", open: "pending" };
const STATES = { done: "Done", failed: "Not working", open: "To do" };

/** One step of the checklist. It opens by itself when it becomes the next one; afterwards the user opens and closes it. */
export class Step {
  /**
   * @param {string} name the registry's word for the step
   * @param {import("./checklist.js").ChecklistOptions} options
   * @param {{mark: () => void}} actions
   */
  constructor(name, options, actions) {
    this.name = name;
    this.options = options;
    this.sign = h("span", { class: "sign", "aria-hidden": "true" });
    this.title = h(`h${options.level}`, { class: "name" });
    this.performer = h("span", { class: "performer" });
    this.state = h("span", { class: "badge" });
    this.summary = h("summary", {}, this.sign, this.title, this.state, this.performer);
    this.detail = h("div", { class: "step-detail" });
    this.guide = h("div", { class: "guide" });
    this.links = h("div", { class: "actions start" });
    this.own = h("div", { class: "own" });
    this.foot = h("div", { class: "step-foot" });
    this.button = h("button", { type: "button", class: "primary", click: actions.mark }, "I have done it");
    this.box = h("details", {}, this.summary, h("div", { class: "step-body" }, this.detail, this.links, this.guide, this.own, this.foot));
    this.element = h("li", { "data-step": name }, this.box);
  }

  /**
   * Shows the step's present state.
   * @param {*} item the registry's description of the step
   * @param {*[]} blocks the section of the guide for it
   * @param {{isNext: boolean, isMarked: boolean, canMark: boolean}} view
   */
  show(item, blocks, { isNext, isMarked, canMark }) {
    const isSaid = isMarked && item.state === "open";
    const people = this.options.people[item.by];
    this.element.className = isNext ? `${item.state} next` : item.state;
    fill(this.sign, icon(isSaid ? "inconclusive" : SIGNS[item.state] ?? "pending"));
    this.title.textContent = item.title;
    this.performer.textContent = people.name;
    this.state.textContent = this.stateText(item, isNext, isSaid);
    this.state.className = `badge ${this.tone(item, isNext)}`;
    fill(this.detail, item.detail && h("p", { class: "failure" }, icon("error"), h("span", {}, h("strong", {}, "Error: "), item.detail)));
    fill(this.links, item.links.filter(({ url }) => url.startsWith("https:")).map(outside));
    if (this.shown !== JSON.stringify(blocks)) this.explain(blocks);
    if (this.ownState !== item.state) this.renew(item.state);
    this.button.textContent = item.state === "failed" ? "I have fixed it" : "I have done it";
    keepingFocus(this.foot, () => fill(this.foot, canMark && !isSaid && this.button), () => this.summary);
    if (this.wasNext === undefined && this.name === "created") this.box.open = ["draft", "unverified"].includes(this.options.icc().status);
    if (isNext && !this.wasNext) this.box.open = true;
    if (!isNext && this.wasNext && item.state !== "failed") this.box.open = false;
    this.wasNext = isNext;
  }

  /** Builds the step's own content again. @param {string} [state] */
  renew(state = this.ownState) {
    this.ownState = state;
    keepingFocus(this.own, () => fill(this.own, this.options.contents[this.name]?.()), () => this.summary);
  }

  /** Opens the step. */
  open() {
    this.box.open = true;
  }

  /** Moves the focus to the step's title. */
  focus() {
    this.summary.focus();
    this.summary.scrollIntoView({ block: "nearest" });
  }

  explain(blocks) {
    this.shown = JSON.stringify(blocks);
    if (this.options.hidesGuide?.has(this.name)) return;
    keepingFocus(this.guide, () => fill(this.guide, blocks.map((one, index) => {
      if (one.type !== "heading") return block(one, this.options.icc());
      return index > 0 && h(`h${this.options.level + 1}`, {}, sectionTitle(one));
    })), () => this.summary);
  }

  stateText({ state, isOptional }, isNext, isSaid) {
    if (isSaid) return "Not verified yet";
    if (state === "open" && isOptional) return "Optional";
    return isNext && state === "open" ? "Next" : STATES[state] ?? state;
  }

  tone({ state }, isNext) {
    if (state === "done") return "good";
    if (state === "failed") return "bad";
    return isNext ? "info" : "quiet";
  }
}

/** A link to a page of the AWS console, which opens in a tab of its own. */
function outside({ title, url }) {
  return h("a", { class: "button", href: url, target: "_blank", rel: "noopener noreferrer" }, title,
    icon("outside"), h("span", { class: "away" }, " (opens the AWS console in a new tab)"));
}
