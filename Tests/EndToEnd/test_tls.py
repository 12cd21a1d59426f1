"""TLS of the real server, seen by curl, openssl and Python: versions, suites, sessions, client certificates, new certificates."""

import contextlib
import os
import random
import signal
import socket
import ssl
import subprocess
import threading
import time

import pytest

from certificates import Authority, TLSSocket, openssl, settings
from waiting import until, until_read

TLS12, TLS13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
SUITES = ["AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305"]


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def files(authority):
    return authority.issue("server")


@pytest.fixture
def secure(start, authority, files):
    """Starts a registry with TLS, by default with the module's certificate."""

    def start_one(*options, files=files):
        return start(*settings(*files), "--log-level", "debug", *options, tls=authority.client())

    return start_one


def connect(registry, context, session=None):
    """A connection whose end without close_notify is an error."""
    connection = socket.create_connection(("127.0.0.1", registry.port), timeout=20)
    return context.wrap_socket(
        connection, server_hostname="127.0.0.1", suppress_ragged_eofs=False, session=session)


def ask(connection):
    """Sends a request and returns the head of the response."""
    connection.sendall(REQUEST)
    received = b""
    while b"}" not in received:
        part = connection.recv(10_000)
        assert part, received
        received += part
    return received


def s_client(registry, *words, lines=""):
    """What openssl's client says."""
    result = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{registry.port}", *map(str, words)], input=lines,
        capture_output=True, text=True, timeout=30)
    return result.stdout + result.stderr


def test_curl_is_served_and_told_to_stay_with_https(secure, authority):
    registry = secure()
    words = ["curl", "-sS", "-i", "--cacert", authority.certificate, f"{registry.url}/healthz"]
    said = subprocess.run(words, check=True, capture_output=True, text=True, timeout=30).stdout
    assert said.startswith("HTTP/1.1 200") and "\nStrict-Transport-Security: max-age=31536000" in said
    assert registry.create(name="over TLS")["name"] == "over TLS"
    days = next(line for line in registry.call("GET", "/metrics")[2].decode().splitlines()
                if line.startswith("icc_registry_tls_certificate_days_left"))
    assert 29 < float(days.split()[1]) <= 30


def test_versions_and_suites(secure, authority):
    registry = secure()
    for suite in SUITES:
        said = s_client(registry, "-tls1_2", "-cipher", f"ECDHE-ECDSA-{suite}")
        assert f"Cipher is ECDHE-ECDSA-{suite}" in said, said
    for suite in ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"]:
        assert f"TLSv1.3, Cipher is {suite}" in s_client(registry, "-tls1_3", "-ciphersuites", suite)
    for words in [("-tls1_1",), ("-tls1",)]:
        said = s_client(registry, *words, "-cipher", "ALL:@SECLEVEL=0")
        assert "alert protocol version" in said and "Cipher is (NONE)" in said, said
    for suite in ["ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES128-SHA", "AES128-GCM-SHA256", "DHE-RSA-AES128-GCM-SHA256"]:
        said = s_client(registry, "-tls1_2", "-cipher", f"{suite}:@SECLEVEL=0")
        assert "alert handshake failure" in said and "Cipher is (NONE)" in said, (suite, said)


def test_an_rsa_certificate(secure, authority):
    registry = secure(files=authority.issue("rsa", key="rsa:2048"))
    assert "Cipher is ECDHE-RSA-AES128-GCM-SHA256" in s_client(
        registry, "-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256")
    assert registry.call("GET", "/healthz")[0] == 200


@pytest.mark.parametrize("version", [TLS12, TLS13], ids=["1.2", "1.3"])
def test_a_session_is_resumed(secure, authority, version):
    registry = secure()
    context = authority.client(versions=(version, version))
    with connect(registry, context) as first:
        ask(first)
        assert not first.session_reused
        session = first.session
    with connect(registry, context, session) as second:
        assert ask(second).startswith(b"HTTP/1.1 200")
        assert second.session_reused
    # New files have new ticket keys: nobody is let in by an authority that was removed.
    loaded = len(registry.events("tls-certificate-loaded"))
    registry.process.send_signal(signal.SIGHUP)
    until(lambda: len(registry.events("tls-certificate-loaded")) > loaded, "the certificate to be read again")
    with connect(registry, context, session) as third:
        assert ask(third).startswith(b"HTTP/1.1 200")
        assert not third.session_reused


