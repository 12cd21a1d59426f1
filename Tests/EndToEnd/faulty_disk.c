// A layer over the C library that makes calls on the files of a database fail, hang or take long.
// FAULTS names a file. Each of its lines is a call with an errno, with `hang`: the call hangs until the line is gone, or with
// `slow`: the call takes 2 ms longer.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { HANG = -1, SLOW = -2 };

// The errno of the call now, 0 to make the call, or one of the above.
static int fault(const char *call) {
  char name[32], what[32];
  int found = 0;
  FILE *faults = fopen(getenv("FAULTS"), "re");
  if (!faults) return 0;
  while (!found && fscanf(faults, "%31s %31s", name, what) == 2)
    if (strcmp(name, call) == 0) found = strcmp(what, "hang") == 0 ? HANG : strcmp(what, "slow") == 0 ? SLOW : atoi(what);
  fclose(faults);
  return found;
}

static int is_database(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, ".db") != NULL;
}

static int fails(const char *call, int fd) {
  int before = errno, number = 0;
  if (is_database(fd))
    while ((number = fault(call)) == HANG) usleep(10000);
  if (number == SLOW) {
    usleep(2000);
    number = 0;
  }
  errno = number ? number : before;
  return number;
}

#define REAL(name, type) ((type)dlsym(RTLD_NEXT, name))

ssize_t pread64(int fd, void *bytes, size_t count, off64_t offset) {
  return fails("pread64", fd) ? -1 : REAL("pread64", ssize_t(*)(int, void *, size_t, off64_t))(fd, bytes, count, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  return fails("pwrite64", fd) ? -1 : REAL("pwrite64", ssize_t(*)(int, const void *, size_t, off64_t))(fd, bytes, count, offset);
}

int fsync(int fd) { return fails("fsync", fd) ? -1 : REAL("fsync", int (*)(int))(fd); }
int fdatasync(int fd) { return fails("fdatasync", fd) ? -1 : REAL("fdatasync", int (*)(int))(fd); }
