"""Token commands while a server runs; no file contains a token."""

import datetime
import http.client
import json
import re
import socket
import stat
import subprocess

import pytest


@pytest.mark.both_stores
def test_a_token_command_takes_effect_at_the_next_request(registry, command):
    connection = http.client.HTTPConnection("127.0.0.1", registry.port, timeout=20)

    def status(token):
        connection.request("GET", "/v1/iccs", headers={"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        answer.read()
        return answer.status

    assert status(registry.token) == 200
    held = connection.sock
    for turn in range(5):
        done = command("token", "create", "--role", "viewer", "--name", f"turn {turn}", "--database", registry.database)
        assert done.returncode == 0, done.stderr
        token = done.stdout.strip()
        assert status(token) == 200 and status(token) == 200
        listed = command("token", "list", "--database", registry.database).stdout
        assert token not in listed
        identifier = next(line.split("\t")[0] for line in listed.splitlines() if line.endswith(f"turn {turn}"))
        assert command("token", "revoke", identifier, "--database", registry.database).returncode == 0
        assert status(token) == 401 and status(registry.token) == 200
        listed = command("token", "list", "--database", registry.database).stdout
        assert "revoked" in next(line for line in listed.splitlines() if line.startswith(identifier))
    assert connection.sock is held, "the connection was not the same all the time"
    connection.close()


def test_no_file_holds_a_token(start, command, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    registry = start("--log-level", "debug", database=folder / "registry.db")
    done = command("token", "create", "--role", "editor", "--name", "mine", "--database", registry.database)
    second = done.stdout.strip()
    unknown = second[:-4] + "zzzz"
    for token in (registry.token, second, unknown):
        for path in ("/v1/iccs", f"/v1/iccs?token={token}", f"/v1/iccs/{token}", f"/{token}"):
            registry.call("GET", path, token=token)
        registry.call("POST", "/v1/iccs", b'{"name": "' + token.encode() + b'"', token=token)
        registry.call("GET", "/v1/iccs", headers={"User-Agent": token, "X-Request-Id": token, "Referer": token}, token=token)
    backup = command("backup", folder / "backup.db", "--database", registry.database)
    assert backup.returncode == 0, backup.stderr

    def holders(text):
        files = [*folder.iterdir(), registry.log_path]
        assert len(files) >= 5
        return [path.name for path in files if text.encode() in path.read_bytes()]

    for _ in range(2):
        for token in (registry.token, second):
            assert holders(token) == [] and holders(token[5:]) == [] and holders(token[:30]) == []
        assert holders("mine"), "the search finds nothing at all"
        for path in folder.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
        assert not registry.is_running or registry.stop() == 0
    assert registry.token in registry.output_path.read_text()


def test_the_first_token_is_printed_only_on_a_terminal_and_expires_in_a_day(registry, binary, tmp_path):
    assert re.search(rf"sign in with the token:\s+{registry.url}/console/\s", registry.output_path.read_text())
    ends = datetime.datetime.fromisoformat(registry.get("/v1/session")["expiresAt"])
    assert datetime.timedelta(hours=23) < ends - datetime.datetime.now(datetime.UTC) <= datetime.timedelta(hours=24)
    status, _, content = registry.call("POST", "/v1/session/rotate")
    assert status == 201 and registry.call("GET", "/v1/session")[0] == 401
    registry.token = json.loads(content)["token"]
    ends = datetime.datetime.fromisoformat(registry.get("/v1/session")["expiresAt"])
    assert ends - datetime.datetime.now(datetime.UTC) > datetime.timedelta(days=364)

    words = [binary, "serve", "--listen", "127.0.0.1:0", "--database", str(tmp_path / "other.db")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as silent:
        said = [silent.stderr.readline() for _ in range(2)]
        silent.terminate()
        output, rest = silent.communicate(timeout=30)
    events = [json.loads(line) for line in said]
    assert [event["event"] for event in events] == ["no-token", "listening"] and "token create" in events[0]["hint"]
    assert output == "" and "iccr_" not in "".join(said) + rest


@pytest.mark.parametrize(("field", "status"), [("", 401), ("Authorization: Bearer x\r\n", 401), ("Authorization: Bearer {}\r\n", 100)])
def test_the_content_of_a_request_without_a_token_is_not_read(registry, field, status):
    with socket.create_connection(("127.0.0.1", registry.port), timeout=20) as client:
        client.sendall((
            "POST /v1/iccs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n"
            f"Expect: 100-continue\r\n{field.format(registry.token)}\r\n").encode())
        assert client.recv(4096).startswith(f"HTTP/1.1 {status} ".encode())
