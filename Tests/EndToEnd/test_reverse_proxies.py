"""The registry behind the reverse proxies of the examples: links, addresses of clients, HTTP/2, compression."""

import contextlib
import http.client
import json
import subprocess

import pytest

import proxies
from certificates import Authority
from registry_process import ARTICLE
from waiting import until


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


class Client:
    """Requests to the proxy, below the path at which it serves the registry."""

    def __init__(self, port, base, token, authority):
        self.port, self.base, self.token, self.authority = port, base, token, authority

    def call(self, method, path, body=None, **headers):
        """Sends a request; `path` is the whole path."""
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=self.authority.client())
        try:
            sent = {"Authorization": f"Bearer {self.token}", **{name.replace("_", "-"): text for name, text in headers.items()}}
            if body is not None:
                sent["Content-Type"] = "application/json"
            connection.request(method, path, None if body is None else json.dumps(body), sent)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.call("GET", self.base + path, **headers)


@pytest.fixture(params=[
    ("nginx.conf.example", ""), ("nginx-subpath.conf.example", "/icc"), ("Caddyfile.example", "/icc"),
    ("apache-subpath.conf.example", "/icc"),
], ids=lambda param: param[0])
def behind(request, start, authority, tmp_path):
    """A registry behind a proxy, and a client of the proxy."""
    example, base = request.param
    registry = start("--base-path", base, "--trusted-proxies", "127.0.0.1")
    files = authority.issue(f"proxy-{example}")
    with proxies.running(example, tmp_path, registry.port, *files) as port:
        yield registry, Client(port, base, registry.token, authority)


def test_every_link_works(behind):
    _, client = behind
    base = client.base
    status, fields, _ = client.get("/", Accept="text/html")
    assert (status, fields["Location"]) == (302, f"{base}/console/")
    addresses = json.loads(client.get("/")[2])
    assert addresses["console"] == f"{base}/console/"
    for name in ("openapi", "console", "manual", "health", "readiness"):
        assert client.call("GET", addresses[name])[0] == 200, name
    for path in ("/console", "/manual"):
        assert client.get(path)[1]["Location"] == f"{base}{path}/"
    made = []
    for name in ("one", "two"):
        status, fields, _ = client.call("POST", f"{base}/v1/iccs", {**ARTICLE, "name": name})
        assert status == 201
        made.append(fields["Location"])
        assert client.call("GET", fields["Location"])[0] == 200
    assert all(location.startswith(f"{base}/v1/iccs/icc_") for location in made)
    status, _, content = client.call("POST", made[0] + "/hand-over", {})
    assert status == 201, content
    page = json.loads(content)["link"]
    assert page.startswith(f"{base}/console/link.html#") and client.call("GET", page.partition("#")[0])[0] == 200
    link = client.get("/v1/iccs?limit=1", Accept="text/csv")[1]["Link"]
    status, _, content = client.call("GET", link[1:link.index(">")], Accept="text/csv")
    assert status == 200 and b"icc_" in content
    problem = json.loads(client.get("/v1/iccs/none")[2])
    assert problem["type"] == f"{base}/problems/not-found"
    assert client.call("GET", problem["type"])[0] == 200
    document = json.loads(client.get("/openapi.json")[2])
    assert document["servers"] == [{"url": base or "/"}]
    if base:
        assert client.call("GET", "/v1/iccs")[0] == 404
        refusal = json.loads(client.call("GET", f"{base}/api/v2/imports/connector-configs/none")[2])
        assert refusal["error"] and refusal["help_url"].startswith(f"{base}/problems/")


def test_an_idempotent_create_repeats_its_location(behind):
    _, client = behind
    locations = {
        client.call("POST", f"{client.base}/v1/iccs", ARTICLE, Idempotency_Key="key")[1]["Location"] for _ in range(2)}
    assert len(locations) == 1 and locations.pop().startswith(f"{client.base}/v1/iccs/")


def test_the_registry_itself_serves_nothing_outside_its_path(behind):
    registry, client = behind
    status, _, content = registry.call("GET", "/elsewhere/healthz")
    assert status == 404
    if client.base:
        assert registry.call("GET", "/healthz")[0] == 404
        assert b"This registry is at /icc/." in content
        assert registry.call("GET", "/icc")[0] == 200
        assert registry.call("GET", "/iccs/healthz")[0] == 404
        assert registry.call("OPTIONS", "*")[0] == 204


def test_the_address_is_the_client_s_and_not_what_it_says(behind):
    registry, client = behind
    before = len(registry.events("request"))
    assert client.get("/v1/iccs", X_Forwarded_For="203.0.113.9", Forwarded="for=203.0.113.9")[0] == 200
    until(lambda: len(registry.events("request")) > before, "the request in the log")
    assert registry.events("request")[-1]["address"] == "127.0.0.1"


FORGED = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9, for=127.0.0.1"}


@contextlib.contextmanager
def naming_clients(proxy, edited, registry, authority, folder):
    """A proxy that names the client in `Forwarded`; yields a function that connects from an address of this machine."""
    if proxy == "haproxy":
        with proxies.haproxy(folder, [registry.port] * 2, edited) as port:
            yield lambda own: http.client.HTTPConnection("127.0.0.1", port, 30, (own, 0))
    else:
        files = authority.issue("proxy-forwarded")
        with proxies.running("nginx.conf.example", folder, registry.port, *files, edited) as port:
            yield lambda own: http.client.HTTPSConnection(
                "127.0.0.1", port, timeout=30, source_address=(own, 0), context=authority.client())


@pytest.mark.parametrize(("proxy", "edited"), [
    ("nginx", proxies.with_forwarded), ("haproxy", proxies.with_forwarded), ("haproxy", proxies.with_added_forwarded),
], ids=["nginx", "haproxy", "haproxy-adds"])
def test_the_client_is_the_one_in_forwarded(start, authority, tmp_path, proxy, edited):
    registry = start("--trusted-proxies", "127.0.0.1", "--trusted-proxy-header", "Forwarded", "--log-level", "debug")
    clients = ["127.0.0.2", "127.0.0.3"]
    with naming_clients(proxy, edited, registry, authority, tmp_path) as connect:
        for own in clients:
            with contextlib.closing(connect(own)) as connection:
                connection.request("GET", "/v1/iccs", headers=FORGED)
                assert connection.getresponse().status == 401

    def logged():
        # Without HAProxy's health checks.
        return [event["address"] for event in registry.events("request") if event["route"] == "/v1/iccs"]

    assert until(lambda: len(logged()) == 2 and logged(), "both requests in the log") == clients


def test_http2_and_compression(behind):
    _, client = behind
    common = ["curl", "-sS", "--cacert", client.authority.certificate, "--compressed", "-o", "/dev/null", "-D", "-"]

    def fetched(path, *more):
        words = [*common, *more, f"https://127.0.0.1:{client.port}{client.base}{path}"]
        return subprocess.run(words, check=True, capture_output=True, text=True, timeout=30).stdout.lower()

    said = fetched("/console/main.js")
    assert said.startswith("http/2 200") and "content-encoding: gzip" in said
    said = fetched("/v1/iccs", "-H", f"Authorization: Bearer {client.token}")
    assert said.startswith("http/2 200") and "content-encoding" not in said
