"""A disk that does not respond: syncs hang while a file exists."""

import json
import subprocess

from registry_process import ARTICLE

# A C library whose fdatasync hangs while a file exists.
HANGING_SYNC = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

int fdatasync(int fd) {
  while (access(getenv("HANG"), F_OK) == 0) usleep(10000);
  return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd);
}
"""


def hanging_sync(folder):
    """Returns the environment of a server whose syncs hang while the file, the second result, exists."""
    source, library, hang = folder / "hang.c", folder / "hang.so", folder / "hang"
    source.write_text(HANGING_SYNC)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return {"LD_PRELOAD": str(library), "HANG": str(hang)}, hang


def waiting_create(registry):
    """Sends a create without waiting for its response; returns the client's process."""
    return subprocess.Popen([
        "curl", "-s", "-H", f"Authorization: Bearer {registry.token}", "-H", "Content-Type: application/json", "-d",
        json.dumps({**ARTICLE, "name": "waits"}), f"{registry.url}/v1/iccs"], stdout=subprocess.DEVNULL)
