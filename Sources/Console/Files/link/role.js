import { call, Problem } from "../app/api.js";
import { fill, h } from "../app/element.js";
import { cleaned, fieldError } from "../app/rules.js";
import { busy } from "../parts/busy.js";
import { Field } from "../parts/field.js";
import { notice, problemNotice } from "../parts/notice.js";

/**
 * The form in which the bearer of a link enters the ARN of the role.
 * @param {{icc: *, path: (rest: string) => string}} bearer
 * @param {(icc: *) => void} changed called with the ICC after it was saved
 */
export function roleForm(bearer, changed) {
  const message = h("div", { role: "status" });
  const field = new Field({
    name: "userArn", label: "User ARN", isCode: true, value: bearer.icc.userArn ?? "",
    hint: "The ARN of the role, from IAM > Roles > your role > Summary.", example: "arn:aws:iam::111122223333:role/infosum-import",
  }, (one, isTyped) => isTyped && one.showError(null));
  const button = h("button", { type: "submit", class: "primary" }, "Save");
  const save = async () => {
    const userArn = cleaned("userArn", field.text);
    const wrong = userArn === "" ? { detail: "Enter the ARN of the role." } : fieldError("userArn", userArn);
    if (wrong) return reject(field, wrong);
    fill(message);
    try {
      changed(await call("PATCH", "/v1/hand-over", { body: { userArn } }));
      fill(message, notice("done", "Saved", h("p", {}, "The documents above are now for this role.")));
    } catch (error) {
      if (error instanceof Problem && error.errors.length > 0) reject(field, error.errors[0]);
      else fill(message, problemNotice(error));
    }
  };
  const submit = (event) => {
    event.preventDefault();
    busy(button, save);
  };
  return h("form", { class: "edit", novalidate: true, submit }, field.element, h("div", { class: "actions start" }, button), message);
}

function reject(field, wrong) {
  field.showError(wrong);
  field.input.focus();
}
