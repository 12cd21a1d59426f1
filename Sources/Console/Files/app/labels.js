/**
 * Labels and formats for the values that the console shows.
 */
import { h } from "./element.js";

/** @type {Object<string, {text: string, tone: string, meaning: string}>} */
export const STATUSES = {
  draft: { text: "Draft", tone: "quiet", meaning: "The User ARN is not set yet." },
  unverified: { text: "Unverified", tone: "info", meaning: "The connection has not been verified since the last change." },
  verified: { text: "Verified", tone: "good", meaning: "The last connection test succeeded." },
  insecure: { text: "Insecure", tone: "bad", meaning: "The role can be assumed by someone it should reject." },
  failing: { text: "Failing", tone: "bad", meaning: "The last connection test failed." },
};

/** The labels of an ICC's fields. */
export const MEMBERS = {
  name: "Name", description: "Description", organisation: "Organisation", connectorType: "Connector type", userArn: "User ARN", sessionName: "Session Name",
  bucketName: "Bucket name", bucketOwner: "Bucket owner", prefix: "Prefix", filenames: "Filenames", kmsKeyArn: "KMS key ARN", enabled: "Enabled", status: "Status",
  externalId: "External ID", pendingExternalId: "Pending External ID", principal: "Principal", deletedAt: "Deleted", lastVerification: "Verdict",
  held: "Held", alarmAt: "Alarm", handOver: "Link", allow: "Allows", expiresAt: "Expires", maxUses: "Maximum uses", hashFingerprint: "Fingerprint",
  role: "Role", organisations: "Organisations", addressBlocks: "Addresses", lastFour: "Last four characters",
};

/** The kinds of events. @type {Object<string, string>} */
export const KINDS = {
  "icc.created": "Created", "icc.imported": "Imported", "icc.updated": "Changed", "icc.deleted": "Deleted", "icc.restored": "Restored", "icc.enabled": "Enabled",
  "icc.disabled": "Disabled", "external-id.rotated": "Rotation started", "external-id.promoted": "Rotation completed",
  "external-id.cancelled": "Rotation cancelled", "icc.verified": "Verification", "user-arn.shared": "Role shared with another organisation",
  "icc.released": "Released", "hand-over.created": "Link to the set-up created", "hand-over.revoked": "Link to the set-up revoked",
  "organisation.created": "Organisation created", "organisation.updated": "Organisation renamed", "organisation.deleted": "Organisation deleted",
  "token.created": "Token created", "token.revoked": "Token revoked",
};

/** @type {Object<string, string>} */
export const CONNECTORS = { "s3-cross-account": "S3 cross-account" };

const MOMENT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });

/** @param {string} time RFC 3339 @returns {string} date and time to the minute, in the user's time zone */
export function moment(time) {
  return MOMENT.format(new Date(time));
}

/**
 * A role's path and name with its account: short enough for a list.
 * @param {string|null} arn
 */
export function shortRole(arn) {
  const parts = /^arn:[^:]+:iam::(\d{12}):role\/(.+)$/.exec(arn ?? "");
  return parts ? `${parts[2]} · ${parts[1]}` : arn ?? "";
}

/** Shown for an empty or missing value. */
const NOTHING = "–";

/**
 * A value as text; a dash for a missing value.
 * @param {*} value
 */
export function shown(value) {
  if (value === null || value === undefined || value === "") return NOTHING;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.length > 0 ? value.join(", ") : NOTHING;
  return value.verdict ? [value.verdict, ...(value.failed ?? [])].join(", ") : JSON.stringify(value);
}

/**
 * A field's change for the history: the value before, unless it was empty, and the value after.
 * @param {*} before
 * @param {*} after
 */
export function change(before, after) {
  return [shown(before) !== NOTHING && [h("del", {}, shown(before)), " → "], h("ins", {}, shown(after))];
}