def test_the_protocol_inside(secure, authority):
    registry = secure()
    context = authority.client()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with connect(registry, context) as connection:
        assert connection.selected_alpn_protocol() == "http/1.1"
    context.set_alpn_protocols(["h2"])
    with pytest.raises(ssl.SSLError, match="(?i)no.application.protocol"):
        connect(registry, context)


def test_client_certificates_are_logged_if_they_are_shown(secure, authority, files):
    registry = secure("--tls-client-authorities", authority.certificate)
    registry.get("/v1/iccs")
    shown = authority.issue("client", "/O=Acme/CN=worker\n7", use="clientAuth")
    registry.tls = authority.client(shown)
    registry.get("/v1/iccs")
    until(lambda: len(registry.events("request")) == 2, "the requests in the log")
    without, with_one = registry.events("request")
    assert "clientCertificate" not in without
    assert with_one["clientCertificate"] == "CN=worker\\0A7,O=Acme"
    for path in ["other", "ended"]:
        folder = authority.folder / path
        folder.mkdir()
        wrong = (Authority(folder).issue("c", use="clientAuth") if path == "other"
                 else authority.issue("ended", use="clientAuth", days=-1))
        registry.tls = authority.client(wrong)
        with pytest.raises((ssl.SSLError, ConnectionError)):
            registry.get("/v1/iccs")


def test_client_certificates_may_be_required(secure, authority, command, tmp_path):
    shown = authority.issue("required", use="clientAuth")
    registry = secure("--tls-client-authorities", authority.certificate, "--tls-client-certificate-required", "true")
    with pytest.raises((ssl.SSLError, ConnectionError)):
        registry.get("/v1/iccs")
    registry.tls = authority.client(shown)
    assert registry.call("GET", "/v1/iccs")[0] == 200
    assert registry.call("GET", "/v1/iccs", token="none")[0] == 401
    until(lambda: registry.events("tls-handshake-failed"), "the reason in the log")
    assert registry.events("tls-handshake-failed")[0]["reason"] == "peer did not return a certificate"


def serial(registry, context):
    with connect(registry, context) as connection:
        return connection.getpeercert()["serialNumber"]


def test_new_files_are_used_without_a_failed_request(secure, authority, tmp_path):
    certificate, key = tmp_path / "server.pem", tmp_path / "server.key"

    def install(name):
        for new, place in zip(authority.issue(name), (certificate, key)):
            new.rename(place)

    install("first")
    registry = secure(files=(certificate, key))
    stop, failures, answered = threading.Event(), [], [0, 0]

    def load(is_kept):
        connection = registry.connection(20)
        try:
            while not stop.is_set():
                connection.request("GET", "/healthz")
                response = connection.getresponse()
                assert response.status == 200
                response.read()
                answered[is_kept] += 1
                if not is_kept:
                    connection.close()
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=load, args=(number % 2,)) for number in range(4)]
    for thread in threads:
        thread.start()
    try:
        seen = {serial(registry, registry.tls)}
        for number, is_signalled in enumerate([True, False, True]):
            install(f"next{number}")
            if is_signalled:
                registry.process.send_signal(signal.SIGHUP)
            new = until(lambda: {serial(registry, registry.tls)} - seen, "the new certificate")
            seen |= new
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failures == [] and min(answered) > 0
    assert len(seen) == 4


