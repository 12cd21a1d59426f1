import { Problem } from "../app/api.js";
import { fill, h, keepingFocus } from "../app/element.js";
import { countdown, span } from "../parts/countdown.js";
import { notice, problemNotice } from "../parts/notice.js";

/** The seconds to wait after each attempt. The last attempt is followed by none. */
const WAITS = [5, 10, 20, 30, 60, 60, 60, 60, 60, 60, 60];
const MAX_ATTEMPTS = WAITS.length + 1;

/** Problems that end by themselves: the next attempt may succeed. */
const TEMPORARY = new Set([0, 429, 503]);

/**
 * Verifies an ICC again and again until the connection works: AWS can take minutes to apply a change. It waits longer
 * after each attempt, and at least as long as the registry asks. It pauses while the tab is hidden, and ends after
 * `MAX_ATTEMPTS` attempts, or when its element has left the page.
 */
export class Poll {
  /**
   * @param {object} options
   * @param {() => Promise<*>} options.verify verifies once
   * @param {(verification: *) => Promise<void>} options.done called after each attempt with a result
   */
  constructor({ verify, done }) {
    this.verify = verify;
    this.done = done;
    this.isRunning = false;
    this.element = h("div", { class: "poll", tabindex: "-1" });
    this.status = h("p", { class: "away", role: "status" });
    this.place = h("div", {});
    fill(this.element, this.status, this.place);
  }

  /** Starts with the first attempt; does nothing if it runs already. */
  async start() {
    if (this.isRunning) return;
    this.isRunning = true;
    for (let attempt = 1; this.isRunning; attempt += 1) {
      const wait = await this.attempt(attempt);
      if (wait === null || !this.isRunning) break;
      if (attempt === MAX_ATTEMPTS) {
        this.stop("Still not working", `The registry tried ${MAX_ATTEMPTS} times. Check the steps that are not done, then verify again.`);
        break;
      }
      await this.wait(wait);
      if (document.hidden && this.isRunning) await this.pause();
      if (!this.element.isConnected) break;
    }
    this.isRunning = false;
  }

  /** Ends it. @param {string} title @param {string} text */
  stop(title, text) {
    this.isRunning = false;
    this.wake?.();
    this.show(title, notice("info", title, h("p", {}, text),
      h("button", { type: "button", click: () => this.start() }, "Verify again")));
  }

  /** @returns {Promise<number|null>} the seconds until the next attempt; null after the last one */
  async attempt(number) {
    this.show(`Verifying, attempt ${number}`, notice("info", "Verifying with AWS…",
      h("p", {}, number === 1 ? "It takes a few seconds." : `Attempt ${number} of ${MAX_ATTEMPTS}.`)));
    const planned = WAITS[number - 1] ?? 0;
    try {
      const verification = await this.verify();
      if (!this.element.isConnected) return null;
      await this.done(verification);
      if (verification.verdict === "verified") return this.end();
      return Math.max(planned, verification.retryAfterSeconds ?? 0);
    } catch (error) {
      if (isTemporary(error)) return Math.max(planned, error.wait);
      this.isRunning = false;
      this.show("", problemNotice(error, () => this.start()));
      return null;
    }
  }

  end() {
    this.show("Verified", null);
    return null;
  }

  wait(seconds) {
    return new Promise((resolve) => {
      this.wake = resolve;
      this.show("Not working yet", notice("info", "Not working yet",
        h("p", {}, "AWS can take a few minutes to apply a change. The registry keeps trying."),
        countdown(seconds, resolve, (left) => (left > 0 ? `Next attempt in ${span(left)}.` : "Next attempt now.")),
        h("div", { class: "actions start" },
          h("button", { type: "button", click: resolve }, "Try now"),
          h("button", { type: "button", click: () => this.stop("Stopped", "Verify again when the steps in AWS are done.") }, "Stop"))));
    });
  }

  /** Waits until the tab is visible again. */
  pause() {
    return new Promise((resolve) => {
      const seen = () => {
        if (document.hidden && this.isRunning) return;
        document.removeEventListener("visibilitychange", seen);
        resolve();
      };
      this.wake = seen;
      document.addEventListener("visibilitychange", seen);
      this.show("Paused", notice("info", "Paused", h("p", {}, "The registry stopped trying while this tab was hidden. It continues when you return.")));
    });
  }

  show(said, content) {
    if (this.status.textContent !== said) this.status.textContent = said;
    keepingFocus(this.place, () => fill(this.place, content), () => this.place.querySelector("button") ?? this.element);
  }
}

function isTemporary(error) {
  return error instanceof Problem && (TEMPORARY.has(error.status) || error.code === "verification.in-progress");
}
