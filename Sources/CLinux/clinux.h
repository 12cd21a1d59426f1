// What Swift's Glibc module leaves out: epoll(7), eventfd(2) and accept4(2).
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
