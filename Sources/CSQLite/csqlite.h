// What SQLite's own header offers to C alone: variadic functions, and the destructor sentinel that is a cast (-1).
#include <sqlite3.h>

// sqlite3_db_config() with one on/off switch and no answer: https://sqlite.org/c3ref/c_dbconfig_defensive.html
static inline int csqlite_db_config(sqlite3 *db, int op, int on) {
  return sqlite3_db_config(db, op, on, (int *)0);
}

// Without statistics SQLite takes no lock common to all threads around each allocation
// (https://sqlite.org/c3ref/c_config_covering_index_scan.html#sqliteconfigmemstatus). Takes effect before the first use.
static inline int csqlite_leave_memory_statistics_off(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// The bytes of former pages that a savepoint or statement keeps in memory before it writes them to a file: more than a
// create needs, so that it waits for none (https://sqlite.org/c3ref/c_config_covering_index_scan.html
// #sqliteconfigstmtjrnlspill). They are written to the file at once, and must be less than 128 KiB: of more, SQLite 3.40
// writes only the rest above a multiple of 128 KiB, and reports a full disk (`seekAndWriteFd` in os_unix.c).
// Takes effect before the first use.
static inline int csqlite_spill_statement_journals(void) {
  return sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, 120 << 10);
}

// SQLITE_TRANSIENT: SQLite copies the bytes before it returns (https://sqlite.org/c3ref/c_static.html).
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *bytes, sqlite3_uint64 count) {
  return sqlite3_bind_text64(statement, index, bytes, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
  return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}

static inline void csqlite_result_text(sqlite3_context *context, const char *bytes, sqlite3_uint64 count) {
  sqlite3_result_text64(context, bytes, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}