def test_files_that_cannot_be_used_change_nothing(secure, authority, tmp_path):
    certificate, key = tmp_path / "server.pem", tmp_path / "server.key"
    for new, place in zip(authority.issue("before"), (certificate, key)):
        new.rename(place)
    registry = secure(files=(certificate, key))
    before = serial(registry, registry.tls)
    new_certificate, new_key = authority.issue("after")
    new_certificate.rename(certificate)
    until(lambda: registry.events("tls-certificate-not-loaded"), "the error")
    # It is tried again each second, and reported once.
    registry.process.send_signal(signal.SIGHUP)
    until(lambda: registry.events("settings-reloaded"), "the reload")
    assert serial(registry, registry.tls) == before
    assert "is not the key of" in registry.events("tls-certificate-not-loaded")[0]["message"]
    new_key.rename(key)
    until(lambda: registry.events("tls-certificate-loaded"), "both files")
    assert serial(registry, registry.tls) != before
    assert len(registry.events("tls-certificate-not-loaded")) == 1


def hello():
    """A client's first message."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    session = ssl.create_default_context().wrap_bio(incoming, outgoing, server_hostname="127.0.0.1")
    with pytest.raises(ssl.SSLWantReadError):
        session.do_handshake()
    return outgoing.read()


def rest(connection):
    """All that arrives until the end, or until the reset."""
    received = b""
    try:
        while part := connection.recv(1 << 16):
            received += part
    except ConnectionResetError:
        pass
    return received


def test_a_handshake_that_ends_early(secure):
    registry = secure()
    message = hello()
    before = open_descriptors(registry)
    for length in [0, 1, 4, 5, 6, 50, len(message) - 1, len(message)]:
        with socket.create_connection(("127.0.0.1", registry.port), timeout=20) as client:
            client.sendall(message[:length])
            client.shutdown(socket.SHUT_WR)
            rest(client)
    assert registry.call("GET", "/healthz")[0] == 200
    until(lambda: open_descriptors(registry) <= before, "all connections to be closed")


def open_descriptors(registry):
    return len(os.listdir(f"/proc/{registry.process.pid}/fd"))


def test_a_handshake_that_drips_has_the_time_of_a_head(secure):
    registry = secure("--head-seconds", "1")
    message = hello()
    with socket.create_connection(("127.0.0.1", registry.port), timeout=20) as client:
        began = time.monotonic()
        try:
            for byte in message:
                client.sendall(bytes([byte]))
                time.sleep(0.02)
        except ConnectionError:
            pass
        assert 0.9 < time.monotonic() - began < 10
    assert registry.call("GET", "/healthz")[0] == 200
    until(lambda: [event for event in registry.events("connection-cut") if event["reason"] == "tls-handshake"], "the cut")
    assert 'http_connections_cut_total{reason="tls-handshake"} 1' in registry.call("GET", "/metrics")[2].decode()


def test_random_bytes(secure):
    registry = secure()
    chance = random.Random(1)
    message = hello()
    for number in range(150):
        garbage = bytearray(message) if number % 3 else bytearray(chance.randbytes(chance.randrange(1, 600)))
        for _ in range(chance.randrange(1, 20)):
            garbage[chance.randrange(len(garbage))] = chance.randrange(256)
        garbage[0] = 22 if number % 2 else garbage[0]
        with socket.create_connection(("127.0.0.1", registry.port), timeout=20) as client:
            client.sendall(garbage)
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_WR)
            rest(client)
    assert registry.call("GET", "/healthz")[0] == 200


def test_garbage_in_an_open_session_ends_it(secure, authority):
    registry = secure()
    with socket.create_connection(("127.0.0.1", registry.port), timeout=20) as client:
        session = TLSSocket(client, authority.client())
        session.sendall(REQUEST)
        assert session.recv(1 << 16).startswith(b"HTTP/1.1 200")
        client.sendall(b"\x17\x03\x03\x00\x20" + b"x" * 32)
        rest(client)
    assert registry.call("GET", "/healthz")[0] == 200


def test_renegotiation_is_refused(secure):
    registry = secure()
    said = s_client(registry, "-tls1_2", "-msg", lines="R\n")
    assert "RENEGOTIATING" in said and "no_renegotiation" in said, said


@pytest.mark.parametrize("wire", [REQUEST, b"PATCH /v1/iccs/x HTTP/1.1\r\n\r\n", b"\r\n", b"get"])
def test_plain_http_gets_a_plain_400(secure, wire):
    registry = secure()
    with socket.create_connection(("127.0.0.1", registry.port), timeout=20) as client:
        client.sendall(wire)
        client.shutdown(socket.SHUT_WR)
        said = rest(client)
    assert said.startswith(b"HTTP/1.1 400 ") and b"HTTPS only" in said and said.count(b"HTTP/1.1") == 1
    assert b"Strict-Transport-Security" not in said


def test_close_notify_precedes_the_end(secure, authority):
    registry = secure("--idle-seconds", "1")
    with connect(registry, authority.client()) as connection:
        assert ask(connection).startswith(b"HTTP/1.1 200")
        assert connection.recv(100) == b""
    with connect(registry, authority.client()) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        while connection.recv(1 << 16):
            pass
        connection.unwrap()
    with connect(registry, authority.client()) as connection:
        ask(connection)
        until_read(connection)
        registry.process.send_signal(signal.SIGTERM)
        assert connection.recv(100) == b""
    assert registry.process.wait(20) == 0


def refused(command, *options, listen="127.0.0.1:0"):
    """What a server says that cannot start."""
    result = command("serve", "--listen", listen, "--database", "registry.db", *options)
    assert result.returncode == 2, result
    assert "Fatal" not in result.stderr
    return result.stderr


def test_files_with_which_the_server_does_not_start(command, authority, files, tmp_path):
    certificate, key = files
    open_key, garbage, sealed = (tmp_path / name for name in ("open.key", "garbage", "sealed.key"))
    open_key.write_bytes(key.read_bytes())
    open_key.chmod(0o644)
    garbage.write_text("garbage")
    garbage.chmod(0o600)
    openssl("pkey", "-in", key, "-aes256", "-passout", "pass:secret", "-out", sealed)
    over, over_key = authority.issue("over", days=-1)
    early, early_key = authority.issue("early", clock=86_400)
    for options, text in [
        (settings(certificate, open_key), f"every user can read or write {open_key}. Run: chmod 640"),
        (settings(over, over_key), f"{over} expired on 2"),
        (settings(early, early_key), f"{early} is not valid before 2"),
        (settings(certificate, over_key), f"{over_key} is not the key of the first certificate in {certificate}"),
        (settings(certificate, authority.issue("rsa-key", key="rsa:2048")[1]), "is not the key of"),
        (settings(garbage, key), f"{garbage} must contain the certificate in PEM"),
        (settings(certificate, garbage), f"{garbage} must contain a private key in PEM without a passphrase"),
        (settings(certificate, sealed), f"{sealed} must contain a private key in PEM without a passphrase"),
        (settings(tmp_path / "none", key), f"cannot read {tmp_path / 'none'}: No such file"),
        (settings(*authority.issue("weak", key="rsa:1024")), "key too small"),
        (settings(certificate, key, "--tls-client-authorities", garbage), "certificates of authorities in PEM"),
        (settings(certificate, key, "--tls-client-certificate-required", "true"), "needs tlsClientAuthorities"),
        (["--tls-certificate", certificate], "tlsCertificate needs tlsKey"),
        (["--tls-key", key], "tlsKey needs tlsCertificate"),
    ]:
        assert text in refused(command, *options), options
    assert "registry.db" not in os.listdir(tmp_path)


def test_beyond_loopback_plain_http_must_be_allowed(start, command, files, authority):
    for address in ["0.0.0.0:0", "[::]:0"]:
        said = refused(command, listen=address)
        assert "tokens would be unencrypted" in said and "allowPlainHttp" in said
    registry = start("--allow-plain-http", "true", listen="0.0.0.0:0")
    assert registry.events("plain-http")[0]["level"] == "warning"
    assert registry.call("GET", "/healthz")[0] == 200
    assert registry.stop() == 0
    registry = start(*settings(*files), tls=authority.client(), listen="0.0.0.0:0")
    assert registry.events("plain-http") == []
    assert registry.call("GET", "/healthz")[0] == 200
