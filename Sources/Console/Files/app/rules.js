/**
 * The rules that are simple enough to check while the user types. The registry decides about every value:
 * values that pass here are sent to it with `?dryRun=true`.
 */

/** @typedef {{detail: string, hint?: string}} FieldError */

const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/[!-~]+$/;
const KINDS = [
  [/^s3:\/\//, "This is an S3 URI.", "Enter the role's ARN."],
  [/^arn:aws[a-z-]*:iam::\d{12}:user\//, "This is the ARN of a user, not of a role.", "Copy the role's ARN from IAM > Roles > your role > Summary."],
  [/^arn:aws[a-z-]*:iam::\d{12}:root$/, "This is the ARN of an account, not of a role.", "Copy the role's ARN from IAM > Roles > your role > Summary."],
  [/^arn:aws[a-z-]*:iam::\d{12}:policy\//, "This is the ARN of a policy, not of a role.", "Copy the role's ARN from IAM > Roles > your role > Summary."],
  [/^arn:aws[a-z-]*:sts::\d{12}:assumed-role\//, "This is the ARN of a session, not of a role.", "Copy the role's ARN from IAM > Roles > your role > Summary."],
  [/^arn:aws[a-z-]*:s3:::/, "This is the ARN of a bucket, not of a role.", "Enter the role's ARN."],
];

/** The placeholder in the article's trust policy, as people copy it. */
const PLACEHOLDER = /^["“”'‘’<]*your[ _-]?session[ _-]?name["“”'‘’>]*$/i;

/** @type {Object<string, (value: *) => FieldError|null>} */
const RULES = {
  name: (value) => {
    if (value.trim() === "") return { detail: "Enter a name." };
    return Array.from(value).length > 128 ? { detail: "A name can have at most 128 characters." } : null;
  },
  userArn: (value) => {
    if (value === "" || ROLE.test(value)) return null;
    const kind = KINDS.find(([form]) => form.test(value));
    return kind ? { detail: kind[1], hint: kind[2] } : { detail: "This is not the ARN of a role.", hint: "Expected: arn:aws:iam::111122223333:role/name." };
  },
  sessionName: (value) => {
    if (value === "") return { detail: "Enter a session name." };
    if (PLACEHOLDER.test(value)) return { detail: "“Your Session Name” is the placeholder of the trust policy.", hint: "Replace it with a name of your choice." };
    const wrong = /[^A-Za-z0-9_+=,.@-]/u.exec(value);
    if (wrong) return { detail: `A session name cannot contain ${named(wrong[0])}.`, hint: "Use letters, digits and _ + = , . @ - only." };
    return value.length < 2 || value.length > 64 ? { detail: "A session name must have 2 to 64 characters." } : null;
  },
  bucketName: (value) => {
    if (value === "") return { detail: "Enter a bucket name." };
    if (value.startsWith("s3://")) return { detail: "This is an S3 URI.", hint: "Enter the bucket name and the prefix separately." };
    if (value.startsWith("arn:")) return { detail: "This is an ARN.", hint: "Enter only the bucket name, the part after the last colon." };
    const wrong = /[^a-z0-9.-]/u.exec(value);
    if (wrong) return { detail: `A bucket name cannot contain ${named(wrong[0])}.`, hint: "Use lowercase letters, digits, dots and hyphens only." };
    return value.length < 3 || value.length > 63 ? { detail: "A bucket name must have 3 to 63 characters." } : null;
  },
  description: (value) => Array.from(value).length > 1000 ? { detail: "A description can have at most 1,000 characters." } : null,
  bucketOwner: (value) => value === "" || /^\d{12}$/.test(value) ? null : { detail: "An account ID consists of 12 digits.", hint: "Write it without dashes." },
  prefix: (value) => {
    if (value.startsWith("s3://")) return { detail: "This is an S3 URI.", hint: "Enter only the part after the bucket name and its slash." };
    if (value.startsWith("/")) return { detail: "A prefix must not start with a slash.", hint: "Remove the first slash." };
    if (value.includes("//")) return { detail: "A prefix must not contain //." };
    return new TextEncoder().encode(value).length > 1024 ? { detail: "A prefix can have at most 1,024 bytes." } : null;
  },
  filenames: (value) => {
    if (value.length > 100) return { detail: `There are ${value.length} filenames; at most 100 are allowed.`, hint: "Combine some with *." };
    const wrong = (test) => value.find(test);
    const uri = wrong((name) => /^(s3|https?):\/\//i.test(name));
    if (uri) return { detail: `“${uri}” is a URI.`, hint: "Enter only the part after the bucket name and the prefix." };
    const rooted = wrong((name) => name.startsWith("/"));
    if (rooted) return { detail: `“${rooted}” starts with a slash.`, hint: "Remove the first slash: the filename continues the prefix." };
    return wrong((name) => new TextEncoder().encode(name).length > 1024) ? { detail: "A filename can have at most 1,024 bytes." } : null;
  },
  kmsKeyArn: (value) => {
    if (value === "" || /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/.test(value)) return null;
    if (value.includes(":alias/") || value.startsWith("alias/")) return { detail: "This is an alias.", hint: "Enter the ARN of the key itself, which contains :key/." };
    return { detail: "This is not the ARN of a key.", hint: "Expected: arn:aws:kms:eu-west-1:111122223333:key/…" };
  },
};

const TRIMMED = new Set(["userArn", "sessionName", "bucketName", "bucketOwner", "kmsKeyArn", "organisation"]);

/** The fields that are lists: the user types one entry per line. */
const LISTS = new Set(["filenames"]);

/**
 * A field's value as it is sent: a list without its empty lines; a text without leading and trailing ASCII white space,
 * if the registry trims the field too.
 * @param {string} name
 * @param {string} text
 * @returns {string|string[]}
 */
export function cleaned(name, text) {
  if (LISTS.has(name)) return text.split("\n").filter((line) => line !== "");
  return TRIMMED.has(name) ? text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "") : text;
}

/**
 * A field's value as the user types it.
 * @param {string|string[]|null|undefined} value
 * @returns {string}
 */
export function asTyped(value) {
  return Array.isArray(value) ? value.join("\n") : value ?? "";
}

/**
 * The error in a value that can be detected without a request, or null.
 * @param {string} name
 * @param {string|string[]} value cleaned
 * @returns {FieldError|null}
 */
export function fieldError(name, value) {
  return RULES[name]?.(value) ?? null;
}

function named(character) {
  if (character === " ") return "a space";
  const code = character.codePointAt(0);
  return code > 0x20 && code < 0x7f ? `“${character}”` : `the character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
