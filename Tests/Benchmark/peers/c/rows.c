/* An ICC in the registry's own schema: the row, its external ID, and its event with the hash that chains it. */
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "peer.h"

static sqlite3 *last_opened;

void require(int condition, const char *what) {
  if (condition) return;
  fprintf(stderr, "%s: %s\n", what, last_opened ? sqlite3_errmsg(last_opened) : "failed");
  exit(1);
}

/* The kernel's generator fills a pool, so that an ICC costs no system call. */
void random_bytes(void *bytes, size_t count) {
  static _Thread_local unsigned char pool[4096];
  static _Thread_local size_t used = sizeof pool;
  if (used + count > sizeof pool) {
    for (size_t start = 0; start < sizeof pool; start += 256) require(getrandom(pool + start, 256, 0) == 256, "getrandom");
    used = 0;
  }
  memcpy(bytes, pool + used, count);
  used += count;
}

int64_t milliseconds_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* The settings of the registry's own connections. */
sqlite3 *open_database(const char *path) {
  sqlite3 *database;
  require(sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK, path);
  last_opened = database;
  sqlite3_busy_timeout(database, 5000);
  run(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000");
  return database;
}

sqlite3_stmt *prepare(sqlite3 *database, const char *sql) {
  sqlite3_stmt *statement;
  require(sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) == SQLITE_OK, sql);
  return statement;
}

