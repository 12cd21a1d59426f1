/* What one commit per create gives on this disk: the rows of a create put into the registry's own tables, with its triggers
 * and indexes and the server's settings of SQLite, one transaction each, by one program with nothing around it.
 * Usage: commits DATABASE SECONDS, where no server has the database open. Prints commits a second. */
#define _GNU_SOURCE
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static sqlite3 *database;

static void require(int condition) {
  if (condition) return;
  fprintf(stderr, "commits: %s\n", sqlite3_errmsg(database));
  exit(1);
}

static void run(const char *sql) { require(sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK); }

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *statement;
  require(sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) == SQLITE_OK);
  return statement;
}

static void step(sqlite3_stmt *statement) {
  require(sqlite3_step(statement) == SQLITE_DONE);
  sqlite3_reset(statement);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int count, char **words) {
  if (count != 3) return 2;
  require(sqlite3_open(words[1], &database) == SQLITE_OK);
  run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
  sqlite3_stmt *begin = prepare("BEGIN IMMEDIATE"), *commit = prepare("COMMIT");
  sqlite3_stmt *icc = prepare(
    "INSERT INTO iccs (id, organisation, connector_type, created_at, created_by, name, name_folded, status, enabled,"
    " user_arn, session_name, bucket_name, prefix, external_id, version, updated_at, updated_by)"
    " VALUES (?1, 'default', 's3-cross-account', 1, 'tok_01hzzzzzzzzzzzzzzzzzzzzzzz', ?1, ?1, 'unverified', 1,"
    " 'arn:aws:iam::111122223333:role/' || ?1, 'acme-import', 'acme-data', 'exports/', ?2, 1, 1,"
    " 'tok_01hzzzzzzzzzzzzzzzzzzzzzzz')");
  sqlite3_stmt *issued = prepare(
    "INSERT INTO external_ids (external_id, icc, state, issued_at) VALUES (?2, last_insert_rowid(), 'live', 1)");
  sqlite3_stmt *event = prepare(
    "INSERT INTO events (at, kind, administrators_only, actor, address, request_id, organisation, subject, version,"
    " changes, hash) VALUES (1, 'icc.created', 0, 'tok_01hzzzzzzzzzzzzzzzzzzzzzzz', '127.0.0.1', ?1, 'default', ?1, 1,"
    " '{\"name\":{\"after\":\"' || ?1 || '\"},\"userArn\":{\"after\":\"arn:aws:iam::111122223333:role/' || ?1 ||"
    " '\"},\"sessionName\":{\"after\":\"acme-import\"},\"bucketName\":{\"after\":\"acme-data\"},"
    "\"prefix\":{\"after\":\"exports/\"}}', ?2)");
  long commits = 0;
  double start = now(), end = start + atof(words[2]), time;
  while ((time = now()) < end) {
    char id[31];
    unsigned char random[32];
    snprintf(id, sizeof id, "icc_%026ld", commits++);
    sqlite3_randomness(sizeof random, random);
    step(begin);
    sqlite3_stmt *rows[] = {icc, issued, event};
    for (int index = 0; index < 3; index++) {
      if (rows[index] != issued) sqlite3_bind_text(rows[index], 1, id, -1, SQLITE_STATIC);
      sqlite3_bind_blob(rows[index], 2, random, sizeof random, SQLITE_STATIC);
      step(rows[index]);
    }
    step(commit);
  }
  printf("%.1f\n", (double)commits / (time - start));
  return sqlite3_close_v2(database) != SQLITE_OK;
}
