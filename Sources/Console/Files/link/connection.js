import { fill, h } from "../app/element.js";
import { busy } from "../parts/busy.js";
import { notice, problemNotice } from "../parts/notice.js";
import { freshOutcome, progressList } from "../panel/verification.js";

/**
 * The button with which the bearer of a link verifies the connection, and the result.
 * @param {*} icc
 * @param {() => Promise<*>} verify verifies once
 * @param {(verification: *) => Promise<void>} verified called with the result
 */
export function connectionTest(icc, verify, verified) {
  const result = h("div", { class: "result", role: "status", tabindex: "-1" });
  const button = h("button", { type: "button", class: "primary" }, "Verify now");
  const run = async () => {
    fill(result, progressList([]));
    try {
      const verification = await verify();
      fill(result, freshOutcome(verification));
      await verified(verification);
    } catch (error) {
      fill(result, problemNotice(error, error.wait > 0 ? () => busy(button, run) : undefined));
    }
  };
  button.addEventListener("click", () => busy(button, run));
  return h("div", { class: "verify" },
    h("p", { class: "lead" }, "InfoSum assumes your role and reads your bucket as an import would, and tests that your role rejects others. It takes a few seconds and changes nothing."),
    icc.userArn
      ? h("div", { class: "actions start" }, button)
      : notice("info", "Enter the role's ARN first", h("p", {}, "InfoSum verifies that it can assume this role and read the bucket.")),
    result);
}
