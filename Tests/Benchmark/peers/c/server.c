/* A bare HTTP server that reads and writes the registry's own rows: one epoll loop a thread, each with its own listener and
 * its own connection for reading. The creates of one loop iteration share one commit, which all of them wait for.
 * Usage: server THREADS DATABASE. Prints the port. It checks nothing but the form of a create: no token, no audit of reads. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "peer.h"

enum { EVENTS = 256, HEAD_ROOM = 512, WAIT_FOR_EVER = -1 };

struct connection {
  int descriptor;
  size_t count;
  char request[LARGEST_REQUEST + 1];
};

/* A create that waits for the commit: its fields lie in the connection's request. */
struct create {
  struct connection *connection;
  struct icc icc;
};

static const char *database_path;
static struct sockaddr_in address;
static struct writer writer;
static pthread_mutex_t writing = PTHREAD_MUTEX_INITIALIZER;

static void end(struct connection *connection) {
  close(connection->descriptor);
  free(connection);
}

/* Sends the content that ends at `end` and starts HEAD_ROOM bytes into the buffer, with its head put before it. */
static void reply(struct connection *connection, const char *status, const char *location, char *buffer, char *end) {
  char head[HEAD_ROOM];
  int count = (int)(end - buffer) - HEAD_ROOM;
  int length = snprintf(head, sizeof head, "HTTP/1.1 %s\r\nContent-Type: application/json\r\n%s%s%sContent-Length: %d\r\n\r\n",
    status, location ? "Location: /v1/iccs/" : "", location ? location : "", location ? "\r\n" : "", count);
  memcpy(buffer + HEAD_ROOM - length, head, (size_t)length);
  /* Clients wait for each response: one that does not fit the socket's buffer is a broken set-up. */
  ssize_t sent = send(connection->descriptor, buffer + HEAD_ROOM - length, (size_t)(length + count), MSG_NOSIGNAL);
  require(sent == length + count || errno == EPIPE || errno == ECONNRESET, "send");
}

static void reply_text(struct connection *connection, const char *status, const char *text) {
  char buffer[LARGEST_RESPONSE];
  strcpy(buffer + HEAD_ROOM, text);
  reply(connection, status, NULL, buffer, buffer + HEAD_ROOM + strlen(text));
}

static void commit(struct create *creates, int count) {
  if (count == 0) return;
  pthread_mutex_lock(&writing);
  sqlite3_step(writer.begin);
  sqlite3_reset(writer.begin);
  int is_good = 1;
  int64_t now = milliseconds_now();
  for (int index = 0; index < count && is_good; index++) {
    complete(&creates[index].icc, now);
    is_good = insert_icc(&writer, &creates[index].icc);
  }
  is_good = is_good && sqlite3_step(writer.commit) == SQLITE_DONE;
  sqlite3_reset(writer.commit);
  pthread_mutex_unlock(&writing);
  require(is_good, "commit");
  for (int index = 0; index < count; index++) {
    char buffer[LARGEST_RESPONSE];
    char *end = render_icc(buffer + HEAD_ROOM, &creates[index].icc, writer.actor);
    reply(creates[index].connection, "201 Created", creates[index].icc.id, buffer, end);
  }
}

static size_t content_length(const char *request, const char *head_end) {
  const char *field = strcasestr(request, "\r\nContent-Length:");
  return field != NULL && field < head_end ? (size_t)atol(field + 17) : 0;
}

/* Answers a whole request, or keeps a create for the commit. */
static void handle(struct connection *connection, char *content, char *end, sqlite3_stmt *read, struct create *creates, int *count) {
  char buffer[LARGEST_RESPONSE], *rendered;
  if (!strncmp(connection->request, "GET /v1/iccs/icc_", 17)) {
    if (read_icc(read, connection->request + 13, buffer + HEAD_ROOM, &rendered))
      reply(connection, "200 OK", NULL, buffer, rendered);
    else
      reply_text(connection, "404 Not Found", "{}");
  } else if (!strncmp(connection->request, "POST /v1/iccs ", 14)) {
    creates[*count].connection = connection;
    if (parse_create(content, end, &creates[*count].icc)) (*count)++;
    else reply_text(connection, "422 Unprocessable Content", "{}");
  } else {
    reply_text(connection, strncmp(connection->request, "GET /healthz ", 13) ? "404 Not Found" : "200 OK", "{}");
  }
}

/* Reads what has come; 0 at the connection's end. */
static int receive(struct connection *connection, sqlite3_stmt *read, struct create *creates, int *count) {
  ssize_t got = recv(connection->descriptor, connection->request + connection->count, LARGEST_REQUEST - connection->count, 0);
  if (got < 0 && errno == EAGAIN) return 1;
  if (got <= 0) return 0;
  connection->count += (size_t)got;
  connection->request[connection->count] = 0;
  char *head_end = memmem(connection->request, connection->count, "\r\n\r\n", 4);
  if (head_end == NULL) return connection->count < LARGEST_REQUEST;
  size_t length = content_length(connection->request, head_end);
  if (connection->count < (size_t)(head_end + 4 - connection->request) + length) return connection->count < LARGEST_REQUEST;
  handle(connection, head_end + 4, head_end + 4 + length, read, creates, count);
  connection->count = 0;
  return 1;
}

static int make_listener(void) {
  int on = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  socklen_t length = sizeof address;
  require(setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == 0, "SO_REUSEPORT");
  require(bind(listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(listener, 4096) == 0, "listen");
  require(getsockname(listener, (struct sockaddr *)&address, &length) == 0, "getsockname");
  return listener;
}

static void watch(int poller, int descriptor, void *data) {
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = data};
  require(epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event) == 0, "epoll_ctl");
}

static void accept_all(int poller, int listener) {
  int on = 1, descriptor;
  while ((descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    struct connection *connection = calloc(1, sizeof *connection);
    require(connection != NULL, "calloc");
    connection->descriptor = descriptor;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    watch(poller, descriptor, connection);
  }
}

static void *serve(void *argument) {
  int listener = *(int *)argument, poller = epoll_create1(0);
  sqlite3 *database = open_database(database_path);
  sqlite3_stmt *read = prepare(database, read_sql), *begin = prepare(database, "BEGIN"), *done = prepare(database, "COMMIT");
  static _Thread_local struct create creates[EVENTS];
  struct epoll_event events[EVENTS];
  watch(poller, listener, NULL);
  while (1) {
    int ready = epoll_wait(poller, events, EVENTS, WAIT_FOR_EVER), count = 0;
    /* One read transaction an iteration costs 10 to 17 per cent less than one a request. */
    sqlite3_step(begin);
    sqlite3_reset(begin);
    for (int index = 0; index < ready; index++) {
      struct connection *connection = events[index].data.ptr;
      if (connection == NULL) accept_all(poller, listener);
      else if (!receive(connection, read, creates, &count)) end(connection);
    }
    sqlite3_step(done);
    sqlite3_reset(done);
    commit(creates, count);
  }
  return NULL;
}

int main(int count, char **words) {
  require(count == 3, "usage: server THREADS DATABASE");
  int threads = atoi(words[1]);
  database_path = words[2];
  open_writer(&writer, open_database(database_path));
  address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int *listeners = calloc((size_t)threads, sizeof *listeners);
  require(listeners != NULL && threads > 0, "threads");
  for (int index = 0; index < threads; index++) listeners[index] = make_listener();
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  for (int index = 1; index < threads; index++) {
    pthread_t thread;
    require(pthread_create(&thread, NULL, serve, &listeners[index]) == 0, "pthread_create");
  }
  serve(&listeners[0]);
  return 0;
}
