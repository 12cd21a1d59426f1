"""Client certificates that act as a token (`tlsClientTokens`), shown by curl, openssl and Python to the real server."""

import hashlib
import http.client
import json
import re
import signal
import socket
import ssl
import subprocess
import time

import pytest

from certificates import Authority, openssl, settings
from registry_process import ARTICLE
from waiting import until

pytestmark = pytest.mark.both_stores
UNKNOWN_TOKEN = "tok_00000000000000000000000000"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def worker(authority):
    return authority.issue("worker", "/O=Acme/CN=worker", use="clientAuth")


def fingerprint(certificate):
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(certificate.read_text())).hexdigest()


class Certified:
    """A registry whose configuration can map certificates to tokens, and its client with the worker's certificate."""

    def __init__(self, start, authority, worker, folder, options=()):
        self.file = folder / "settings.json"
        self.file.write_text("{}")
        self.server = start(
            *settings(*authority.issue("server")), "--tls-client-authorities", authority.certificate, "--config",
            self.file, *options, tls=authority.client(worker))

    def map(self, *entries):
        self.file.write_text(json.dumps({"tlsClientTokens": entries}))
        # The files of TLS are read again too, which ends all sessions.
        names = ["settings-reloaded", "tls-certificate-loaded"]
        before = [len(self.server.events(name)) for name in names]
        self.server.process.send_signal(signal.SIGHUP)
        until(lambda: all(len(self.server.events(name)) > count for name, count in zip(names, before)), "the reload")

    def create_token(self, role="editor"):
        body = {"name": "of a certificate", "role": role, "organisation": "default"}
        status, _, content = self.server.call("POST", "/v1/tokens", body)
        assert status == 201, content
        return json.loads(content)

    def call(self, method, path, body=None, **headers):
        """Sends a request without a token."""
        connection = self.server.connection(20)
        try:
            content = None if body is None else json.dumps(body)
            json_type = {} if body is None else {"Content-Type": "application/json"}
            connection.request(method, path, content, json_type | {k.replace("_", "-"): v for k, v in headers.items()})
            response = connection.getresponse()
            return response.status, json.loads(response.read() or "null")
        finally:
            connection.close()

    def last_request(self):
        return self.server.events("request")[-1]


@pytest.fixture
def certified(start, authority, worker, tmp_path):
    return lambda *options: Certified(start, authority, worker, tmp_path, options)


def test_a_certificate_acts_as_its_token(certified, authority, worker):
    registry = certified()
    token = registry.create_token()
    assert registry.call("GET", "/v1/session")[0] == 401
    said = openssl("x509", "-in", worker[0], "-noout", "-fingerprint", "-sha256")
    registry.map(f"{re.search('=(.*)', said)[1]}={token['id']}")
    words = ["curl", "-sS", "--cacert", authority.certificate, "--cert", worker[0], "--key", worker[1]]
    session = json.loads(subprocess.run(
        [*words, f"{registry.server.url}/v1/session"], check=True, capture_output=True, timeout=30).stdout)
    assert (session["tokenId"], session["role"]) == (token["id"], "editor")
    status, icc = registry.call("POST", "/v1/iccs", ARTICLE)
    assert status == 201, icc
    events = registry.server.get(f"/v1/iccs/{icc['id']}/events")["items"]
    assert {event["actor"] for event in events} == {token["id"]}
    created = until(lambda: [
        line for line in registry.server.events("request") if (line["route"], line["status"]) == ("/v1/iccs", 201)],
        "the request in the log")
    assert [(line["token"], line["clientCertificate"]) for line in created] == [(token["id"], "CN=worker,O=Acme")]
    # An editor may not do what an administrator may, whatever the certificate.
    assert registry.call("GET", "/v1/organisations")[0] == 403
    assert registry.call("DELETE", f"/v1/tokens/{token['id']}")[0] == 403


def test_a_credential_of_its_own_comes_first(certified, worker):
    registry = certified()
    token = registry.create_token()
    other = registry.create_token("viewer")
    registry.map(f"{fingerprint(worker[0])}={token['id']}")
    assert registry.call("GET", "/v1/session", Authorization=f"Bearer {other['token']}")[1]["tokenId"] == other["id"]
    for credential in ["Bearer none", "Basic dTpw", "", f"Bearer {other['token'][:-1]}"]:
        assert registry.call("GET", "/v1/session", Authorization=credential)[0] == 401, credential


def test_a_certificate_without_a_valid_token_is_not_let_in(certified, authority, worker):
    registry = certified()
    token = registry.create_token()
    registry.map(f"{fingerprint(worker[0])}={token['id']}")
    assert registry.call("GET", "/v1/iccs")[0] == 200
    assert registry.server.call("DELETE", f"/v1/tokens/{token['id']}")[0] == 204
    for body in [None, ARTICLE]:
        assert registry.call("POST" if body else "GET", "/v1/iccs", body)[0] == 401
    until(lambda: registry.last_request().get("reason") == "revoked", "the reason in the log")
    assert registry.last_request()["token"] == token["id"]
    registry.map(f"{fingerprint(worker[0])}={UNKNOWN_TOKEN}")
    assert registry.call("GET", "/v1/iccs")[0] == 401
    until(lambda: registry.last_request().get("reason") == "unknown", "the reason in the log")
    # The same subject of the same authority, with another key.
    registry.map(f"{fingerprint(worker[0])}={registry.create_token()['id']}")
    assert registry.call("GET", "/v1/iccs")[0] == 200
    registry.server.tls = authority.client(authority.issue("second", "/O=Acme/CN=worker", use="clientAuth"))
    assert registry.call("GET", "/v1/iccs")[0] == 401
    registry.server.tls = authority.client()
    assert registry.call("GET", "/v1/iccs")[0] == 401


