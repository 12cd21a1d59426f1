/* What the C programs of the benchmark share: an ICC as rows of the registry's own schema and as its JSON. */
#pragma once
#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

enum { ID_LENGTH = 30, SECRET_BYTES = 32, LARGEST_RESPONSE = 8192, LARGEST_REQUEST = 8192 };

/* A text that ends elsewhere than at a zero byte. */
struct text {
  const char *start;
  int length;
};

/* An ICC: the six fields of a create, and what the registry adds to them. */
struct icc {
  struct text name, connector_type, user_arn, session_name, bucket_name, prefix;
  char id[ID_LENGTH + 1];
  unsigned char external_id[SECRET_BYTES];
  int64_t created_at;
};

/* The statements of one connection that writes, and the end of the event chain. */
struct writer {
  sqlite3 *database;
  sqlite3_stmt *begin, *commit, *rollback, *name_in_use, *icc, *external_id, *event;
  char actor[ID_LENGTH + 1];
  int64_t sequence;
  unsigned char hash[SECRET_BYTES];
};

void require(int condition, const char *what);
void random_bytes(void *bytes, size_t count);
int64_t milliseconds_now(void);

/* json.c */
int parse_create(char *body, char *end, struct icc *icc);
char *render_icc(char *out, const struct icc *icc, const char *actor);

/* rows.c */
sqlite3 *open_database(const char *path);
sqlite3_stmt *prepare(sqlite3 *database, const char *sql);
void run(sqlite3 *database, const char *sql);
void open_writer(struct writer *writer, sqlite3 *database);
void complete(struct icc *icc, int64_t at);
int insert_icc(struct writer *writer, const struct icc *icc);
int read_icc(sqlite3_stmt *statement, const char *id, char *out, char **end);
extern const char *const read_sql;
