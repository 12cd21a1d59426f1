"""The image of the Containerfile, built by buildah on a minimal Debian of this machine's mirror, and the server in it."""

import contextlib
import json
import pathlib
import shutil
import subprocess

import pytest

from debian_root import AS_ROOT, make_debian
from proxies import free_port
from registry_process import TOKEN
from waiting import until

CONFIG = pathlib.Path(__file__).resolve().parents[2] / "config"
BASE = "docker.io/library/debian:stable-slim"


class Buildah:
    """buildah with a store of its own, in which processes are separated by chroot alone."""

    def __init__(self, folder):
        self.words = [
            *AS_ROOT, "buildah", "--storage-driver", "vfs", "--root", folder / "store", "--runroot", folder / "run"]

    def __call__(self, *words):
        done = subprocess.run([str(word) for word in [*self.words, *words]], capture_output=True, text=True, timeout=500)
        assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-2000:]
        return done.stdout

    @contextlib.contextmanager
    def running(self, container, log, *words, settings=()):
        """Runs a command as the image's user; the log gets its output."""
        options = [word for setting in settings for word in ("--env", setting)]
        with open(log, "wb") as output:
            process = subprocess.Popen(
                [str(word) for word in [*self.words, "run", "--isolation", "chroot", *options, container, "--", *words]],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture
def buildah(tmp_path):
    if not shutil.which("buildah"):
        pytest.fail("buildah is missing: apt-get install buildah crun")
    buildah = Buildah(tmp_path)
    yield buildah
    buildah("rm", "--all")
    subprocess.run([*AS_ROOT, "rm", "-rf", tmp_path / "store", tmp_path / "run"], check=True)


def test_the_image_is_built_and_serves(buildah, binary, tmp_path):
    make_debian(tmp_path / "base.tar")
    base = buildah("from", "scratch").strip()
    buildah("add", base, tmp_path / "base.tar", "/")
    buildah("commit", base, BASE)
    context = tmp_path / "context"
    context.mkdir()
    shutil.copy(binary, context / "icc-registry")
    buildah("build", "--pull-never", "--isolation", "chroot", "--format", "docker", "--file", CONFIG / "package/Containerfile",
            "--tag", "icc-registry", context)
    image = json.loads(buildah("inspect", "--type", "image", "icc-registry"))["Docker"]["config"]
    assert image["User"] == "10001:10001" and list(image["Volumes"]) == ["/var/lib/icc-registry"]
    assert image["Entrypoint"] + image["Cmd"] == ["/usr/local/bin/icc-registry", "serve"]
    kind, *check = image["Healthcheck"]["Test"]
    assert kind == "CMD"

    container, log, port = buildah("from", "icc-registry").strip(), tmp_path / "log", free_port()
    check = [word.replace(":8080", f":{port}") for word in check]
    run = ("run", "--isolation", "chroot", container, "--")
    assert buildah(*run, "id", "-u").strip() == "10001"
    buildah(*run, "icc-registry", "migrate")
    token = TOKEN.search(buildah(*run, "icc-registry", "token", "create", "--role", "admin", "--name", "first")).group()
    with buildah.running(
            container, log, *image["Entrypoint"], *image["Cmd"], settings=[f"ICC_REGISTRY_LISTEN=0.0.0.0:{port}"]) as server:
        until(lambda: '"event":"listening"' in log.read_text() or server.poll() is not None, "the server to listen")
        assert server.poll() is None, log.read_text()
        assert '"status":"ok"' in buildah(*run, *check).replace(" ", "")
        said = subprocess.run(
            ["curl", "-sSf", "-H", f"Authorization: Bearer {token}", f"http://127.0.0.1:{port}/v1/iccs"], check=True,
            capture_output=True, text=True, timeout=30).stdout
        assert json.loads(said)["items"] == []
