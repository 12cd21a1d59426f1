"""`serve --demo`: sample data in every state, and nothing left when the process ends."""

import json
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from registry_process import TOKEN


class Redirections(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


@pytest.fixture
def demo(binary, tmp_path):
    """A running demo: its address, its token, its process, and the folder for temporary files."""
    temporary, folder = tmp_path / "temporary", tmp_path / "working"
    temporary.mkdir(), folder.mkdir()
    output = tmp_path / "output"
    with open(output, "wb") as out, open(tmp_path / "log", "wb") as log:
        process = subprocess.Popen(
            [binary, "serve", "--demo", "--listen", "127.0.0.1:0"], stdin=subprocess.DEVNULL, stdout=out, stderr=log, cwd=folder,
            env={"PATH": os.environ["PATH"], "TMPDIR": str(temporary)})
    deadline = time.monotonic() + 30
    while not TOKEN.search(output.read_text()):
        assert process.poll() is None and time.monotonic() < deadline, (tmp_path / "log").read_text()
        time.sleep(0.01)
    yield re.search(r"(http://\S+)/console/", output.read_text())[1], TOKEN.search(output.read_text())[0], process, temporary
    process.kill()
    process.wait(10)


def get(url, token):
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def test_the_demo_shows_every_state_and_keeps_nothing(demo):
    url, token, process, temporary = demo
    live = get(url + "/v1/iccs?limit=200", token)["items"]
    deleted = get(url + "/v1/iccs?limit=200&deleted=true", token)["items"]
    assert {icc["status"] for icc in live} == {"draft", "unverified", "verified", "insecure", "failing"}
    assert any(not icc["enabled"] for icc in live) and any(icc["pendingExternalId"] for icc in live)
    assert any(icc["deletedAt"] for icc in deleted)
    assert {icc["organisation"] for icc in live} == {"acme", "globex", "initech"}
    assert get(url + "/v1/alarms", token)["items"] == []
    for icc in live:
        assert get(f"{url}/v1/iccs/{icc['id']}", token)["principal"]
    assert [path.stat().st_mode & 0o777 for path in temporary.iterdir()] == [0o700]
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0
    assert list(temporary.iterdir()) == [] and list((temporary.parent / "working").iterdir()) == []


def test_a_demo_that_cannot_start_leaves_nothing(command, registry, tmp_path):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = command(
        "serve", "--demo", "--listen", f"127.0.0.1:{registry.port}", environment={"TMPDIR": str(temporary)})
    assert done.returncode == 1 and "cannot listen" in done.stderr and list(temporary.iterdir()) == []
    done = command("serve", "--demo", "--database", "x.db", environment={"TMPDIR": str(temporary)})
    assert done.returncode == 2 and "--database" in done.stderr and list(temporary.iterdir()) == []


@pytest.mark.parametrize(("accept", "status"), [
    (None, 200), ("*/*", 200), ("application/json", 200), ("text/html,application/xhtml+xml,*/*;q=0.8", 302)])
def test_the_root_leads_a_browser_to_the_console_and_tells_a_script_the_addresses(registry, accept, status):
    opener = urllib.request.build_opener(Redirections)
    request = urllib.request.Request(registry.url + "/", headers={"Accept": accept} if accept else {})
    try:
        with opener.open(request, timeout=30) as answer:
            assert answer.status == status
            addresses = json.load(answer)
    except urllib.error.HTTPError as redirection:
        assert redirection.code == status and redirection.headers["Location"] == "/console/"
        return
    for name in ("openapi", "console", "manual", "health", "readiness"):
        assert urllib.request.urlopen(registry.url + addresses[name], timeout=30).status == 200
