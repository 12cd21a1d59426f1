// A layer over the C library that ends the process, as `kill -9` does, before its DIE_AT-th change of a file.
// A line for each change before is appended to the file CHANGES: the name of the call.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static void change(const char *call) {
  static int changes = 0;
  if (++changes == atoi(getenv("DIE_AT"))) kill(getpid(), SIGKILL);
  int file = open(getenv("CHANGES"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (write(file, call, strlen(call)) < 0 || write(file, "\n", 1) < 0) abort();
  close(file);
}

#define REAL(name, type) ((type)dlsym(RTLD_NEXT, name))

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  change("pwrite64");
  return REAL("pwrite64", ssize_t(*)(int, const void *, size_t, off64_t))(fd, bytes, count, offset);
}

int ftruncate64(int fd, off64_t size) {
  change("ftruncate64");
  return REAL("ftruncate64", int (*)(int, off64_t))(fd, size);
}

int rename(const char *from, const char *to) {
  change("rename");
  return REAL("rename", int (*)(const char *, const char *))(from, to);
}

int link(const char *from, const char *to) {
  change("link");
  return REAL("link", int (*)(const char *, const char *))(from, to);
}

int unlink(const char *path) {
  change("unlink");
  return REAL("unlink", int (*)(const char *))(path);
}

int fsync(int fd) {
  change("fsync");
  return REAL("fsync", int (*)(int))(fd);
}

int fdatasync(int fd) {
  change("fdatasync");
  return REAL("fdatasync", int (*)(int))(fd);
}
