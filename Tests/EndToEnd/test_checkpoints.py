"""Signed checkpoints: kept in a file or at an endpoint, never in the way of the service, and proof against a rewritten past."""

import http.server
import json
import shutil
import socket
import ssl
import subprocess
import threading
import time

import pytest

from tampering import opened, rechain, tamper
from waiting import until


def openssl(*words, **options):
    return subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, **options).stdout


@pytest.fixture
def keys(tmp_path):
    """The files of a private and a public key, as an operator makes them."""
    private, public = tmp_path / "checkpoint.key", tmp_path / "checkpoint.pub"
    openssl("genpkey", "-algorithm", "ed25519", "-out", private)
    openssl("pkey", "-in", private, "-pubout", "-out", public)
    return private, public


def options(keys, target, seconds=1):
    return "--checkpoint-to", target, "--checkpoint-key", keys[0], "--checkpoint-seconds", seconds


def lines(file):
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def verify(command, database, file, public):
    return command("verify-database", "--database", database, "--checkpoints", file, "--checkpoint-public-key", public)


def metrics(registry):
    text = registry.call("GET", "/metrics")[2].decode()
    found = dict(line.rsplit(" ", 1) for line in text.splitlines() if "audit_checkpoint" in line and line[0] != "#")
    return {name.removeprefix("icc_registry_audit_checkpoint"): float(value) for name, value in found.items()}


