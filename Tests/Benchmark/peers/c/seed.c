/* Fills a registry's database with ICCs quickly: the rows and the event chain that creates would have made.
 * Usage: seed DATABASE COUNT IDENTIFIERS. The database has one token and no server; the identifiers go to a file, one a line.
 * Secondary indexes are dropped and created again at the end, which makes a million rows several times faster. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"

enum { BATCH = 10000, LARGEST_SCHEMA = 65536 };

/* Collects the SQL of all indexes and triggers that have any, drops them, and returns it. */
static char *drop_indexes(sqlite3 *database) {
  char *create = calloc(1, LARGEST_SCHEMA), *drop = calloc(1, LARGEST_SCHEMA);
  require(create != NULL && drop != NULL, "calloc");
  sqlite3_stmt *schema = prepare(
    database, "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL");
  while (sqlite3_step(schema) == SQLITE_ROW) {
    size_t used = strlen(create), dropped = strlen(drop);
    snprintf(create + used, LARGEST_SCHEMA - used, "%s;\n", sqlite3_column_text(schema, 2));
    snprintf(drop + dropped, LARGEST_SCHEMA - dropped, "DROP %s %s;\n", sqlite3_column_text(schema, 0), sqlite3_column_text(schema, 1));
  }
  sqlite3_finalize(schema);
  run(database, drop);
  free(drop);
  return create;
}

static struct text text_of(char *buffer, int length) { return (struct text){buffer, length}; }

static void seed(struct writer *writer, long count, FILE *identifiers) {
  int64_t at = milliseconds_now() - count;
  long first = (long)writer->sequence;
  for (long index = 0; index < count; index++) {
    char name[64], arn[96], session[64], bucket[64], prefix[64];
    unsigned account;
    long number = first + index;
    random_bytes(&account, sizeof account);
    struct icc icc = {
      .name = text_of(name, snprintf(name, sizeof name, "analytics connector %09ld", number)),
      .connector_type = text_of("s3-cross-account", 16),
      .user_arn = text_of(arn, snprintf(arn, sizeof arn, "arn:aws:iam::%012u:role/iceberg/catalog-reader-%09ld", account, number)),
      .session_name = text_of(session, snprintf(session, sizeof session, "icc-session-%09ld", number)),
      .bucket_name = text_of(bucket, snprintf(bucket, sizeof bucket, "acme-lake-%08x-%09ld", account, number)),
      .prefix = text_of(prefix, snprintf(prefix, sizeof prefix, "warehouse/team-%04ld/tables/", number % 1000)),
    };
    complete(&icc, at + index);
    require(insert_icc(writer, &icc), "insert");
    fprintf(identifiers, "%s\n", icc.id);
    if (index % BATCH == BATCH - 1) run(writer->database, "COMMIT; BEGIN IMMEDIATE");
  }
}

int main(int count, char **words) {
  require(count == 4, "usage: seed DATABASE COUNT IDENTIFIERS");
  sqlite3 *database = open_database(words[1]);
  run(database, "PRAGMA synchronous = OFF; PRAGMA cache_size = -4000000");
  FILE *identifiers = fopen(words[3], "w");
  require(identifiers != NULL, words[3]);
  struct writer writer;
  /* The lookup of a name needs an index: without one it would scan. Seeded names are distinct. */
  run(database, "BEGIN IMMEDIATE");
  char *create = drop_indexes(database);
  open_writer(&writer, database);
  sqlite3_finalize(writer.name_in_use);
  writer.name_in_use = prepare(database, "SELECT 1 WHERE ?1 IS NULL");
  seed(&writer, atol(words[2]), identifiers);
  run(database, create);
  /* The triggers that count were dropped as well. */
  run(database, "UPDATE counts SET value = (SELECT count(*) FROM iccs WHERE deleted_at IS NULL) WHERE name = 'iccs.unverified'");
  run(database, "UPDATE organisation_counts SET iccs = (SELECT count(*) FROM iccs WHERE deleted_at IS NULL)"
    " WHERE organisation = 'default'");
  run(database, "COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)");
  free(create);
  return fclose(identifiers) != 0;
}
