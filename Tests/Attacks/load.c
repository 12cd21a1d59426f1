/* Requests, as many as wanted, over THREADS connections at a time:

     load PORT good TOTAL THREADS FILE       FILE is one request; sent over and over on connections that are kept; each answer must be a 200
     load PORT broken TOTAL THREADS FILE...  each FILE is one broken message; each is sent on a connection of its own, its answer read to the
                                             end, which must begin with a status of 4xx or 5xx; every third client says that it sends no more

   Prints how many were answered so. Exits with 1 if one was not. */
#include "loopback.h"
#include <pthread.h>
#include <stdatomic.h>

static int port, files_count;
static atomic_long left, answered;
static struct { char *bytes; size_t length; } files[256];

/* The whole answer, by its Content-Length; 0 where there is none. */
static size_t receive(int connection, char *answer, size_t room) {
  size_t received = 0, whole = 0;
  while (!whole || received < whole) {
    ssize_t count = recv(connection, answer + received, room - 1 - received, 0);
    if (count <= 0) return 0;
    answer[received += count] = 0;
    char *end = whole ? NULL : strstr(answer, "\r\n\r\n"), *length = end ? strstr(answer, "Content-Length: ") : NULL;
    if (length) whole = end + 4 - answer + atol(length + 16);
  }
  return received;
}

static void *good(void *unused) {
  char answer[65536];
  int connection = loopback(port, 0, 0, 10);
  while (atomic_fetch_sub(&left, 1) > 0) {
    send(connection, files[0].bytes, files[0].length, MSG_NOSIGNAL);
    if (receive(connection, answer, sizeof answer) && !memcmp(answer, "HTTP/1.1 200 ", 13)) answered++;
    if (!strstr(answer, "Connection: close")) continue;
    close(connection);
    connection = loopback(port, 0, 0, 10);
  }
  close(connection);
  return unused;
}

static void *broken(void *unused) {
  char answer[65536];
  long turn;
  while ((turn = atomic_fetch_sub(&left, 1)) > 0) {
    int connection = loopback(port, 0, 0, 10), file = turn % files_count;
    size_t received = 0;
    ssize_t count = 1;
    send(connection, files[file].bytes, files[file].length, MSG_NOSIGNAL);
    if (turn % 3 == 0) shutdown(connection, SHUT_WR);
    while (received < sizeof answer && (count = recv(connection, answer + received, sizeof answer - received, 0)) > 0)
      received += count;
    if (count == 0 && received > 12 && !memcmp(answer, "HTTP/1.1 ", 9) && (answer[9] == '4' || answer[9] == '5')) answered++;
    else fprintf(stderr, "file %d: %zd after %zu bytes: %.12s\n", file, count, received, answer);
    close(connection);
  }
  return unused;
}

int main(int count, char **words) {
  if (count < 6) return 2;
  pthread_t threads[256];
  int is_good = !strcmp(words[2], "good"), threads_count = atoi(words[4]);
  long total = left = atol(words[3]);
  port = atoi(words[1]);
  for (int index = 5; index < count && files_count < 256; index++, files_count++)
    files[files_count].bytes = contents(words[index], &files[files_count].length);
  for (int index = 0; index < threads_count; index++) pthread_create(&threads[index], NULL, is_good ? good : broken, NULL);
  for (int index = 0; index < threads_count; index++) pthread_join(threads[index], NULL);
  printf("%ld\n", answered);
  return answered != total;
}
