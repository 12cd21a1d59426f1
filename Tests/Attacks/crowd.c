/* A crowd of clients that keep connections busy for little, in a process that hardly wakes:

     crowd PORT COUNT OPENING INTERVAL_MS RECEIVE_BUFFER
     crowd PORT COUNT churn

   Opens COUNT connections, sends as much of the file OPENING on each as the server takes, never reads, and sends a byte `a` on each every
   INTERVAL_MS (0: never); whoever is cut comes again a fifth of a second later. Runs until it is killed. `churn` opens COUNT connections,
   one after the other, and resets them, every other one in the middle of a request line. */
#include "loopback.h"
#include <sys/epoll.h>

enum { TICK_MS = 50, TICKS_BEFORE_ANEW = 4, OPENED_A_TICK = 500 };

struct client { int connection, resting; size_t sent; };
static struct client *clients;
static char *opening;
static size_t opening_length;
static int poller;

static void leave(struct client *client) {
  reset(client->connection);
  *client = (struct client){.connection = -1, .resting = TICKS_BEFORE_ANEW};
}

static void come(struct client *client, int port, int receive_buffer) {
  client->connection = loopback(port, SOCK_NONBLOCK, receive_buffer, 0);
  if (client->connection < 0) { client->resting = TICKS_BEFORE_ANEW; return; }
  struct epoll_event event = {.events = EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = client};
  epoll_ctl(poller, EPOLL_CTL_ADD, client->connection, &event);
}

static void push(struct client *client) {
  while (client->sent < opening_length) {
    ssize_t count = send(client->connection, opening + client->sent, opening_length - client->sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EAGAIN) return;
    if (count < 0) return leave(client);
    client->sent += count;
  }
}

static int churn(int port, int count) {
  for (int turn = 0; turn < count; turn++) {
    int connection = loopback(port, 0, 0, 2);
    if (connection < 0) continue;
    if (turn % 2 && send(connection, "GET / HT", 8, MSG_NOSIGNAL) < 0) perror("send");
    reset(connection);
    if (turn % 10 == 0) usleep(1000);
  }
  pause();
  return 0;
}

int main(int words_count, char **words) {
  raise_descriptor_limit();
  if (words_count < 4) return 2;
  int port = atoi(words[1]), count = atoi(words[2]);
  if (!strcmp(words[3], "churn")) return churn(port, count);
  if (words_count != 6) return 2;
  opening = contents(words[3], &opening_length);
  int ticks = atoi(words[4]) / TICK_MS, receive_buffer = atoi(words[5]);
  poller = epoll_create1(0);
  clients = calloc(count, sizeof *clients);
  for (int index = 0; index < count; index++) clients[index].connection = -1;
  for (int tick = 0;; tick++) {
    long long end = now_us() + TICK_MS * 1000;
    int opened = 0;
    for (int index = 0; index < count; index++) {
      struct client *client = &clients[index];
      if (client->connection < 0) {
        if (client->resting > 0) client->resting--;
        else if (opened++ < OPENED_A_TICK) come(client, port, receive_buffer);
      } else if (ticks && index % ticks == tick % ticks && client->sent >= opening_length
                 && send(client->connection, "a", 1, MSG_NOSIGNAL) < 0 && errno != EAGAIN) {
        leave(client);
      }
    }
    for (;;) {
      struct epoll_event events[256];
      long long left = (end - now_us()) / 1000;
      int ready = left > 0 ? epoll_wait(poller, events, 256, left) : 0;
      for (int index = 0; index < ready; index++) {
        struct client *client = events[index].data.ptr;
        if (client->connection < 0) continue;
        if (events[index].events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) leave(client); else push(client);
      }
      if (now_us() >= end) break;
    }
  }
}
