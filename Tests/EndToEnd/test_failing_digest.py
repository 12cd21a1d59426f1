"""A libcrypto that fails must stop the server: junk must never be admitted as the caller before it."""

import http.client
import subprocess

SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

int EVP_Digest(const void *data, size_t count, unsigned char *md, unsigned int *size, const void *type, void *impl) {
  if (access(getenv("FAILING"), F_OK) == 0) return 0;
  return ((int (*)(const void *, size_t, unsigned char *, unsigned int *, const void *, void *))dlsym(RTLD_NEXT, "EVP_Digest"))(
      data, count, md, size, type, impl);
}
"""


def test_a_failing_digest_stops_the_server(start, tmp_path):
    (tmp_path / "shim.c").write_text(SHIM)
    subprocess.run(
        ["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-o", tmp_path / "shim.so", tmp_path / "shim.c"], check=True, timeout=60)
    registry = start(environment={
        "LD_PRELOAD": str(tmp_path / "shim.so"), "FAILING": str(tmp_path / "failing"), "SWIFT_BACKTRACE": "enable=no"})
    assert registry.get("/v1/iccs")["items"] == []
    (tmp_path / "failing").touch()
    admitted = []
    for number in range(7):
        try:
            junk = "iccr_" + "A" * 49 + str(number)
            admitted.append(registry.call("GET", "/v1/iccs", token=junk)[0])
        except (http.client.HTTPException, OSError):
            break
    assert 200 not in admitted
    assert registry.process.wait(60) != 0
    # The fixture checks the log of a server that ended for a crash; this one was meant to.
    registry.log_path.write_text("")
