"""MiniStack, an AWS that enforces trust policies, as a fixture."""

import fcntl
import os
import pathlib
import socket
import subprocess
import sys
import urllib.request

import pytest

from waiting import until

ROOT = pathlib.Path(__file__).resolve().parents[1]


def ministack_python():
    """The interpreter of MiniStack's own environment: it pins a different botocore than the AWS CLI."""
    venv = ROOT / ".build" / "ministack-venv"
    python = venv / "bin" / "python"
    done = venv / "installed"
    # Tests of two folders may start at once.
    with open(ROOT / ".build" / "ministack.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            subprocess.run([sys.executable, "-m", "venv", venv], check=True, timeout=120)
            subprocess.run(
                [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
                 "--requirement", ROOT / "Tests" / "Peers" / "ministack.txt"],
                check=True, timeout=220,
            )
            done.touch()
    return python


@pytest.fixture()
def ministack(tmp_path):
    """The address of a fresh MiniStack that checks signatures, trust policies and permissions."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    state = tmp_path / "ministack"
    state.mkdir()
    settings = {"AUTH": "true", "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "STATE_DIR": str(state)}
    with open(tmp_path / "ministack.log", "wb") as log:
        process = subprocess.Popen(
            [ministack_python(), "-m", "ministack"], env=os.environ | settings, cwd=tmp_path, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(address, process)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_until_up(address, process):
    def is_up():
        assert process.poll() is None, "MiniStack ended"
        try:
            urllib.request.urlopen(address + "/_ministack/health", timeout=1).close()
        except urllib.error.HTTPError:
            pass
        except OSError:
            return False
        return True

    until(is_up, "MiniStack to answer", seconds=120)
