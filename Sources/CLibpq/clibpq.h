// libpq, loaded when it is first needed: a registry on SQLite needs neither it nor the TLS library behind it, and a build
// needs no headers of PostgreSQL. The prototypes are those of the manual (https://www.postgresql.org/docs/15/libpq.html);
// libpq has kept them, and the numbers below, since version 9.
#include <dlfcn.h>
#include <stddef.h>

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
typedef void (*PQnoticeReceiver)(void *context, const PGresult *result);

enum { CLIBPQ_CONNECTION_OK = 0 };
enum { CLIBPQ_COMMAND_OK = 1, CLIBPQ_TUPLES_OK = 2 };
enum { CLIBPQ_IDLE = 0, CLIBPQ_ACTIVE = 1, CLIBPQ_IN_TRANSACTION = 2, CLIBPQ_IN_ERROR = 3, CLIBPQ_UNKNOWN = 4 };
// PG_DIAG_SQLSTATE and PG_DIAG_MESSAGE_PRIMARY.
enum { CLIBPQ_SQLSTATE = 'C', CLIBPQ_MESSAGE = 'M' };

// The functions in use.
struct clibpq {
  PGconn *(*connectdbParams)(const char *const *keywords, const char *const *values, int expand_dbname);
  void (*finish)(PGconn *);
  int (*status)(const PGconn *);
  int (*transactionStatus)(const PGconn *);
  int (*socket)(const PGconn *);
  char *(*errorMessage)(const PGconn *);
  const char *(*parameterStatus)(const PGconn *, const char *name);
  int (*serverVersion)(const PGconn *);
  int (*setnonblocking)(PGconn *, int);
  PQnoticeReceiver (*setNoticeReceiver)(PGconn *, PQnoticeReceiver, void *context);
  int (*sendQuery)(PGconn *, const char *script);
  int (*sendPrepare)(PGconn *, const char *name, const char *query, int count, const unsigned *types);
  int (*sendQueryPrepared)(
      PGconn *, const char *name, int count, const char *const *values, const int *lengths, const int *formats,
      int result_format);
  int (*flush)(PGconn *);
  int (*consumeInput)(PGconn *);
  int (*isBusy)(PGconn *);
  PGresult *(*getResult)(PGconn *);
  int (*resultStatus)(const PGresult *);
  char *(*resultErrorField)(const PGresult *, int field);
  int (*ntuples)(const PGresult *);
  char *(*getvalue)(const PGresult *, int row, int column);
  int (*getlength)(const PGresult *, int row, int column);
  int (*getisnull)(const PGresult *, int row, int column);
  char *(*cmdTuples)(PGresult *);
  void (*clear)(PGresult *);
};

#define CLIBPQ(field, name) \
  if (!((library->field) = (__typeof__(library->field))dlsym(handle, name))) return 0

// Loads libpq by the name of its stable interface; 0 where it is not installed. It is never unloaded.
static inline int clibpq_load(struct clibpq *library) {
  void *handle = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (!handle) return 0;
  CLIBPQ(connectdbParams, "PQconnectdbParams");
  CLIBPQ(finish, "PQfinish");
  CLIBPQ(status, "PQstatus");
  CLIBPQ(transactionStatus, "PQtransactionStatus");
  CLIBPQ(socket, "PQsocket");
  CLIBPQ(errorMessage, "PQerrorMessage");
  CLIBPQ(parameterStatus, "PQparameterStatus");
  CLIBPQ(serverVersion, "PQserverVersion");
  CLIBPQ(setnonblocking, "PQsetnonblocking");
  CLIBPQ(setNoticeReceiver, "PQsetNoticeReceiver");
  CLIBPQ(sendQuery, "PQsendQuery");
  CLIBPQ(sendPrepare, "PQsendPrepare");
  CLIBPQ(sendQueryPrepared, "PQsendQueryPrepared");
  CLIBPQ(flush, "PQflush");
  CLIBPQ(consumeInput, "PQconsumeInput");
  CLIBPQ(isBusy, "PQisBusy");
  CLIBPQ(getResult, "PQgetResult");
  CLIBPQ(resultStatus, "PQresultStatus");
  CLIBPQ(resultErrorField, "PQresultErrorField");
  CLIBPQ(ntuples, "PQntuples");
  CLIBPQ(getvalue, "PQgetvalue");
  CLIBPQ(getlength, "PQgetlength");
  CLIBPQ(getisnull, "PQgetisnull");
  CLIBPQ(cmdTuples, "PQcmdTuples");
  CLIBPQ(clear, "PQclear");
  return 1;
}

#undef CLIBPQ

// Drops notices, which libpq prints to standard error otherwise.
static inline void clibpq_ignore(void *context, const PGresult *result) {
  (void)context;
  (void)result;
}

static inline void clibpq_ignore_notices(struct clibpq library, PGconn *connection) {
  library.setNoticeReceiver(connection, clibpq_ignore, NULL);
}
