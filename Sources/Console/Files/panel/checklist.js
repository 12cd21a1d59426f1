import { get } from "../app/api.js";
import { draft, saveDraft } from "../app/drafts.js";
import { fill, h, keepingFocus } from "../app/element.js";
import { problemNotice } from "../parts/notice.js";
import { Poll } from "./poll.js";
import { Step } from "./step.js";

/** The steps in AWS. The registry learns about them by a verification only. */
const IN_AWS = new Set(["role", "trust-policy", "permissions"]);

const ALL_DONE = "All steps are done. InfoSum can import from the bucket.";

/**
 * @typedef {object} ChecklistOptions
 * @property {() => *} icc the ICC as last loaded
 * @property {(rest: string) => string} path the address of something below the ICC in the API
 * @property {Object<string, string>} people who performs a step, by the registry's word for it
 * @property {Object<string, () => *>} contents what a step shows besides the guide's section, by step
 * @property {Set<string>} hidesGuide the steps without the guide's section
 * @property {number} level the level of the steps' headings
 * @property {boolean} canVerify
 * @property {() => Promise<*>} verify verifies once
 * @property {(verification: *) => Promise<void>} verified called after each verification
 */

/** The steps from the created ICC to the verified connection. The registry says what is done and writes every text. */
export class Checklist {
  /** @param {ChecklistOptions} options */
  constructor(options) {
    this.options = options;
    /** @type {Map<string, Step>} */
    this.steps = new Map();
    this.summary = h("p", { class: "summary", role: "status" });
    this.list = h("ol", { class: "checklist", "aria-label": "Set-up steps" });
    this.poll = new Poll({ verify: options.verify, done: (verification) => this.attempted(verification) });
    this.element = h("div", { class: "set-up-steps" }, this.summary, this.poll.element, this.list);
    this.load();
  }

  get key() {
    return `steps:${this.options.icc().id}`;
  }

  /** The steps that the user said are done. */
  get marks() {
    return new Set(draft(this.key) ?? []);
  }

  /** Loads the steps again. What the user typed in a step stays. */
  async load() {
    try {
      const { blocks, checklist } = await get(this.options.path("setup?format=guide"));
      this.paint(checklist.filter(({ step }) => this.isOffered(step)), blocks);
    } catch (error) {
      keepingFocus(this.list, () => fill(this.list, h("li", {}, problemNotice(error, () => this.load()))), () => this.summary);
      this.steps.clear();
    }
  }

  isOffered(step) {
    return this.options.contents[step] !== null;
  }

  paint(items, blocks) {
    if (this.steps.size === 0) {
      for (const { step } of items) this.steps.set(step, new Step(step, this.options, { mark: () => this.mark(step) }));
      fill(this.list, [...this.steps.values()].map(({ element }) => element));
    }
    this.items = items;
    const next = this.next();
    const { marks } = this;
    for (const item of items) {
      this.steps.get(item.step)?.show(item, sectionOf(item.step, blocks), {
        isNext: item.step === next?.step, isMarked: marks.has(item.step), canMark: IN_AWS.has(item.step) && item.state !== "done",
      });
    }
    this.say(next);
    if (this.wanted) this.open(this.wanted);
  }

  /** The first step that is neither done nor marked; optional ones are passed over. */
  next() {
    const { marks } = this;
    return this.items.find(({ step, state, isOptional }) => state !== "done" && !isOptional && !(state === "open" && marks.has(step)));
  }

  say(next) {
    const wanted = this.items.filter(({ isOptional }) => !isOptional);
    const done = wanted.filter(({ state }) => state === "done").length;
    const who = next && this.options.people[next.by];
    const text = next ? `${done} of ${wanted.length} steps done. Next: ${next.title}. ${who.does}` : ALL_DONE;
    if (this.summary.textContent !== text) this.summary.textContent = text;
  }

  /** Notes that the user has done a step in AWS, and verifies once all of them are done. */
  mark(step) {
    saveDraft(this.key, [...this.marks.add(step)]);
    const { marks } = this;
    const isReady = this.items.every((item) => !IN_AWS.has(item.step) || item.state === "done" || marks.has(item.step));
    this.load().then(() => this.steps.get(this.next()?.step)?.focus());
    if (isReady) this.verifyIfPossible();
  }

  /** Called after the role's ARN was saved. */
  async roleSaved() {
    await this.load();
    this.steps.get("verify")?.renew();
    const { marks } = this;
    if (marks.has("trust-policy") && marks.has("permissions")) this.verifyIfPossible();
    else this.steps.get(this.next()?.step)?.focus();
  }

  verifyIfPossible() {
    if (this.options.canVerify && this.options.icc().userArn) this.poll.start();
  }

  /** After a verification, its result counts and not what the user said. */
  async attempted(verification) {
    if (verification.verdict !== "inconclusive") saveDraft(this.key, null);
    await this.options.verified(verification);
    if (!this.element.isConnected) return;
    await this.load();
    this.steps.get("verify")?.renew();
  }

  /** Opens a step and moves the focus to it, now or once the steps are loaded. @param {string} step */
  open(step) {
    this.wanted = step;
    const found = this.steps.get(step);
    if (!found) return;
    this.wanted = null;
    found.open();
    found.focus();
  }
}

/** The blocks of the guide that explain a step. */
function sectionOf(step, blocks) {
  let isInside = false;
  return blocks.filter((block) => {
    if (block.type === "heading") isInside = block.step === step;
    return isInside;
  });
}
