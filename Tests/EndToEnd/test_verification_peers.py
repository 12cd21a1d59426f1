"""Verification against scripted peers: every kind of response, and hosts that the registry never connects to."""

import contextlib
import json
import pathlib
import socket
import threading
import time

import pytest

from documented_client import DocumentedClient
from registry_process import ARTICLE
from scripted_aws import LISTING, Peer, certificate, usual
from stores import stored_text
from waiting import until


@pytest.fixture
def verify(start):
    """Verifies a new ICC against a peer and returns its verdict and its checks by name."""
    peers = []

    def verify_one(peer, **environment):
        peers.append(peer)
        registry = start(environment={**peer.environment(), **environment})
        icc = registry.create()
        status, _, content = registry.call("POST", f"/v1/iccs/{icc['id']}/verify")
        assert status == 200, content
        found = json.loads(content)
        logged = until(lambda: registry.events("verification"), "the log's line")
        assert [(line["icc"], line["verdict"]) for line in logged] == [(icc["id"], found["verdict"])]
        said = registry.log_text() + json.dumps(registry.get(f"/v1/iccs/{icc['id']}/events")) + content.decode()
        assert "scripted-" not in said and "ASIASCRIPTED" not in said
        assert "scripted-" not in stored_text(registry.database)
        return found["verdict"], {check["name"]: check for check in found["checks"]}

    yield verify_one
    for peer in peers:
        peer.close()


