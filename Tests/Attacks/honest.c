/* The honest client, in a process of its own: `honest PORT SECONDS [DELAY_MS EVERY_US ADDRESS]`.
   A new connection every 20 ms or EVERY_US, from ADDRESS, one request DELAY_MS after the handshake, and the answer read to its end; a
   request has 2 s. Requests do not wait for one another, so that a stall of the server meets each of them. One that this process sends too
   late, because it did not get a processor, does not count. Prints `sent answered`, then the milliseconds of each that was answered. */
#include "loopback.h"
#include <sys/epoll.h>

enum { EVERY_US = 20000, LIMIT_US = 2000000, LATE_US = 50000, MOST = 1000 };
static const char request[] = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

struct ask { int connection, is_sent, is_good; long long began, due; } asks[MOST];
static double times[100000];
static int sent, answered;
static long long delay, every = EVERY_US;
static const char *address;

static void forget(struct ask *ask) { close(ask->connection); ask->connection = -1; }

/* The request that was not sent was lost by the server, unless it was due long ago. */
static void lose(struct ask *ask) {
  if (ask->due && now_us() > ask->due + LATE_US) sent--;
  forget(ask);
}

static void serve(struct ask *ask) {
  char answer[8192];
  if (!ask->is_sent) {
    long long now = now_us();
    if (!ask->due) ask->due = now + delay;
    if (now < ask->due) return;
    if (now > ask->due + LATE_US) return lose(ask);
    if (send(ask->connection, request, sizeof request - 1, MSG_NOSIGNAL) < 0) { if (errno != EAGAIN) lose(ask); return; }
    ask->is_sent = 1;
  }
  for (;;) {
    ssize_t count = recv(ask->connection, answer, sizeof answer, 0);
    if (count < 0 && errno == EAGAIN) return;
    if (count > 0) { if (!ask->is_good) ask->is_good = count >= 13 && !memcmp(answer, "HTTP/1.1 200 ", 13); continue; }
    if (count == 0 && ask->is_good) times[answered++] = (now_us() - ask->began - delay) / 1000.0;
    return forget(ask);
  }
}

static struct ask *begin(int poller, int port) {
  for (struct ask *ask = asks; ask < asks + MOST; ask++) {
    if (ask->connection >= 0) continue;
    *ask = (struct ask){.connection = -1, .began = now_us()};
    ask->connection = loopback_from(address, port, SOCK_NONBLOCK, 0, 0);
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = ask};
    if (ask->connection >= 0) epoll_ctl(poller, EPOLL_CTL_ADD, ask->connection, &event);
    return ask;
  }
  return NULL;
}

int main(int count, char **words) {
  if (count != 3 && count != 6) return 2;
  int port = atoi(words[1]), poller = epoll_create1(0), open = 1;
  if (count == 6) { delay = atoi(words[3]) * 1000; every = atoi(words[4]); address = words[5]; }
  long long end = now_us() + atof(words[2]) * 1000000, next = now_us();
  for (struct ask *ask = asks; ask < asks + MOST; ask++) ask->connection = -1;
  while (now_us() < end || open) {
    struct epoll_event events[64];
    if (now_us() >= next && next < end) { begin(poller, port); sent++; next += every; }
    long long patience = next < end ? next - now_us() : 20000;
    if (delay && patience > 2000) patience = 2000;
    int ready = epoll_wait(poller, events, 64, patience < 0 ? 0 : patience / 1000 + (patience % 1000 > 0));
    for (int index = 0; index < ready; index++) serve(events[index].data.ptr);
    open = 0;
    for (struct ask *ask = asks; ask < asks + MOST; ask++) {
      if (ask->connection >= 0 && ask->due && !ask->is_sent && now_us() >= ask->due) serve(ask);
      if (ask->connection >= 0 && now_us() - ask->began > LIMIT_US + delay) forget(ask);
      open |= ask->connection >= 0;
    }
  }
  printf("%d %d", sent, answered);
  for (int index = 0; index < answered; index++) printf(" %.3f", times[index]);
  printf("\n");
  return 0;
}