def test_a_past_that_was_rewritten_as_a_whole_differs_from_the_checkpoints(start, command, keys, tmp_path):
    file = tmp_path / "checkpoints"
    registry = start(*options(keys, file))
    for number in range(3):
        registry.create(name=f"ICC {number}")
        end = registry.get("/v1/events?limit=1")["head"]
        until(lambda: lines(file) and lines(file)[-1]["hash"] == end["hash"], "the checkpoint", 10)
        assert lines(file)[-1]["seq"] == end["seq"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert metrics(registry)['s_total{result="kept"}'] == len(lines(file)) and metrics(registry)["_age_seconds"] < 5
    # Nothing new, nothing written.
    count = len(lines(file))
    time.sleep(2.5)
    assert len(lines(file)) == count
    assert registry.stop() == 0
    assert verify(command, registry.database, file, keys[1]).returncode == 0

    def rewrite(connection):
        connection.execute("UPDATE iccs SET bucket_name = 'evil-data' WHERE name = 'ICC 1'")
        connection.execute("UPDATE events SET changes = replace(changes, 'acme-data', 'evil-data') WHERE changes LIKE '%ICC 1%'")
        rechain(connection)

    tamper(registry.database, rewrite)
    assert command("verify-database", "--database", registry.database).returncode == 0
    done = verify(command, registry.database, file, keys[1])
    found = done.stdout.splitlines()
    assert done.returncode == 1
    # The events before the rewritten one are the same.
    changed = [number for number, line in enumerate(lines(file), 1) if line["seq"] >= end["seq"] - 1]
    assert found == [f"the checkpoint in line {number} of {file} does not match: event {lines(file)[number - 1]['seq']} had another hash then"
                     for number in changed]
    done = command("restore", registry.database, "--database", tmp_path / "new.db", "--checkpoints", file, "--checkpoint-public-key", keys[1])
    assert done.returncode == 1 and "does not match" in done.stderr


def test_openssl_verifies_a_signature(start, keys, tmp_path):
    file = tmp_path / "checkpoints"
    assert start(*options(keys, file)).stop() == 0
    [line] = lines(file)
    message, signature = tmp_path / "message", tmp_path / "signature"
    message.write_text(f"icc-registry/checkpoint/1\n{line['at']}\n{line['seq']}\n{line['hash']}\n")
    signature.write_bytes(bytes.fromhex(line["signature"]))
    openssl("pkeyutl", "-verify", "-pubin", "-inkey", keys[1], "-rawin", "-in", message, "-sigfile", signature)


def test_the_stop_keeps_a_last_checkpoint(start, command, keys, tmp_path):
    file = tmp_path / "checkpoints"
    registry = start(*options(keys, file, seconds=3600))
    assert registry.stop() == 0
    registry = start(*options(keys, file, seconds=3600), token=registry.token)
    until(lambda: len(lines(file)) == 2, "the checkpoint of the second start", 10)
    registry.create()
    end = registry.get("/v1/events?limit=1")["head"]
    assert registry.stop() == 0
    assert [line["seq"] for line in lines(file)] == [1, 1, 2] and lines(file)[-1]["hash"] == end["hash"]
    # A backup that is older than the newest checkpoint is restored; a database that has lost events is not intact.
    tamper(registry.database, ("DELETE FROM iccs WHERE seq > ?", (0,)), "DELETE FROM external_ids", "DELETE FROM events WHERE seq > 1",
           "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'events'", "UPDATE counts SET value = 0",
           "UPDATE organisation_counts SET iccs = 0")
    assert verify(command, registry.database, file, keys[1]).stdout == (
        f"the checkpoint in line 3 of {file} does not match: event {end['seq']} is missing\n")
    done = command("restore", registry.database, "--database", tmp_path / "new.db", "--checkpoints", file, "--checkpoint-public-key", keys[1])
    assert done.returncode == 0, done.stderr


def test_lines_that_the_key_has_not_signed_are_named(start, command, keys, tmp_path):
    file = tmp_path / "checkpoints"
    registry = start(*options(keys, file))
    assert registry.stop() == 0
    [good] = file.read_text().splitlines()
    other = json.loads(good)
    bad = ["", "{", "[]", good.replace('"seq":1', '"seq":2'), good.replace("Z", "X"), json.dumps({**other, "signature": "00" * 64}),
           json.dumps({**other, "hash": "00" * 32}), json.dumps({"at": other["at"]}), good[:-9]]
    file.write_text("\n".join([good, *bad]))
    found = verify(command, registry.database, file, keys[1]).stdout.splitlines()
    assert found == [f"line {number} of {file} is not a checkpoint that this key has signed" for number in range(2, len(bad) + 2)]
    openssl("genpkey", "-algorithm", "ed25519", "-out", tmp_path / "b.key")
    openssl("pkey", "-in", tmp_path / "b.key", "-pubout", "-out", tmp_path / "b.pub")
    file.write_text(good + "\n")
    assert verify(command, registry.database, file, keys[1]).returncode == 0
    assert verify(command, registry.database, file, tmp_path / "b.pub").returncode == 1
    done = verify(command, registry.database, tmp_path / "missing", keys[1])
    assert done.returncode == 1 and "cannot read the checkpoints in" in done.stderr


def test_a_failing_file_is_tried_again_and_disturbs_nothing(start, keys, tmp_path):
    file = tmp_path / "later" / "checkpoints"
    registry = start(*options(keys, file))
    until(lambda: registry.events("checkpoint-failed"), "the failure in the log", 10)
    assert "later/checkpoints: No such file or directory" in registry.events("checkpoint-failed")[0]["reason"]
    registry.create()
    assert registry.call("GET", "/readyz")[0] == 200 and metrics(registry)['s_total{result="failed"}'] >= 1
    file.parent.mkdir()
    until(lambda: registry.events("checkpoint"), "the checkpoint", 20)
    assert registry.events("checkpoint")[0]["head"].startswith(f"{lines(file)[0]['seq']}:")


class Collector(http.server.BaseHTTPRequestHandler):
    """An endpoint that rejects its first request."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.path, self.headers["Content-Type"], json.loads(body)))
        self.send_response(500 if len(self.server.received) == 1 else 204)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def collector():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    server.received = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_checkpoints_are_sent_to_an_endpoint(start, command, keys, collector, tmp_path):
    registry = start(*options(keys, f"http://127.0.0.1:{collector.server_port}/hooks/icc-registry"))
    until(lambda: len(collector.received) >= 2, "the second attempt", 20)
    assert registry.events("checkpoint-failed")[0]["reason"] == "the endpoint returned 500"
    assert all(part[:2] == ("/hooks/icc-registry", "application/json") for part in collector.received)
    registry.create()
    assert registry.stop() == 0
    file = tmp_path / "collected"
    file.write_text("".join(json.dumps(line) + "\n" for _, _, line in collector.received))
    assert lines(file)[-1]["seq"] == 2
    assert verify(command, registry.database, file, keys[1]).returncode == 0


def test_an_endpoint_without_a_trusted_certificate_gets_nothing(start, keys, collector, tmp_path):
    openssl("req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", tmp_path / "tls.key", "-out", tmp_path / "tls.pem", "-days", "1",
            "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "tls.pem", tmp_path / "tls.key")
    collector.socket = context.wrap_socket(collector.socket, server_side=True)
    registry = start(*options(keys, f"https://127.0.0.1:{collector.server_port}"))
    until(lambda: registry.events("checkpoint-failed"), "the failure", 20)
    assert registry.events("checkpoint-failed")[0]["reason"] == "no response: notTrusted"
    assert not collector.received


def test_an_endpoint_that_hangs_delays_neither_requests_nor_the_stop(start, keys):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        registry = start(*options(keys, f"http://127.0.0.1:{listener.getsockname()[1]}"))
        connection, _ = listener.accept()
        for number in range(5):
            registry.create(name=f"ICC {number}")
        assert not registry.events("checkpoint")
        began = time.monotonic()
        assert registry.stop() == 0
        assert time.monotonic() - began < 4
        connection.close()


@pytest.mark.parametrize(("target", "key", "word"), [
    ("checkpoints", None, "needs checkpointKey"), ("checkpoints", "missing", "checkpointKey: open"),
    ("checkpoints", "public", "is not an Ed25519 private key"), ("checkpoints", "rsa", "is not an Ed25519 private key"),
    ("ftp://example.com/x", "private", "must be a file or https://HOST/PATH"), ("https:///x", "private", "must be a file"),
    ("https://example.com/?token=x", "private", "must be a file"),
])
def test_a_wrong_setting_is_refused_at_the_start(command, keys, tmp_path, target, key, word):
    openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", tmp_path / "rsa.key")
    files = {"private": keys[0], "public": keys[1], "rsa": tmp_path / "rsa.key", "missing": tmp_path / "missing.key"}
    words = ("--checkpoint-key", files[key]) if key else ()
    done = command("serve", "--listen", "127.0.0.1:0", "--checkpoint-to", target, *words)
    assert done.returncode == 2 and word in done.stderr, done.stderr
    assert not (tmp_path / "icc-registry.db").exists()