def test_a_browser_needs_a_token(certified, worker):
    registry = certified()
    registry.map(f"{fingerprint(worker[0])}={registry.create_token()['id']}")
    for headers in [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"},
                    {"Sec_Fetch_Site": "same-origin"}]:
        assert registry.call("POST", "/v1/iccs", ARTICLE, **headers)[0] == 401, headers
    assert registry.server.get("/v1/iccs")["items"] == []


def test_the_certificate_of_a_trusted_proxy_is_not_the_clients(certified, worker):
    registry = certified("--trusted-proxies", "127.0.0.1")
    registry.map(f"{fingerprint(worker[0])}={registry.create_token()['id']}")
    assert registry.call("GET", "/v1/iccs", X_Forwarded_For="192.0.2.1")[0] == 401
    assert registry.call("GET", "/v1/iccs")[0] == 401


def test_a_certificate_does_not_become_a_bearer_token(certified, worker):
    registry = certified()
    token = registry.create_token()
    registry.map(f"{fingerprint(worker[0])}={token['id']}")
    assert registry.call("POST", "/v1/session/rotate")[0] == 403
    assert registry.call("DELETE", "/v1/session")[0] == 204
    assert registry.call("GET", "/v1/session")[0] == 401


def test_a_removed_entry_ends_open_connections_and_resumed_sessions(certified, worker):
    registry = certified()
    registry.map(f"{fingerprint(worker[0])}={registry.create_token()['id']}")
    kept = registry.server.connection(20)

    def status(connection):
        connection.request("GET", "/v1/session")
        response = connection.getresponse()
        response.read()
        return response.status

    assert status(kept) == 200
    session = kept.sock.session
    with resumed(registry.server, session) as connection:
        assert status(connection) == 200 and connection.sock.session_reused
    # A reload reads the TLS files again too, which ends sessions: only the open connection is left.
    registry.map()
    assert status(kept) == 401
    kept.close()


class resumed(http.client.HTTPConnection):
    """A connection that resumes a session of TLS."""

    def __init__(self, registry, session):
        super().__init__("127.0.0.1", registry.port, timeout=20)
        connection = socket.create_connection(("127.0.0.1", registry.port), timeout=20)
        self.sock = registry.tls.wrap_socket(connection, server_hostname="127.0.0.1", session=session)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def test_a_session_is_not_resumed_into_a_token_after_the_certificate_has_expired(certified, authority, worker):
    registry = certified()
    brief = authority.issue("brief", use="clientAuth", days=1, clock=8 - 86_400)
    registry.map(f"{fingerprint(brief[0])}={registry.create_token()['id']}")
    registry.server.tls = authority.client(brief)
    registry.server.tls.maximum_version = ssl.TLSVersion.TLSv1_2
    first = registry.server.connection(20)
    first.request("GET", "/v1/session")
    response = first.getresponse()
    assert (response.status, response.read())[0] == 200
    session = first.sock.session
    end = ssl.cert_time_to_seconds(
        openssl("x509", "-in", brief[0], "-noout", "-enddate").split("=")[1].strip())
    until(lambda: time.time() > end + 1, "the certificate to expire")
    with resumed(registry.server, session) as second:
        second.request("GET", "/v1/session")
        assert second.sock.session_reused and second.getresponse().status == 401
    first.close()


def test_settings_that_are_not_tokens_of_certificates(command, authority):
    good, token = "ab" * 32, UNKNOWN_TOKEN
    files = settings(*authority.issue("refused"), "--tls-client-authorities", authority.certificate)
    for options, text in [
        ([*files, "--tls-client-tokens", f"{good}"], "must hold entries FINGERPRINT=TOKEN with the ID of a token"),
        ([*files, "--tls-client-tokens", f"{good}=icc_1"], "must hold entries FINGERPRINT=TOKEN"),
        ([*files, "--tls-client-tokens", f"{good}={token}={token}"], "must hold entries FINGERPRINT=TOKEN"),
        ([*files, "--tls-client-tokens", f"{good[1:]}={token}"], "must hold the 64 hexadecimal digits"),
        ([*files, "--tls-client-tokens", f"{'g' * 64}={token}"], "must hold the 64 hexadecimal digits"),
        ([*files, "--tls-client-tokens", f"{good}={token},{good.upper()}={token}"], f"but has {good} again"),
        ([*settings(*authority.issue("refused")), "--tls-client-tokens", f"{good}={token}"], "needs tlsClientAuthorities"),
        (["--tls-client-tokens", f"{good}={token}"], "tlsClientTokens needs tlsCertificate"),
    ]:
        done = command("serve", "--listen", "127.0.0.1:0", *options)
        assert done.returncode == 2 and text in done.stderr, (options, done.stderr)
