"""The log line of a request says who asked for what, and why it was refused."""

import http.client
import json
import re

import pytest

from registry_process import ARTICLE
from scripted_aws import Peer, usual
from waiting import until

pytestmark = pytest.mark.both_stores


def line_of(registry, status, route=None):
    def found():
        return [event for event in registry.events("request")
                if event["status"] == status and (route is None or event["route"] == route)]

    until(found, f"the line of a {status}", 10)
    return found()[-1]


def reader_of(registry):
    """A viewer's token, as the API returns it."""
    status, _, content = registry.call("POST", "/v1/tokens", {"name": "reader", "role": "viewer", "organisation": "default"})
    assert status == 201, content
    return json.loads(content)


def test_a_403_names_the_token_and_its_role(start):
    registry = start()
    made = reader_of(registry)
    assert registry.call("POST", "/v1/iccs", ARTICLE, token=made["token"])[0] == 403
    line = line_of(registry, 403)
    assert (line["token"], line["role"]) == (made["id"], "viewer") and "reason" not in line


@pytest.mark.parametrize(("token", "refusal"), [
    (None, "missing"), ("nonsense", "malformed"), ("iccr_" + "A" * 43 + "_AAAAAA", "malformed"),
])
def test_a_401_says_why(start, token, refusal):
    registry = start()
    connection = http.client.HTTPConnection("127.0.0.1", registry.port, timeout=20)
    connection.request("GET", "/v1/iccs", headers={"Authorization": f"Bearer {token}"} if token else {})
    assert connection.getresponse().status == 401
    connection.close()
    line = line_of(registry, 401)
    assert line["reason"] == refusal and "token" not in line


def test_a_401_names_a_revoked_token(start):
    registry = start()
    made = reader_of(registry)
    assert registry.call("DELETE", f"/v1/tokens/{made['id']}")[0] == 204
    assert registry.call("GET", "/v1/iccs", token=made["token"])[0] == 401
    line = line_of(registry, 401)
    assert (line["reason"], line["token"]) == ("revoked", made["id"])
    assert made["token"] not in registry.log_text()


def test_a_read_names_the_icc(start):
    registry = start()
    icc = registry.create(name="named")
    assert registry.call("GET", f"/v1/iccs/{icc['id']}")[0] == 200
    assert line_of(registry, 200, "/v1/iccs/{id}")["icc"] == icc["id"]


def test_successful_health_checks_are_logged_at_debug_only(start):
    registry = start()
    for path in ("/healthz", "/readyz"):
        assert registry.call("GET", path)[0] == 200
    registry.create(name="after them")
    line_of(registry, 201)
    assert not [event for event in registry.events("request") if event["route"] in ("/healthz", "/readyz")]


def test_the_client_s_request_id_is_next_to_the_server_s(start):
    registry = start()
    _, headers, _ = registry.call("GET", "/v1/iccs", headers={"X-Request-Id": "0198a1f2-mine"})
    line = line_of(registry, 200, "/v1/iccs")
    assert line["clientRequestId"] == "0198a1f2-mine" and "clientRequestIdRejected" not in line
    assert line["requestId"] == headers["X-Request-Id"] and re.fullmatch("req-[0-9a-f]{32}", line["requestId"])


@pytest.mark.parametrize(("value", "reason"), [("x" * 129, "too-long"), ('"x y"', "invalid-character"), ("iccr_x", "contains-token")])
def test_a_client_s_request_id_that_is_not_logged_is_named_with_its_reason(start, value, reason):
    registry = start()
    registry.call("GET", "/v1/iccs", headers={"X-Request-Id": value})
    line = line_of(registry, 200, "/v1/iccs")
    assert line["clientRequestIdRejected"] == reason and "clientRequestId" not in line and value not in registry.log_text()


TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def test_the_trace_is_logged_and_passed_on_to_aws(start):
    sent = []

    def noting(request):
        sent.append((request.headers.get_all("traceparent"), request.headers["Authorization"]))
        return usual(request)

    peer = Peer(noting)
    registry = start(environment=peer.environment())
    icc = registry.create()
    path = f"/v1/iccs/{icc['id']}/verify"
    header = f"00-{TRACE}-00f067aa0ba902b7-01"
    status, _, content = registry.call("POST", path, headers={"traceparent": header})
    assert status == 200 and json.loads(content)["verdict"] == "verified", content
    assert len(sent) == 8 and all(values == [header] for values, _ in sent)
    # A proxy may change the header on the way, so no signature covers it.
    assert all("SignedHeaders=" in signature and "traceparent" not in signature for _, signature in sent)

    sent.clear()
    assert registry.call("POST", path, headers={"traceparent": header.upper()})[0] == 200
    assert len(sent) == 8 and all(values is None for values, _ in sent)
    assert registry.stop() == 0
    lines = [event for event in registry.events("request") if event["route"] == "/v1/iccs/{id}/verify"]
    assert [line.get("traceId") for line in lines] == [TRACE, None]
    assert [event.get("traceId") for event in registry.events("verification")] == [TRACE, None]
    peer.close()