void run(sqlite3 *database, const char *sql) {
  require(sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

static int step(sqlite3_stmt *statement) {
  int status = sqlite3_step(statement);
  sqlite3_reset(statement);
  return status == SQLITE_DONE;
}

void open_writer(struct writer *writer, sqlite3 *database) {
  *writer = (struct writer){
    .database = database,
    .begin = prepare(database, "BEGIN IMMEDIATE"),
    .commit = prepare(database, "COMMIT"),
    .rollback = prepare(database, "ROLLBACK"),
    .name_in_use = prepare(
      database, "SELECT seq FROM iccs WHERE organisation = 'default' AND name_folded = ?1 AND deleted_at IS NULL"),
    .icc = prepare(
      database, "INSERT INTO iccs (id, organisation, connector_type, created_at, created_by, name, name_folded, status, enabled,"
      " user_arn, session_name, bucket_name, prefix, external_id, version, updated_at, updated_by)"
      " VALUES (?1, 'default', 's3-cross-account', ?2, ?3, ?4, lower(?4), 'unverified', 1, ?5, ?6, ?7, ?8, ?9, 1, ?2, ?3)"),
    .external_id = prepare(
      database, "INSERT INTO external_ids (external_id, icc, state, issued_at) VALUES (?1, last_insert_rowid(), 'live', ?2)"),
    .event = prepare(
      database, "INSERT INTO events (seq, at, kind, administrators_only, actor, address, request_id, organisation, subject,"
      " version, changes, hash, number) VALUES (?1, ?2, 'icc.created', 0, ?3, '127.0.0.1', ?4, 'default', ?5, 1, ?6, ?7, 1)"),
  };
  sqlite3_stmt *actor = prepare(database, "SELECT id FROM tokens ORDER BY seq LIMIT 1");
  require(sqlite3_step(actor) == SQLITE_ROW, "the database has no token");
  snprintf(writer->actor, sizeof writer->actor, "%s", sqlite3_column_text(actor, 0));
  sqlite3_finalize(actor);
  sqlite3_stmt *last = prepare(database, "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1");
  if (sqlite3_step(last) == SQLITE_ROW) {
    writer->sequence = sqlite3_column_int64(last, 0);
    memcpy(writer->hash, sqlite3_column_blob(last, 1), SECRET_BYTES);
  }
  sqlite3_finalize(last);
}

/* The identifier: 48 bits of the time and 80 random bits in Crockford's base 32; and a random external ID. */
void complete(struct icc *icc, int64_t at) {
  static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
  unsigned char random[16];
  uint64_t time = (uint64_t)at;
  random_bytes(random, sizeof random);
  random_bytes(icc->external_id, SECRET_BYTES);
  memcpy(icc->id, "icc_", 4);
  for (int index = 13; index >= 4; index--, time >>= 5) icc->id[index] = digits[time & 31];
  for (int index = 0; index < 16; index++) icc->id[14 + index] = digits[random[index] & 31];
  icc->id[ID_LENGTH] = 0;
  icc->created_at = at;
}

/* The hashed bytes of an event: Sources/Registry/Audit/EventChain.swift. */
struct canonical {
  unsigned char bytes[8192];
  size_t count;
};

static void append_big_endian(struct canonical *content, uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) content->bytes[content->count++] = (unsigned char)(number >> shift);
}

static void append_number(struct canonical *content, int64_t number) {
  content->bytes[content->count++] = 1;
  append_big_endian(content, (uint64_t)number);
}

static void append_text(struct canonical *content, const char *text, size_t length) {
  content->bytes[content->count++] = 2;
  append_big_endian(content, length);
  memcpy(content->bytes + content->count, text, length);
  content->count += length;
}

static int changes_of(const struct icc *icc, char *out, size_t size) {
  char hex[2 * SECRET_BYTES + 1];
  for (int index = 0; index < SECRET_BYTES; index++) sprintf(hex + 2 * index, "%02x", icc->external_id[index]);
#define CHANGE "\":{\"before\":null,\"after\":"
  return snprintf(out, size, "{\"name" CHANGE "\"%.*s\"},\"connectorType" CHANGE "\"s3-cross-account\"},\"status" CHANGE
    "\"unverified\"},\"enabled" CHANGE "true},\"userArn" CHANGE "\"%.*s\"},\"sessionName" CHANGE "\"%.*s\"},\"bucketName" CHANGE
    "\"%.*s\"},\"prefix" CHANGE "\"%.*s\"},\"externalId" CHANGE "\"%s\"}}", icc->name.length, icc->name.start, icc->user_arn.length,
    icc->user_arn.start, icc->session_name.length, icc->session_name.start, icc->bucket_name.length, icc->bucket_name.start,
    icc->prefix.length, icc->prefix.start, hex);
#undef CHANGE
}

static void bind(sqlite3_stmt *statement, int index, struct text text) {
  sqlite3_bind_text(statement, index, text.start, text.length, SQLITE_STATIC);
}

static int insert_event(struct writer *writer, const struct icc *icc) {
  struct canonical content = {.count = SECRET_BYTES};
  char changes[4096], request[32];
  unsigned length;
  int count = changes_of(icc, changes, sizeof changes);
  writer->sequence++;
  int request_length = snprintf(request, sizeof request, "req-%lld", (long long)writer->sequence);
  memcpy(content.bytes, writer->hash, SECRET_BYTES);
  append_number(&content, writer->sequence);
  append_number(&content, icc->created_at);
  append_text(&content, "icc.created", 11);
  append_number(&content, 0);
  append_text(&content, writer->actor, ID_LENGTH);
  append_text(&content, "127.0.0.1", 9);
  append_text(&content, request, (size_t)request_length);
  append_text(&content, "default", 7);
  append_text(&content, icc->id, ID_LENGTH);
  append_number(&content, 1);
  append_text(&content, changes, (size_t)count);
  require(EVP_Digest(content.bytes, content.count, writer->hash, &length, EVP_sha256(), NULL) == 1, "SHA-256");
  sqlite3_bind_int64(writer->event, 1, writer->sequence);
  sqlite3_bind_int64(writer->event, 2, icc->created_at);
  sqlite3_bind_text(writer->event, 3, writer->actor, ID_LENGTH, SQLITE_STATIC);
  sqlite3_bind_text(writer->event, 4, request, request_length, SQLITE_STATIC);
  sqlite3_bind_text(writer->event, 5, icc->id, ID_LENGTH, SQLITE_STATIC);
  sqlite3_bind_text(writer->event, 6, changes, count, SQLITE_STATIC);
  sqlite3_bind_blob(writer->event, 7, writer->hash, SECRET_BYTES, SQLITE_STATIC);
  return step(writer->event);
}

/* Inserts the rows that the registry inserts for a create, after the same lookup. */
int insert_icc(struct writer *writer, const struct icc *icc) {
  bind(writer->name_in_use, 1, icc->name);
  if (!step(writer->name_in_use)) return 0;
  sqlite3_bind_text(writer->icc, 1, icc->id, ID_LENGTH, SQLITE_STATIC);
  sqlite3_bind_int64(writer->icc, 2, icc->created_at);
  sqlite3_bind_text(writer->icc, 3, writer->actor, ID_LENGTH, SQLITE_STATIC);
  const struct text fields[] = {icc->name, icc->user_arn, icc->session_name, icc->bucket_name, icc->prefix};
  for (int index = 0; index < 5; index++) bind(writer->icc, 4 + index, fields[index]);
  sqlite3_bind_blob(writer->icc, 9, icc->external_id, SECRET_BYTES, SQLITE_STATIC);
  sqlite3_bind_blob(writer->external_id, 1, icc->external_id, SECRET_BYTES, SQLITE_STATIC);
  sqlite3_bind_int64(writer->external_id, 2, icc->created_at);
  return step(writer->icc) && step(writer->external_id) && insert_event(writer, icc);
}

const char *const read_sql =
  "SELECT name, user_arn, session_name, bucket_name, prefix, external_id, created_at, created_by FROM iccs WHERE id = ?1";

/* Renders the ICC with this identifier; 0 if there is none. */
int read_icc(sqlite3_stmt *statement, const char *id, char *out, char **end) {
  sqlite3_bind_text(statement, 1, id, ID_LENGTH, SQLITE_STATIC);
  int is_found = sqlite3_step(statement) == SQLITE_ROW;
  if (is_found) {
    struct icc icc;
    struct text *fields[] = {&icc.name, &icc.user_arn, &icc.session_name, &icc.bucket_name, &icc.prefix};
    for (int index = 0; index < 5; index++)
      *fields[index] = (struct text){(const char *)sqlite3_column_text(statement, index), sqlite3_column_bytes(statement, index)};
    memcpy(icc.id, id, ID_LENGTH);
    icc.id[ID_LENGTH] = 0;
    memcpy(icc.external_id, sqlite3_column_blob(statement, 5), SECRET_BYTES);
    icc.created_at = sqlite3_column_int64(statement, 6);
    *end = render_icc(out, &icc, (const char *)sqlite3_column_text(statement, 7));
  }
  sqlite3_reset(statement);
  return is_found;
}
