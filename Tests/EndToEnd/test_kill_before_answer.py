"""A create whose response was lost exists once after a retry with the same Idempotency-Key."""

import http.client
import json
import subprocess

import pytest

from registry_process import ARTICLE

# A C library that ends the process as `kill -9` does, at one of three moments of the first create after a file appears: before anything
# of it is written to the disk, when all of it is written but not synced, and when it is synced and its response is about to be sent.
DEATH = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static void die(const char *moment) {
  if (strcmp(getenv("MOMENT"), moment) == 0 && unlink(getenv("ARMED")) == 0) kill(getpid(), SIGKILL);
}

static void look(const void *bytes, size_t count) {
  if (count > 12 && memcmp(bytes, "HTTP/1.1 201", 12) == 0) die("answer");
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  die("write");
  return ((ssize_t (*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64"))(fd, bytes, count, offset);
}

int fdatasync(int fd) {
  die("sync");
  return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd);
}

int fsync(int fd) {
  die("sync");
  return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd);
}

ssize_t send(int fd, const void *bytes, size_t count, int flags) {
  look(bytes, count);
  return ((ssize_t (*)(int, const void *, size_t, int))dlsym(RTLD_NEXT, "send"))(fd, bytes, count, flags);
}

ssize_t write(int fd, const void *bytes, size_t count) {
  look(bytes, count);
  return ((ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write"))(fd, bytes, count);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  if (message->msg_iovlen > 0) look(message->msg_iov[0].iov_base, message->msg_iov[0].iov_len);
  return ((ssize_t (*)(int, const struct msghdr *, int))dlsym(RTLD_NEXT, "sendmsg"))(fd, message, flags);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (count > 0) look(parts[0].iov_base, parts[0].iov_len);
  return ((ssize_t (*)(int, const struct iovec *, int))dlsym(RTLD_NEXT, "writev"))(fd, parts, count);
}
"""


@pytest.mark.parametrize(("moment", "is_replayed"), [("write", None), ("sync", "true"), ("answer", "true")])
def test_a_create_without_a_response_exists_once_after_a_retry(start, tmp_path, moment, is_replayed):
    (tmp_path / "death.c").write_text(DEATH)
    subprocess.run(
        ["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-o", tmp_path / "death.so", tmp_path / "death.c"], check=True, timeout=60)
    environment = {"LD_PRELOAD": str(tmp_path / "death.so"), "MOMENT": moment, "ARMED": str(tmp_path / "armed")}
    registry = start(environment=environment)
    before = registry.create(name="before")
    (tmp_path / "armed").touch()

    key, body = {"Idempotency-Key": "once"}, {**ARTICLE, "name": "asked for once"}
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        registry.call("POST", "/v1/iccs", body, headers=key)
    assert registry.process.wait(10) == -9 and not (tmp_path / "armed").exists()

    registry = start(token=registry.token)
    answers = [registry.call("POST", "/v1/iccs", body, headers=key) for _ in range(3)]
    assert [status for status, _, _ in answers] == [201] * 3
    assert [headers["Idempotency-Replayed"] for _, headers, _ in answers] == [is_replayed, "true", "true"]
    assert len({content for _, _, content in answers}) == 1
    made = json.loads(answers[0][2])
    assert registry.ids() == [before["id"], made["id"]]
    # Only the answer to a create names the other ICCs on the role.
    assert [warning["code"] for warning in made.pop("warnings")] == ["user-arn.shared-with-your-iccs"]
    assert {**registry.get(f"/v1/iccs/{made['id']}"), **made, "warnings": []} == registry.get(f"/v1/iccs/{made['id']}")
    assert [event["type"] for event in registry.get(f"/v1/iccs/{made['id']}/events")["items"]] == ["icc.created"]
