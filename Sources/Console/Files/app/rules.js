/**
 * The rules that are simple enough to be checked while somebody types. The registry has the last word on every value:
 * what passes here is put to it by `?dryRun=true`.
 */

/** @typedef {{detail: string, hint?: string}} Fault */

const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/[!-~]+$/;
const KINDS = [
  [/^s3:\/\//, "This is a bucket's address.", "Enter the ARN of the role here."],
  [/^arn:aws[a-z-]*:iam::\d{12}:user\//, "This is the ARN of a user.", "The role's ARN is wanted: IAM, Roles, your role, Summary."],
  [/^arn:aws[a-z-]*:iam::\d{12}:root$/, "This is the ARN of an account.", "The role's ARN is wanted: IAM, Roles, your role, Summary."],
  [/^arn:aws[a-z-]*:iam::\d{12}:policy\//, "This is the ARN of a policy.", "The role's ARN is wanted: IAM, Roles, your role, Summary."],
  [/^arn:aws[a-z-]*:sts::\d{12}:assumed-role\//, "This is the ARN of a session.", "The role's ARN is wanted: IAM, Roles, your role, Summary."],
  [/^arn:aws[a-z-]*:s3:::/, "This is the ARN of a bucket.", "Enter the ARN of the role here."],
];

/** @type {Object<string, (value: string) => Fault|null>} */
const RULES = {
  name: (value) => {
    if (value.trim() === "") return { detail: "A name is needed." };
    return Array.from(value).length > 128 ? { detail: "A name has 128 characters at most." } : null;
  },
  userArn: (value) => {
    if (value === "" || ROLE.test(value)) return null;
    const kind = KINDS.find(([form]) => form.test(value));
    return kind ? { detail: kind[1], hint: kind[2] } : { detail: "This is not a role's ARN.", hint: "It looks like arn:aws:iam::111122223333:role/name." };
  },
  sessionName: (value) => {
    if (value === "") return { detail: "A session name is needed." };
    const wrong = /[^A-Za-z0-9_+=,.@-]/u.exec(value);
    if (wrong) return { detail: `${named(wrong[0])} cannot be in a session name.`, hint: "Letters, digits and _ + = , . @ - are allowed." };
    return value.length < 2 || value.length > 64 ? { detail: "A session name has 2 to 64 characters." } : null;
  },
  bucketName: (value) => {
    if (value === "") return { detail: "A bucket name is needed." };
    if (value.startsWith("s3://")) return { detail: "This is a bucket's address.", hint: "Enter the name alone, and what follows the next / as the prefix." };
    if (value.startsWith("arn:")) return { detail: "This is an ARN.", hint: "Enter the name alone: what follows the last colon." };
    const wrong = /[^a-z0-9.-]/u.exec(value);
    if (wrong) return { detail: `${named(wrong[0])} cannot be in a bucket name.`, hint: "Lower-case letters, digits, dots and hyphens are allowed." };
    return value.length < 3 || value.length > 63 ? { detail: "A bucket name has 3 to 63 characters." } : null;
  },
  prefix: (value) => {
    if (value.startsWith("s3://")) return { detail: "This is an address.", hint: "Enter what follows the bucket's name and its /." };
    if (value.startsWith("/")) return { detail: "A prefix does not begin with /.", hint: "Leave the first / out." };
    if (value.includes("//")) return { detail: "A prefix does not hold //." };
    return new TextEncoder().encode(value).length > 1024 ? { detail: "A prefix has 1,024 bytes at most." } : null;
  },
  kmsKeyArn: (value) => {
    if (value === "" || /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/.test(value)) return null;
    if (value.includes(":alias/") || value.startsWith("alias/")) return { detail: "This is an alias.", hint: "Enter the key's own ARN: it holds :key/." };
    return { detail: "This is not a key's ARN.", hint: "It looks like arn:aws:kms:eu-west-1:111122223333:key/…" };
  },
};

const TRIMMED = new Set(["userArn", "sessionName", "bucketName", "kmsKeyArn", "organisation"]);

/**
 * A field's value as it is sent: without the ASCII white space around it, where the registry trims it too.
 * @param {string} name
 * @param {string} text
 */
export function cleaned(name, text) {
  return TRIMMED.has(name) ? text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "") : text;
}

/**
 * What is wrong with a value as far as can be said without asking.
 * @param {string} name
 * @param {string} value cleaned
 * @returns {Fault|null}
 */
export function fault(name, value) {
  return RULES[name]?.(value) ?? null;
}

function named(character) {
  if (character === " ") return "A space";
  const code = character.codePointAt(0);
  return code > 0x20 && code < 0x7f ? `“${character}”` : `The character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