@pytest.fixture
def trap():
    """A listener that must not get a connection."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.2)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.both_stores
def test_the_scripted_peer_is_verified(verify):
    peer = Peer()
    verdict, checks = verify(peer)
    assert verdict == "verified", checks
    assert [line.split()[0] for line in peer.asked] == ["POST"] * 6 + ["GET"] * 2
    assert peer.asked[6:] == [
        "GET /acme-data?encoding-type=url&list-type=2&max-keys=100&prefix=exports%2F", "GET /acme-data/exports/a"]


@pytest.mark.both_stores
def test_a_verification_matches_the_openapi_document(start):
    peer = Peer()
    registry = start(environment=peer.environment())
    client = DocumentedClient(registry)
    id = client.createIcc(body=ARTICLE)["id"]
    assert client.verifyIcc(id=id, If_Match='"9"', ok=412)["code"] == "precondition-failed"
    found = client.verifyIcc(id=id, If_Match='"1"')
    assert (found["verdict"], found["iccVersion"]) == ("verified", 1)
    icc = client.getIcc(id=id)
    assert icc["lastVerification"] == found.content and (icc["status"], icc["version"]) == ("verified", 2)
    assert client.listVerifications(id=id)["items"] == [found.content]
    assert client.listIccs(status=["verified", "insecure"])["items"][0]["lastVerification"] == found.content
    assert registry.stop() == 0
    peer.close()


@pytest.mark.both_stores
def test_no_redirect_is_followed(verify, trap):
    def redirect(request):
        if request.command == "POST":
            return usual(request)
        request.send_response(301)
        for name, value in (("Location", trap), ("x-amz-bucket-region", "evil.example"), ("Content-Length", "0")):
            request.send_header(name, value)
        request.end_headers()

    verdict, checks = verify(Peer(redirect))
    assert verdict == "inconclusive" and checks["bucket-listable"]["status"] == "inconclusive"


@pytest.mark.both_stores
def test_no_proxy_is_taken_from_the_environment(verify, trap):
    proxies = {name: trap for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")}
    assert verify(Peer(), **proxies)[0] == "verified"


def chunked(request):
    status, content = usual(request)
    request.send_response(status)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    for start in range(0, len(content), 7):
        part = content[start:start + 7]
        request.wfile.write(f"{len(part):x}\r\n{part}\r\n".encode())
    request.wfile.write(b"0\r\n\r\n")


def closing(request):
    status, content = usual(request)
    request.wfile.write(f"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 {status} X\r\nConnection: close\r\n\r\n{content}".encode())
    request.close_connection = True


@pytest.mark.both_stores
@pytest.mark.parametrize("answer", [chunked, closing])
def test_every_response_framing_is_read(verify, answer):
    verdict, checks = verify(Peer(answer))
    assert verdict == "verified", checks


def oversized(request):
    return usual(request) if request.command == "POST" else (200, LISTING + " " * (1 << 20))


def oversized_header(request):
    if request.command == "POST":
        return usual(request)
    request.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"x: " + b"y" * (80 << 10) + b"\r\n\r\n")
    request.close_connection = True


def cut_short(request):
    if request.command == "POST":
        return usual(request)
    request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + LISTING.encode())
    request.close_connection = True


def a_page(request):
    return usual(request) if request.command == "POST" else (403, "<html><h1>403 Forbidden</h1></html>")


def not_http(request):
    if request.command == "POST":
        return usual(request)
    request.wfile.write(b"SSH-2.0-peer\r\n")
    request.close_connection = True


@pytest.mark.both_stores
@pytest.mark.parametrize("answer", [oversized, oversized_header, cut_short, a_page, not_http])
def test_an_invalid_response_is_inconclusive(verify, answer):
    verdict, checks = verify(Peer(answer))
    assert verdict == "inconclusive"
    assert checks["bucket-listable"]["status"] == "inconclusive" and checks["object-readable"]["status"] == "skipped"


@pytest.mark.both_stores
def test_a_slow_response_ends_with_the_call_timeout(verify):
    def drip(request):
        if request.command == "POST":
            return usual(request)
        request.send_response(200)
        request.send_header("Content-Length", "100000")
        request.end_headers()
        for _ in range(100):
            request.wfile.write(b" ")
            time.sleep(0.1)

    started = time.monotonic()
    verdict, checks = verify(Peer(drip), ICC_REGISTRY_AWS_CALL_SECONDS="2")
    assert verdict == "inconclusive" and checks["bucket-listable"]["code"] == "aws.timed-out"
    assert time.monotonic() - started < 8


@pytest.mark.both_stores
def test_all_calls_together_have_a_timeout(verify):
    def slow(request):
        # The first two calls return at once; all others together take longer than the verification timeout.
        time.sleep(1.1 if len(request.server.asked) > 2 else 0)
        return usual(request)

    verdict, checks = verify(Peer(slow), ICC_REGISTRY_VERIFY_SECONDS="3")
    assert verdict == "inconclusive"
    assert checks["role-assumable"]["status"] == "passed"
    assert {checks[name]["code"] for name in ("bucket-listable", "principal-pinned")} == {"aws.timed-out"}


@pytest.mark.both_stores
def test_a_valid_certificate_is_accepted(verify, tmp_path):
    good = certificate(tmp_path, "IP:127.0.0.1")
    verdict, checks = verify(Peer(certificate=good), ICC_REGISTRY_AWS_AUTHORITIES=str(good) + ".crt")
    assert verdict == "verified", checks


@pytest.mark.both_stores
@pytest.mark.parametrize("name, believed", [("IP:127.0.0.1", False), ("DNS:sts.example", True), ("IP:127.0.0.2", True)])
def test_an_invalid_certificate_is_rejected(verify, tmp_path, name, believed):
    own = certificate(tmp_path, name)
    peer = Peer(certificate=own)
    verdict, checks = verify(peer, **({"ICC_REGISTRY_AWS_AUTHORITIES": str(own) + ".crt"} if believed else {}))
    assert (verdict, checks["connector-role-assumable"]["code"]) == ("inconclusive", "aws.not-trusted")
    assert peer.asked == []


KEYS = json.dumps({
    "Code": "Success", "AccessKeyId": "AKIAFETCHED", "SecretAccessKey": "scripted-fetched", "Token": "scripted-fetched-token",
    "Expiration": "2099-01-01T00:00:00Z"})


def metadata(request):
    """The metadata services of EC2 (version 2) and ECS; every other response is AWS's."""
    if request.path == "/ecs":
        return (200, KEYS) if request.headers["Authorization"] == "container-token" else (401, "")
    if request.path == "/latest/api/token":
        return (200, "imds") if request.command == "PUT" else (405, "")
    if request.path.startswith("/latest/"):
        if request.headers["X-aws-ec2-metadata-token"] != "imds":
            return 401, ""
        return 200, KEYS if request.path.endswith("/a-role") else "a-role"
    if request.command == "POST" and "InfoSumImportConnector" in request.content:
        assert "Credential=AKIAFETCHED/" in request.headers["Authorization"]
        assert request.headers["X-Amz-Security-Token"] == "scripted-fetched-token"
    return usual(request)


@pytest.mark.parametrize("choice, fetched", [
    ("container", ["GET /ecs"]),
    ("instance", ["PUT /latest/api/token", "GET /latest/meta-data/iam/security-credentials/",
                  "GET /latest/meta-data/iam/security-credentials/a-role"])])
