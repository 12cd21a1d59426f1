import { call } from "../app/api.js";
import { fill, h } from "../app/element.js";
import { busy } from "../parts/busy.js";
import { notice, problemNotice } from "../parts/notice.js";
import { freshOutcome, progressList } from "../panel/verification.js";

/**
 * The button with which the bearer of a link verifies the connection, and the result.
 * @param {{icc: *, path: (rest: string) => string}} bearer
 * @returns {{element: HTMLElement, changed: () => void}} `changed` is called after the role was changed
 */
export function connectionTest(bearer) {
  const result = h("div", { class: "result", role: "status", tabindex: "-1" });
  const button = h("button", { type: "button", class: "primary" }, "Verify now");
  const verify = async () => {
    fill(result, progressList([]));
    try {
      fill(result, freshOutcome(await call("POST", bearer.path("verify"))));
    } catch (error) {
      fill(result, problemNotice(error, error.wait > 0 ? () => busy(button, verify) : undefined));
    }
  };
  button.addEventListener("click", () => busy(button, verify));
  const offer = h("div", {});
  const changed = () => {
    fill(result);
    fill(offer, bearer.icc.userArn
      ? h("div", { class: "actions start" }, button)
      : notice("info", "Enter the role's ARN first", h("p", {}, "InfoSum verifies that it can assume this role and read the bucket.")));
  };
  changed();
  const element = h("div", { class: "verify" },
    h("p", { class: "lead" }, "InfoSum assumes your role and reads your bucket as an import would, and tests that your role rejects others. It takes a few seconds and changes nothing."),
    offer, result);
  return { element, changed };
}
