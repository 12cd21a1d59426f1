// A layer over the C library that writes down, in order, what a process does to the files of its database and when it answers a create.
// DISK_TRACE names the file to append to. A record is a kind, a thread, an offset, the lengths of a path and of data, and the two:
// W data written, T truncated to the offset, R renamed to the path in the data, B a sync begins, S it has succeeded, A the head of an answer `201` before it is sent.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1;

struct __attribute__((packed)) record {
  char kind;
  int32_t thread;
  int64_t offset;
  uint32_t path_length, length;
};

// Straight to the kernel: these calls are not to be seen by the functions below.
static void put(const void *bytes, size_t count) {
  while (count > 0) {
    long written = syscall(SYS_write, trace, bytes, count);
    if (written <= 0) abort();
    bytes = (const char *)bytes + written;
    count -= (size_t)written;
  }
}

static void note(char kind, int fd, int64_t offset, const void *data, size_t length) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t path_length = fd < 0 ? 0 : readlink(link, path, sizeof path);
  if (path_length < 0) path_length = 0;
  pthread_mutex_lock(&lock);
  if (trace < 0) trace = (int)syscall(SYS_openat, AT_FDCWD, getenv("DISK_TRACE"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  struct record record = {kind, (int32_t)syscall(SYS_gettid), offset, (uint32_t)path_length, (uint32_t)length};
  put(&record, sizeof record);
  put(path, (size_t)path_length);
  put(data, length);
  pthread_mutex_unlock(&lock);
}

static void look(const char *bytes, size_t count) {
  if (count > 12 && memcmp(bytes, "HTTP/1.1 201", 12) == 0) note('A', -1, 0, bytes, count < 512 ? count : 512);
}

#define REAL(name, type) ((type)dlsym(RTLD_NEXT, name))

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  ssize_t written = REAL("pwrite64", ssize_t(*)(int, const void *, size_t, off64_t))(fd, bytes, count, offset);
  if (written > 0) note('W', fd, offset, bytes, (size_t)written);
  return written;
}

int ftruncate64(int fd, off64_t size) {
  int result = REAL("ftruncate64", int (*)(int, off64_t))(fd, size);
  if (result == 0) note('T', fd, size, "", 0);
  return result;
}

static int synced(int fd, const char *name) {
  note('B', fd, 0, "", 0);
  int result = REAL(name, int (*)(int))(fd);
  if (result == 0) note('S', fd, 0, "", 0);
  return result;
}

int rename(const char *from, const char *to) {
  int result = REAL("rename", int (*)(const char *, const char *))(from, to);
  if (result == 0) note('R', -1, 0, to, strlen(to));
  return result;
}

int fsync(int fd) { return synced(fd, "fsync"); }
int fdatasync(int fd) { return synced(fd, "fdatasync"); }

ssize_t send(int fd, const void *bytes, size_t count, int flags) {
  look(bytes, count);
  return REAL("send", ssize_t(*)(int, const void *, size_t, int))(fd, bytes, count, flags);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  if (message->msg_iovlen > 0) look(message->msg_iov[0].iov_base, message->msg_iov[0].iov_len);
  return REAL("sendmsg", ssize_t(*)(int, const struct msghdr *, int))(fd, message, flags);
}
