/**
 * Recognises what people paste into a field of an ICC although it is not the field's value: addresses of Amazon S3,
 * responses of the AWS CLI, ARNs of users and sessions, and trust policies.
 */

/**
 * @typedef {object} Found
 * @property {string} said what was recognised, for the user
 * @property {Object<string, string>} [values] the values in it, by field
 * @property {{text: string, values: Object<string, string>}[]} [offers] values that the user must confirm
 */

const SESSION = /^arn:aws[a-z-]*:sts::(\d{12}):assumed-role\/([^/*]+)\/([^/*]+)$/;
const USER = /^arn:(aws[a-z-]*):iam::(\d{12}):user\/.+$/;

/**
 * Returns what a text is, if it is not simply the field's value; otherwise null.
 * @param {string} field
 * @param {string} text
 * @returns {Found|null}
 */
export function recognised(field, text) {
  const trimmed = text.trim();
  if (field === "bucketName" || field === "prefix") return location(trimmed, field);
  if (field === "userArn") return roleIn(trimmed);
  if (field === "sessionName") return sessionIn(trimmed);
  return null;
}

/** An address or ARN of a bucket, of a folder, or of an object. */
function location(text, field) {
  const found = fromURI(text) ?? fromConsole(text) ?? fromHost(text) ?? (field === "bucketName" ? fromARN(text) : null);
  if (!found || !/^[a-z0-9.-]{3,63}$/.test(found.bucket)) return null;
  const values = { bucketName: found.bucket, ...(found.prefix ? { prefix: found.prefix } : {}) };
  return { said: `Taken from ${found.what}: bucket “${found.bucket}”${found.prefix ? `, prefix “${found.prefix}”` : ""}.`, values };
}

function fromURI(text) {
  const parts = /^s3:\/\/([^/]+)\/?(.*)$/i.exec(text);
  return parts && { what: "the S3 URI", bucket: parts[1], prefix: parts[2] };
}

function fromARN(text) {
  const parts = /^arn:aws[a-z-]*:s3:::([^/*]+)\/?([^*]*)\*?$/.exec(text);
  return parts && { what: "the ARN of the bucket", bucket: parts[1], prefix: parts[2] };
}

/** The address of a page of the S3 console, which has the prefix in its query. */
function fromConsole(text) {
  const url = webAddress(text);
  if (!url || !/(^|\.)console\.(aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)$/.test(url.hostname)) return null;
  const parts = /^\/s3\/(buckets|object)\/([^/]+)\/?$/.exec(url.pathname);
  return parts && { what: "the address of the S3 console", bucket: parts[2], prefix: url.searchParams.get("prefix") ?? "" };
}

/** `bucket.s3.region.amazonaws.com/key` and `s3.region.amazonaws.com/bucket/key`. */
function fromHost(text) {
  const url = webAddress(text);
  const parts = url && /^(?:(.+)\.)?s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/.exec(url.hostname);
  const path = parts && decoded(url.pathname.slice(1));
  if (!path && path !== "") return null;
  const [bucket, ...rest] = parts[1] ? [parts[1], path] : path.split("/");
  return bucket ? { what: "the web address", bucket, prefix: rest.join("/") } : null;
}

function webAddress(text) {
  return /^https?:\/\/\S+$/i.test(text) ? URL.parse?.(text) ?? null : null;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The response of `get-role` or `create-role`, the ARN of a session or a user, or a policy. */
function roleIn(text) {
  const document = json(text);
  const arn = document?.Role?.Arn;
  if (typeof arn === "string") return { said: `Taken from the role's description in the AWS CLI: ${arn}.`, values: { userArn: arn } };
  if (document?.Statement) return { said: `This is a trust policy. ${named(sessions(document))} It does not contain the role's own ARN.` };
  const session = SESSION.exec(text);
  if (session) return ofSession(text, session);
  const user = USER.exec(text);
  return user && {
    said: "This is the ARN of a user. The role may be in the same account:",
    offers: [{ text: `Start with account ${user[2]}`, values: { userArn: `arn:${user[1]}:iam::${user[2]}:role/` } }],
  };
}

function ofSession(text, [, account, role]) {
  const arn = `arn:${text.split(":")[1]}:iam::${account}:role/${role}`;
  return {
    said: "This is the ARN of a session. Its role has this ARN, unless the role has a path:",
    offers: [{ text: `Use ${arn}`, values: { userArn: arn } }],
  };
}

/** The principal of a trust policy, or the whole policy. */
function sessionIn(text) {
  const session = SESSION.exec(text);
  if (session) return { said: `Taken from the Principal: session “${session[3]}”.`, values: { sessionName: session[3] } };
  const document = json(text);
  if (!document?.Statement) return null;
  const names = sessions(document);
  if (names.length === 1) return { said: `Taken from the trust policy: session “${names[0]}”.`, values: { sessionName: names[0] } };
  return {
    said: `This is a trust policy. ${named(names)}`,
    offers: names.map((name) => ({ text: `Use ${name}`, values: { sessionName: name } })),
  };
}

function named(names) {
  if (names.length === 0) return "It does not name a session.";
  return names.length === 1 ? `It names the session “${names[0]}”.` : `It names the sessions ${names.map((name) => `“${name}”`).join(", ")}.`;
}

/** The names of the sessions that a trust policy names as principals. */
function sessions(document) {
  const principals = [document.Statement].flat().flatMap((statement) => [statement?.Principal?.AWS ?? []].flat());
  const names = principals.map((principal) => SESSION.exec(String(principal))?.[3]).filter(Boolean);
  return [...new Set(names)];
}

function json(text) {
  if (!text.startsWith("{")) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
