/* A flood of clients that each send half a head and then nothing: `flood PORT RATE`.
   RATE new connections a second, in bursts every 20 ms. Each is kept, also when the server has ended it, until the server has closed it.
   Bursts that this process misses are left out, so that no larger one follows. Runs until it is killed. */
#include "loopback.h"
#include <sys/epoll.h>

enum { BURST_US = 20000 };
static const char half[] = "GET /healthz HTTP/1.1\r\nHost: ";

static void burst(int poller, int port, int count) {
  while (count-- > 0) {
    int connection = loopback(port, SOCK_NONBLOCK, 0, 0);
    struct epoll_event event = {.events = EPOLLOUT | EPOLLET, .data.fd = connection};
    if (connection >= 0) epoll_ctl(poller, EPOLL_CTL_ADD, connection, &event);
  }
}

/* A client is either connected, or at its end. */
static void serve(struct epoll_event *event) {
  int connection = event->data.fd;
  if (event->events & (EPOLLHUP | EPOLLERR)) return reset(connection);
  if (send(connection, half, sizeof half - 1, MSG_NOSIGNAL) < 0 && errno != EAGAIN) reset(connection);
}

int main(int count, char **words) {
  if (count != 3) return 2;
  raise_descriptor_limit();
  int port = atoi(words[1]), rate = atoi(words[2]), poller = epoll_create1(0);
  for (long long next = now_us();;) {
    struct epoll_event events[256];
    long long left = next - now_us();
    int ready = epoll_wait(poller, events, 256, left > 0 ? (left + 999) / 1000 : 0);
    for (int index = 0; index < ready; index++) serve(&events[index]);
    if (now_us() < next) continue;
    burst(poller, port, rate / (1000000 / BURST_US));
    next = next + BURST_US > now_us() ? next + BURST_US : now_us();
  }
}
