"""A crypto library that fails after the start: the server stops instead of going on with another caller's digest."""

import http.client
import json
import subprocess

import pytest

from registry_process import Registry
from scripted_aws import Peer

# A layer over libcrypto whose digests fail while a file exists, and leave the memory of the result as it was.
FAILING_DIGESTS = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fails(const char *call) {
  return strcmp(getenv("FAILING_CALL"), call) == 0 && access(getenv("FAILING"), F_OK) == 0;
}

int EVP_Digest(const void *data, size_t count, unsigned char *digest, unsigned int *size, const void *type, void *engine) {
  typedef int digest_call(const void *, size_t, unsigned char *, unsigned int *, const void *, void *);
  if (fails("EVP_Digest")) return 0;
  return ((digest_call *)dlsym(RTLD_NEXT, "EVP_Digest"))(data, count, digest, size, type, engine);
}

unsigned char *HMAC(const void *type, const void *key, int key_size, const unsigned char *data, size_t count,
                    unsigned char *digest, unsigned int *size) {
  typedef unsigned char *hmac_call(const void *, const void *, int, const unsigned char *, size_t, unsigned char *, unsigned int *);
  if (fails("HMAC")) return NULL;
  return ((hmac_call *)dlsym(RTLD_NEXT, "HMAC"))(type, key, key_size, data, count, digest, size);
}
"""


@pytest.fixture
def failing(binary, tmp_path):
    """Starts a server with AWS keys in which a call fails once the file, the second result, exists."""
    source, library, file = tmp_path / "digests.c", tmp_path / "digests.so", tmp_path / "failing"
    source.write_text(FAILING_DIGESTS)
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-o", library, source], check=True, timeout=60)
    started, peer = [], Peer()

    def start(call):
        environment = {**peer.environment(), "LD_PRELOAD": str(library), "FAILING_CALL": call, "FAILING": str(file)}
        registry = Registry(binary, tmp_path, tmp_path / "registry.db", environment=environment)
        started.append(registry)
        return registry.wait_until_listening(), file

    yield start
    peer.close()
    for registry in started:
        if registry.is_running:
            registry.kill()


@pytest.mark.parametrize("call", ["EVP_Digest", "HMAC"])
def test_a_failing_digest_stops_the_process(failing, call):
    registry, file = failing(call)
    icc = registry.create(name="before")["id"]
    other = json.loads(registry.call("POST", "/v1/tokens", {"name": "other", "role": "connector"})[2])["token"]
    # The digest of an administrator's token is in memory that the next call may get.
    for _ in range(20):
        registry.get("/v1/session")
    file.touch()
    with pytest.raises((http.client.HTTPException, OSError)):
        if call == "HMAC":
            answer = registry.call("POST", f"/v1/iccs/{icc}/verify")
        else:
            answer = registry.call("GET", "/v1/iccs", token=other)
        pytest.fail(f"answered {answer}")
    assert registry.process.wait(10) < 0, "not ended by a signal"
    assert "libcrypto cannot compute" in registry.log_text()
