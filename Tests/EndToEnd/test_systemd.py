"""The package under a real systemd: readiness, reload, restarts under load, the watchdog, and the service's rights."""

import json
import pathlib
import re
import subprocess
import urllib.error
import urllib.request

import pytest

from debian_root import debian_root
from health_checks import HealthChecks
from proxies import free_port
from registry_process import TOKEN
from systemd_container import booted
from test_package import build
from test_unit import MOST_EXPOSED
from waiting import until

SERVICE, SOCKET = "icc-registry.service", "icc-registry.socket"
CONFIG = "/etc/icc-registry.json"
UNLIMITED = "[Unit]\nStartLimitIntervalSec=0\n"


@pytest.fixture(scope="module")
def system(binary, tmp_path_factory):
    """A booted Debian with the package installed and its service enabled by the steps of README.Debian, on a free port."""
    folder = tmp_path_factory.mktemp("systemd")
    package = build(binary, folder, 1)
    # Without procps, which has kill(1): a minimal Debian lacks it, and the package does not depend on it.
    parts = ("libsqlite3-0", "libssl3", "passwd", "systemd-sysv", "dbus", "curl")
    with debian_root(folder, *parts) as debian, booted(debian) as system:
        system.folder, system.port = debian.folder, free_port()
        # The container's own /tmp is not the Debian's.
        subprocess.run(["install", "-D", package, debian.folder / "root/package.deb"], check=True)
        system.run("apt-get", "install", "--yes", "--no-install-recommends", "/root/package.deb")
        address, create, start, look = steps(system)
        on_terminal(system, address, f"SYSTEMD_EDITOR={editor(system)}")
        # The tests restart it more often than an administrator.
        set_unit(system, SERVICE, UNLIMITED)
        assert TOKEN.search(on_terminal(system, create))
        assert status(system, "/healthz") is None
        on_terminal(system, start)
        usual = "127.0.0.1:8080"
        assert f"ListenStream={usual}\n" in system.run("systemctl", "cat", SOCKET) and usual in look
        assert '"status":"ready"' in on_terminal(system, look.replace(usual, f"127.0.0.1:{system.port}"))
        yield system


def steps(system):
    """The commands of each step of the package's README.Debian: the lines that are indented by five spaces."""
    text = system.run("sh", "-c", "zcat -f /usr/share/doc/icc-registry/README.Debian*")
    return [
        "\n".join(line[5:] for line in step.splitlines() if line.startswith(" " * 5))
        for step in re.findall(r"^\d\. .*\n(?: {3}.*\n)*", text, re.MULTILINE)]


def on_terminal(system, commands, *environment):
    """Runs commands in a shell on a terminal, as an administrator does; returns what it shows."""
    return system.run("env", *environment, "script", "--quiet", "--return", "--command", f"set -eu\n{commands}", "/dev/null")


def editor(system):
    """An editor that writes the free port into the drop-in of the socket. The file is its last argument."""
    path = pathlib.Path(f"{system.folder}/root/editor")
    lines = f"[Socket]\\nListenStream=\\nListenStream=127.0.0.1:{system.port}\\n"
    path.write_text(f"#!/bin/sh\nfor file; do :; done\nprintf '{lines}' >\"$file\"\n")
    path.chmod(0o755)
    return "/root/editor"


def set_unit(system, unit, text):
    """Adds lines to a unit."""
    drop_in = pathlib.Path(f"{system.folder}/etc/systemd/system/{unit}.d/test.conf")
    drop_in.parent.mkdir(exist_ok=True)
    drop_in.write_text(text)
    system.run("systemctl", "daemon-reload")


def status(system, path):
    """The status of a GET; None if nothing listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{system.port}{path}", timeout=60) as response:
            return response.status
    except urllib.error.HTTPError as answer:
        return answer.code
    except urllib.error.URLError:
        return None


def test_the_service_is_ready_when_its_start_is_done(system):
    assert status(system, "/readyz") == 200
    assert [system.show(SERVICE, name) for name in ("ActiveState", "SubState", "Type", "NRestarts")] == [
        "active", "running", "notify", "0"]
    said = system.run("journalctl", "--unit", SERVICE, "--output", "cat")
    assert '"event":"listening"' in said, said


def test_a_reload_applies_the_settings(system):
    process = system.show(SERVICE, "MainPID")
    assert status(system, "/metrics") == 401
    file = pathlib.Path(f"{system.folder}{CONFIG}")
    file.write_text(json.dumps(json.loads(file.read_text()) | {"metricsOpen": True}))
    system.run("systemctl", "reload", SERVICE)
    until(lambda: status(system, "/metrics") == 200, "the new setting")
    assert system.show(SERVICE, "MainPID") == process


def test_ten_restarts_refuse_no_connection(system):
    with HealthChecks(system.port) as checks:
        for _ in range(10):
            checks.wait_for_more()
            before = system.show(SERVICE, "MainPID")
            system.run("systemctl", "restart", SERVICE)
            assert system.show(SERVICE, "MainPID") not in (before, "0")
        checks.wait_for_more()
    assert checks.failures == [] and checks.answered > 200


def test_the_watchdog_replaces_a_stopped_process(system):
    set_unit(system, SERVICE, f"{UNLIMITED}[Service]\nWatchdogSec=2\n")
    system.run("systemctl", "restart", SERVICE)
    before = system.show(SERVICE, "MainPID")
    with HealthChecks(system.port) as checks:
        checks.wait_for_more()
        system.run("systemctl", "kill", "--signal=STOP", SERVICE)
        until(lambda: system.show(SERVICE, "NRestarts") == "1", "the restart", 60)
        checks.wait_for_more(100)
    # Each client had one request with the process that was killed; all others waited in the socket.
    assert len(checks.failures) <= 4, checks.failures
    assert system.show(SERVICE, "MainPID") not in (before, "0")
    assert "Watchdog timeout" in system.run("journalctl", "--unit", SERVICE, "--output", "cat")


def test_the_running_service_has_few_rights(system):
    system.run("systemd-analyze", "security", f"--threshold={MOST_EXPOSED}", SERVICE)
    lines = system.run("cat", f"/proc/{system.show(SERVICE, 'MainPID')}/status").splitlines()
    rights = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    assert [rights[name] for name in ("NoNewPrivs", "Seccomp")] == ["1", "2"]
    assert {int(rights[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")} == {0}
    assert "0" not in rights["Uid"].split()


def test_a_stop_may_take_longer_than_the_unit_allows(system):
    short = "TimeoutStopSec=1\nEnvironment=ICC_REGISTRY_LAME_DUCK_SECONDS=3"
    set_unit(system, SERVICE, f"{UNLIMITED}[Service]\n{short}\n")
    system.run("systemctl", "restart", SERVICE)
    system.run("systemctl", "stop", SERVICE)
    assert system.show(SERVICE, "Result") == "success"
    set_unit(system, SERVICE, UNLIMITED)
    system.run("systemctl", "start", SERVICE)


def test_a_stop_is_a_success(system):
    system.run("systemctl", "stop", SOCKET, SERVICE)
    assert system.show(SERVICE, "Result") == "success" and status(system, "/healthz") is None
