/**
 * How values are written for people.
 */

/** @type {Object<string, {text: string, tone: string, meaning: string}>} */
export const STATUSES = {
  draft: { text: "Draft", tone: "quiet", meaning: "There is no User ARN yet." },
  unverified: { text: "Unverified", tone: "info", meaning: "The connection has not been tried since the last change." },
  verified: { text: "Verified", tone: "good", meaning: "The last trial of the connection passed." },
  insecure: { text: "Insecure", tone: "bad", meaning: "The role lets in somebody whom it must refuse." },
  failing: { text: "Failing", tone: "bad", meaning: "The last trial of the connection failed." },
};

/** The members that a person sets, with the words of the screens. */
export const MEMBERS = {
  name: "Name", organisation: "Organisation", connectorType: "Connector type", userArn: "User ARN", sessionName: "Session Name",
  bucketName: "Bucket name", prefix: "Prefix", kmsKeyArn: "KMS key ARN", enabled: "Enabled", status: "Status",
  externalId: "External ID", pendingExternalId: "Pending External ID", principal: "Principal", deletedAt: "Deleted", lastVerification: "Verdict",
};

/** @type {Object<string, string>} */
export const CONNECTORS = { "s3-cross-account": "S3 cross-account" };

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const MOMENT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });

/** @param {string} time RFC 3339 @returns {string} the day, in the reader's time zone */
export function day(time) {
  return DAY.format(new Date(time));
}

/** @param {string} time RFC 3339 @returns {string} day and minute, in the reader's time zone */
export function moment(time) {
  return MOMENT.format(new Date(time));
}

/**
 * What stands behind the account in a role's ARN, with the account: short enough for a list.
 * @param {string|null} arn
 */
export function shortRole(arn) {
  const parts = /^arn:[^:]+:iam::(\d{12}):role\/(.+)$/.exec(arn ?? "");
  return parts ? `${parts[2]} · ${parts[1]}` : arn ?? "";
}

/**
 * A value as text; a dash where there is none.
 * @param {*} value
 */
export function shown(value) {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "object") return String(value);
  return value.verdict ? [value.verdict, ...(value.failed ?? [])].join(", ") : JSON.stringify(value);
}
