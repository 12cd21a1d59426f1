/* The floor that the server is measured against: as little as a correct answer over TCP can cost. One epoll loop a thread,
 * a listener each (SO_REUSEPORT), and the same bytes from memory for every request, whose end alone is looked for.
 * Usage: floor THREADS FILE, where FILE holds the whole response. Prints the port. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PATIENCE = -1, EVENTS = 256, LARGEST_REQUEST = 8192, LARGEST_RESPONSE = 65536, MOST_DESCRIPTORS = 65536 };

struct connection {
  size_t count;
  char request[LARGEST_REQUEST];
};

static char response[LARGEST_RESPONSE];
static size_t response_count;
static struct sockaddr_in address;
static struct connection *connections[MOST_DESCRIPTORS];

static void require(int condition, const char *what) {
  if (condition) return;
  perror(what);
  exit(1);
}

static int make_listener(void) {
  int on = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  require(listener >= 0, "socket");
  require(setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == 0, "SO_REUSEPORT");
  require(bind(listener, (struct sockaddr *)&address, sizeof address) == 0, "bind");
  require(listen(listener, 1024) == 0, "listen");
  socklen_t length = sizeof address;
  require(getsockname(listener, (struct sockaddr *)&address, &length) == 0, "getsockname");
  return listener;
}

static void watch(int poller, int descriptor) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
  require(epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &event) == 0, "epoll_ctl");
}

static void take(int poller, int listener) {
  int on = 1, descriptor;
  while ((descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    require(descriptor < MOST_DESCRIPTORS, "too many connections");
    connections[descriptor] = calloc(1, sizeof(struct connection));
    require(connections[descriptor] != NULL, "calloc");
    watch(poller, descriptor);
  }
}

static void end(int descriptor) {
  free(connections[descriptor]);
  connections[descriptor] = NULL;
  close(descriptor);
}

/* Clients here wait for each answer, so a response that does not fit the socket's buffer at once is a broken set-up. */
static void answer(int descriptor) {
  struct connection *connection = connections[descriptor];
  ssize_t count = recv(descriptor, connection->request + connection->count, LARGEST_REQUEST - connection->count, 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0) return end(descriptor);
  connection->count += (size_t)count;
  if (memmem(connection->request, connection->count, "\r\n\r\n", 4) == NULL) {
    if (connection->count == LARGEST_REQUEST) end(descriptor);
    return;
  }
  connection->count = 0;
  if (send(descriptor, response, response_count, MSG_NOSIGNAL) != (ssize_t)response_count) end(descriptor);
}

static void *serve(void *argument) {
  int listener = *(int *)argument, poller = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event events[EVENTS];
  require(poller >= 0, "epoll_create1");
  watch(poller, listener);
  while (1) {
    int count = epoll_wait(poller, events, EVENTS, PATIENCE);
    for (int index = 0; index < count; index++) {
      int descriptor = events[index].data.fd;
      if (descriptor == listener) take(poller, listener); else answer(descriptor);
    }
  }
  return NULL;
}

int main(int count, char **words) {
  require(count == 3, "usage: floor THREADS FILE");
  int threads = atoi(words[1]);
  FILE *file = fopen(words[2], "rb");
  require(file != NULL && threads > 0, words[2]);
  response_count = fread(response, 1, sizeof response, file);
  fclose(file);
  address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int *listeners = calloc((size_t)threads, sizeof(int));
  require(listeners != NULL, "calloc");
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
