// What Swift's Glibc module leaves out: epoll(7), eventfd(2), accept4(2) and malloc_trim(3).
// Without _GNU_SOURCE: with it `fd_set` would be defined otherwise than in the Glibc module, and the two could not be imported together.
#include <malloc.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/socket.h>

int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