@pytest.mark.both_stores
def test_keys_are_fetched_from_the_platform(verify, choice, fetched):
    peer = Peer(metadata)
    verdict, checks = verify(
        peer, ICC_REGISTRY_AWS_CREDENTIALS=choice, AWS_EC2_METADATA_SERVICE_ENDPOINT=peer.address,
        AWS_CONTAINER_CREDENTIALS_FULL_URI=peer.address + "/ecs", AWS_CONTAINER_AUTHORIZATION_TOKEN="container-token")
    assert verdict == "verified", checks
    assert peer.asked[: len(fetched)] == fetched


@pytest.mark.both_stores
def test_missing_credentials_are_inconclusive(verify):
    peer = Peer(metadata)
    verdict, checks = verify(
        peer, ICC_REGISTRY_AWS_CREDENTIALS="container", AWS_CONTAINER_CREDENTIALS_FULL_URI=peer.address + "/ecs")
    assert (verdict, checks["connector-role-assumable"]["code"]) == ("inconclusive", "connector.no-credentials")


def test_many_verifications_leave_no_descriptor_open(start):
    peer = Peer()
    peer.trusts_all = True
    registry = start("--verify-threads", "4", environment={**peer.environment(), "AWS_SESSION_TOKEN": "scripted-own"})
    iccs = [registry.create(name=f"n{number}")["id"] for number in range(8)]

    def verify_all():
        statuses = []
        threads = [threading.Thread(target=lambda icc=icc: statuses.append(
            registry.call("POST", f"/v1/iccs/{icc}/verify")[0])) for icc in iccs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return statuses

    def descriptors():
        links = []
        for entry in pathlib.Path(f"/proc/{registry.process.pid}/fd").iterdir():
            # A descriptor may be closed between the listing and the reading of its link.
            with contextlib.suppress(FileNotFoundError):
                links.append(str(entry.readlink()))
        return sorted(link.split(":")[0] for link in links if "registry.db" not in link)

    sockets = descriptors().count("socket")
    assert verify_all() == [200] * 8
    # Fewer is possible too: the last create's connection may still be lingering when they are counted first.
    until(lambda: descriptors().count("socket") <= sockets, "the connections to be closed")
    before = descriptors()
    for _ in range(5):
        assert verify_all() == [200] * 8
    sockets, others = before.count("socket"), [kind for kind in before if kind != "socket"]
    until(lambda: descriptors().count("socket") <= sockets, "the connections to be closed again")
    until(lambda: [kind for kind in descriptors() if kind != "socket"] == others, "the descriptors to be closed")
    peer.close()


@pytest.mark.both_stores
def test_a_client_that_goes_frees_the_place_of_its_waiting_verification(start):
    peer = Peer()
    peer.holds = True
    registry = start("--verify-threads", 1, "--verify-queue", 1, environment=peer.environment())
    running, waiting, later = (registry.create(name=name)["id"] for name in ("running", "waiting", "later"))

    def begin(icc):
        client = socket.create_connection(("127.0.0.1", registry.port), timeout=60)
        client.sendall(f"POST /v1/iccs/{icc}/verify HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {registry.token}\r\n\r\n".encode())
        until(lambda: progress(icc), "the verification")
        return client

    def progress(icc):
        return registry.get(f"/v1/iccs/{icc}/verifications")["inProgress"]

    clients = [begin(running), begin(waiting)]
    assert registry.call("POST", f"/v1/iccs/{later}/verify")[0] == 429
    clients[1].close()
    until(lambda: progress(waiting) is None, "the place to be free")
    clients[1] = begin(later)
    assert progress(running)
    for client in clients:
        client.close()
    peer.holds = False
    for _ in range(20):
        peer.released.release()
    peer.close()


@pytest.mark.both_stores
def test_a_kill_during_a_verification_leaves_no_trace(start):
    peer = Peer(lambda request: time.sleep(30))
    registry = start(environment=peer.environment())
    icc = registry.create()

    def ask():
        with pytest.raises(OSError):
            registry.call("POST", f"/v1/iccs/{icc['id']}/verify")

    asker = threading.Thread(target=ask)
    asker.start()
    until(lambda: registry.get(f"/v1/iccs/{icc['id']}/verifications")["inProgress"], "the verification to begin")
    registry.kill()
    asker.join(10)
    again = start(environment=peer.environment(), token=registry.token)
    assert again.get(f"/v1/iccs/{icc['id']}") == icc
    assert again.get(f"/v1/iccs/{icc['id']}/verifications") == {"items": [], "nextCursor": None, "inProgress": None}
    peer.close()
