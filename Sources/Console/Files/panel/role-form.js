import { Problem } from "../app/api.js";
import { fill, h } from "../app/element.js";
import { cleaned, fieldError } from "../app/rules.js";
import { busy } from "../parts/busy.js";
import { Field } from "../parts/field.js";
import { problemNotice } from "../parts/notice.js";
import { smartPaste } from "../parts/smart-paste.js";

/**
 * The form in which a user, or the bearer of a link, enters the ARN of the role.
 * @param {string|null} userArn the present one
 * @param {(userArn: string) => Promise<void>} save
 */
export function roleForm(userArn, save) {
  const message = h("div", { role: "status" });
  const field = new Field({
    name: "userArn", label: "User ARN", isCode: true, value: userArn ?? "",
    hint: "The ARN of the role, from IAM > Roles > your role > Summary. You can also paste the response of “aws iam get-role”.",
    example: "arn:aws:iam::111122223333:role/infosum-import",
  }, (one, isTyped) => isTyped && one.showError(null));
  smartPaste([field]);
  const button = h("button", { type: "submit", class: "primary" }, "Save");
  const submit = (event) => {
    event.preventDefault();
    busy(button, () => settle(field, message, save));
  };
  return h("form", { class: "edit", novalidate: true, submit }, field.element, h("div", { class: "actions start" }, button), message);
}

async function settle(field, message, save) {
  const userArn = cleaned("userArn", field.text);
  const wrong = userArn === "" ? { detail: "Enter the ARN of the role." } : fieldError("userArn", userArn);
  if (wrong) return reject(field, wrong);
  fill(message);
  try {
    await save(userArn);
  } catch (error) {
    if (error instanceof Problem && error.errors.length > 0) reject(field, error.errors[0]);
    else fill(message, problemNotice(error));
  }
}

function reject(field, wrong) {
  field.showError(wrong);
  field.input.focus();
}
