/* Connections to a port of this machine. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static inline long long now_us(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

/* A connected socket from an address of this machine, by default the usual one, or one that is connecting where `flags` has SOCK_NONBLOCK; -1 where there is none. A `receive_buffer` of 0 is the
   system's. A blocking one waits `seconds` at most for anything. */
static inline int loopback_from(const char *source, int port, int flags, int receive_buffer, int seconds) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct timeval limit = {.tv_sec = seconds};
  int connection = socket(AF_INET, SOCK_STREAM | flags, 0);
  if (connection < 0) return -1;
  if (source) {
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = inet_addr(source)};
    int yes = 1;
    setsockopt(connection, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    if (bind(connection, (struct sockaddr *)&own, sizeof own) < 0) { perror(source); exit(2); }
  }
  if (receive_buffer) setsockopt(connection, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  if (seconds) {
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  }
  if (connect(connection, (struct sockaddr *)&address, sizeof address) == 0 || errno == EINPROGRESS) return connection;
  close(connection);
  return -1;
}

static inline int loopback(int port, int flags, int receive_buffer, int seconds) {
  return loopback_from(NULL, port, flags, receive_buffer, seconds);
}

/* The close is a reset: no TIME-WAIT is left, and the other side hears of it at once. */
static inline void reset(int connection) {
  struct linger now = {.l_onoff = 1, .l_linger = 0};
  setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  close(connection);
}

/* A whole file, and its length. */
static inline char *contents(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (!file) { perror(path); exit(2); }
  size_t room = 1 << 22;
  char *bytes = malloc(room);
  *length = fread(bytes, 1, room, file);
  fclose(file);
  return bytes;
}

static inline void raise_descriptor_limit(void) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}
