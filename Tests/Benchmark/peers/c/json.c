/* The JSON of a create, read in place, and of an ICC, in the bytes that the registry returns. */
#include <stdio.h>
#include <string.h>

#include "peer.h"

static char *skip_space(char *at, char *end) {
  while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')) at++;
  return at;
}

/* Reads a string without escapes: the load sends none. Returns the position after it, or NULL. */
static char *read_string(char *at, char *end, struct text *text) {
  if (at >= end || *at++ != '"') return NULL;
  text->start = at;
  while (at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20) at++;
  if (at >= end || *at != '"') return NULL;
  text->length = (int)(at - text->start);
  return at + 1;
}

static struct text *field_of(struct icc *icc, struct text key) {
  struct { const char *name; struct text *value; } fields[] = {
    {"name", &icc->name}, {"connectorType", &icc->connector_type}, {"userArn", &icc->user_arn},
    {"sessionName", &icc->session_name}, {"bucketName", &icc->bucket_name}, {"prefix", &icc->prefix},
  };
  for (size_t index = 0; index < sizeof fields / sizeof *fields; index++)
    if ((int)strlen(fields[index].name) == key.length && !memcmp(fields[index].name, key.start, (size_t)key.length))
      return fields[index].value;
  return NULL;
}

static int is_word(struct text text, const char *more, int least, int most) {
  if (text.length < least || text.length > most) return 0;
  for (int index = 0; index < text.length; index++) {
    char byte = text.start[index];
    int is_plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
    if (!is_plain && strchr(more, byte) == NULL) return 0;
  }
  return 1;
}

static int is_valid(const struct icc *icc) {
  static const char arn[] = "arn:aws:iam::", type[] = "s3-cross-account";
  struct text role = {icc->user_arn.start + 13, icc->user_arn.length - 13};
  return icc->name.length >= 1 && icc->name.length <= 128 && icc->prefix.length <= 1024
    && icc->connector_type.length == sizeof type - 1 && !memcmp(icc->connector_type.start, type, sizeof type - 1)
    && icc->user_arn.length > 13 && !memcmp(icc->user_arn.start, arn, 13) && is_word(role, "+=,.@_-:/", 19, 560)
    && is_word(icc->session_name, "+=,.@_-", 2, 64) && is_word(icc->bucket_name, ".-", 3, 63);
}

int parse_create(char *body, char *end, struct icc *icc) {
  int count = 0;
  char *at = skip_space(body, end);
  if (at >= end || *at++ != '{') return 0;
  while (1) {
    struct text key, *value;
    if ((at = read_string(skip_space(at, end), end, &key)) == NULL || (value = field_of(icc, key)) == NULL) return 0;
    at = skip_space(at, end);
    if (at >= end || *at++ != ':') return 0;
    if ((at = read_string(skip_space(at, end), end, value)) == NULL) return 0;
    count++;
    at = skip_space(at, end);
    if (at < end && *at == ',') at++;
    else break;
  }
  return count == 6 && at < end && *at == '}' && skip_space(at + 1, end) == end && is_valid(icc);
}

static char *put(char *out, const char *text) {
  size_t length = strlen(text);
  memcpy(out, text, length);
  return out + length;
}

static char *put_text(char *out, struct text text) {
  for (int index = 0; index < text.length; index++) {
    if (text.start[index] == '"' || text.start[index] == '\\') *out++ = '\\';
    *out++ = text.start[index];
  }
  return out;
}

static char *put_hex(char *out, const unsigned char *bytes, int count) {
  static const char digits[] = "0123456789abcdef";
  for (int index = 0; index < count; index++) {
    *out++ = digits[bytes[index] >> 4];
    *out++ = digits[bytes[index] & 15];
  }
  return out;
}

/* Days to a civil date: Howard Hinnant, "chrono-compatible low-level date algorithms". */
static char *put_time(char *out, int64_t milliseconds) {
  int64_t days = milliseconds / 86400000 + 719468, rest = milliseconds % 86400000;
  int64_t era = days / 146097, day_of_era = days % 146097;
  int64_t year = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year + year / 4 - year / 100), shifted = (5 * day_of_year + 2) / 153;
  int month = (int)(shifted < 10 ? shifted + 3 : shifted - 9), day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
  return out + sprintf(out, "\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\"", (int)(year + era * 400 + (month <= 2)), month, day,
    (int)(rest / 3600000), (int)(rest / 60000 % 60), (int)(rest / 1000 % 60), (int)(rest % 1000));
}

static char *put_principal(char *out, const struct icc *icc) {
  return put_text(put(out, "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/"), icc->session_name);
}

static char *put_policies(char *out, const struct icc *icc) {
  out = put(out, ",\"trustPolicy\":{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"");
  out = put(put_principal(out, icc), "\"},\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"");
  out = put(put_hex(out, icc->external_id, SECRET_BYTES), "\"}}}]},\"permissionPolicy\":{\"Version\":\"2012-10-17\",");
  out = put(out, "\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::");
  out = put(put_text(out, icc->bucket_name), "\",\"Condition\":{\"StringLike\":{\"s3:prefix\":\"");
  out = put(put_text(out, icc->prefix), "*\"}}},{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::");
  return put(put_text(put(put_text(out, icc->bucket_name), "/"), icc->prefix), "*\"}]}");
}

char *render_icc(char *out, const struct icc *icc, const char *actor) {
  out = put(put(out, "{\"id\":\""), icc->id);
  out = put_text(put(out, "\",\"organisation\":\"default\",\"name\":\""), icc->name);
  out = put(out, "\",\"description\":\"\",\"connectorType\":\"s3-cross-account\",\"status\":\"unverified\",\"enabled\":true,"
                 "\"usable\":true,\"notUsableBecause\":[],\"userArn\":\"");
  out = put_text(put(put_text(out, icc->user_arn), "\",\"sessionName\":\""), icc->session_name);
  out = put_text(put(out, "\",\"bucketName\":\""), icc->bucket_name);
  out = put_text(put(out, "\",\"bucketOwner\":null,\"prefix\":\""), icc->prefix);
  out = put_hex(put(out, "\",\"filenames\":[],\"kmsKeyArn\":null,\"externalId\":\""), icc->external_id, SECRET_BYTES);
  out = put(put_principal(put(out, "\",\"pendingExternalId\":null,\"principal\":\""), icc), "\"");
  out = put(put_policies(out, icc), ",\"warnings\":[],\"lastVerification\":null,\"version\":1,\"createdAt\":");
  out = put(put(put_time(out, icc->created_at), ",\"createdBy\":\""), actor);
  out = put(put(put_time(put(out, "\",\"updatedAt\":"), icc->created_at), ",\"updatedBy\":\""), actor);
  return put(out, "\",\"deletedAt\":null}");
}
