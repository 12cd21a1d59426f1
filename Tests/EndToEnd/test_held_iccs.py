"""A tenant whose ICC is held sees the same bytes as one whose role does not let InfoSum in."""

import json
import re
import urllib.parse

import pytest

from registry_process import ARTICLE
from scripted_aws import DENIED, SESSION, Peer, usual
from waiting import until

pytestmark = pytest.mark.both_stores

NOTED = ["ETag", "Location", "Content-Type", "Cache-Control", "Retry-After"]
ROLE = ARTICLE["userArn"]
# Times, identifiers, external IDs, cursors and entity tags of texts: different in each run.
DIFFERENT = re.compile(
    r'\d{4}-\d\d-\d\dT[0-9:.]+Z|[a-z]+_[0-9a-z]{26}|\b[0-9a-f]{64}\b|"[a-z][0-9a-f]{32}"'
    r'|"[A-Za-z0-9_-]{16}"|req-[0-9a-f]{32}')


class Tenant:
    """Records what a tenant receives, with each random value replaced by the order of its first appearance."""

    def __init__(self, registry, token):
        self.registry, self.token, self.lines, self.names = registry, token, [], {}

    def send(self, method, path, body=None):
        headers = {"Content-Type": "application/merge-patch+json"} if method == "PATCH" else None
        status, fields, content = self.registry.call(method, path, body, self.token, headers)
        text = f"{method} {status}\n" + "\n".join(f"{name}: {fields.get(name)}" for name in NOTED) + f"\n{content.decode()}"
        text = re.sub(r'"durationMs":\d+', '"durationMs":n', text)
        self.lines.append(DIFFERENT.sub(lambda found: self.names.setdefault(found[0], f"<{len(self.names)}>"), text))
        return content and json.loads(content)


def lets_in(right):
    """A peer's answer: the customer's role lets the session in with the right external IDs."""

    def answer(request):
        asked = dict(urllib.parse.parse_qsl(request.content))
        if request.command == "GET" or asked["RoleArn"].endswith("/InfoSumImportConnector"):
            return usual(request)
        role = asked["RoleArn"].rsplit("/", 1)[1]
        is_own = "Credential=ASIASCRIPTEDOWN/" in request.headers["Authorization"]
        if is_own and asked.get("ExternalId") in right:
            arn = f"arn:aws:sts::111122223333:assumed-role/{role}/{asked['RoleSessionName']}"
            return 200, SESSION.format(arn=arn, key="ROLE")
        return 403, DENIED

    return answer


@pytest.fixture
def world(start, new_database):
    """Starts a registry that speaks to a peer whose role lets in the external IDs of `right`."""
    peers = []

    def one(right):
        peers.append(Peer(lets_in(right)))
        registry = start(environment=peers[-1].environment(), database=new_database())
        for organisation in ["first", "tenant"]:
            registry.call("POST", "/v1/organisations", {"id": organisation})
        _, _, made = registry.call("POST", "/v1/tokens", {"name": "t", "role": "editor", "organisation": "tenant"})
        return registry, Tenant(registry, json.loads(made)["token"]), peers[-1]

    yield one
    for peer in peers:
        peer.close()


def live(tenant, right):
    """The life of a tenant's ICCs on the role: created on it, changed to it, verified, rotated, deleted and restored."""
    own = tenant.send("POST", "/v1/iccs", {**ARTICLE, "userArn": ROLE + "-own"})
    icc = tenant.send("POST", "/v1/iccs", {**ARTICLE, "name": "Second"})
    for made in [own, icc]:
        right.add(made["externalId"])
        path = f"/v1/iccs/{made['id']}"
        tenant.send("PATCH", path, {"userArn": ROLE})
        for _ in range(2):
            tenant.send("POST", f"{path}/verify")
        tenant.send("POST", f"{path}/external-id/rotate")
        right.add(tenant.send("POST", f"{path}/external-id/promote")["externalId"])
        tenant.send("POST", f"{path}/verify")
        for part in ["", "/events", "/verifications", "/verifications?limit=1", "/role", "/trust-policy"]:
            tenant.send("GET", path + part)
        tenant.send("POST", f"{path}/check", {"trustPolicy": json.dumps(made["trustPolicy"])})
        tenant.send("DELETE", path)
        tenant.send("POST", f"{path}/restore")
        tenant.send("POST", f"{path}/verify")
        for query in ["usable=true", "usable=false", "status=failing", "limit=1"]:
            tenant.send("GET", f"/v1/iccs?{query}")
    return icc


def test_a_held_icc_is_answered_byte_by_byte_as_one_whose_role_does_not_let_infosum_in(world):
    _, alone, lonely_peer = world(set())
    live(alone, set())
    right = set()
    registry, held, peer = world(right)
    first = registry.create(organisation="first")
    right.add(first["externalId"])
    icc = live(held, right)
    assert len(alone.lines) == len(held.lines) > 40
    for one, other in zip(alone.lines, held.lines, strict=True):
        assert one == other
    assert [line for line in held.lines if '"verdict":"failing"' in line], held.lines
    assert lonely_peer.asked == peer.asked
    # The peer does let the tenant in: after a release, the same ICC is verified.
    assert registry.call("POST", f"/v1/iccs/{icc['id']}/release")[0] == 200
    assert held.send("POST", f"/v1/iccs/{icc['id']}/verify")["verdict"] == "verified"
    assert json.loads(registry.call("POST", f"/v1/iccs/{first['id']}/verify")[2])["verdict"] == "verified"
    logged = until(lambda: len(registry.events("shared-role")) == 2 and registry.events("shared-role"), "the alarms")
    assert [(line["level"], line["organisation"], line["held"]) for line in logged] == [("warning", "tenant", "true")] * 2
    alarms = registry.get("/v1/alarms")["items"]
    assert [(alarm["icc"]["name"], alarm["held"], [one["id"] for one in alarm["others"]]) for alarm in alarms] == [
        ("Acme", True, [first["id"]])]


def test_the_first_organisation_sees_the_same_bytes_with_and_without_a_held_newcomer(world):
    lines = []
    for has_newcomer in [False, True]:
        right = set()
        registry, tenant, _ = world(right)
        path = "/v1/iccs/" + tenant.send("POST", "/v1/iccs", ARTICLE)["id"]
        right.add(tenant.send("GET", path)["externalId"])
        if has_newcomer:
            registry.create(organisation="first")
        assert tenant.send("POST", f"{path}/verify")["verdict"] == "verified"
        tenant.send("PATCH", path, {"prefix": "other/"})
        tenant.send("POST", "/v1/iccs", {**ARTICLE, "name": "Second"})
        for part in [path, f"{path}/events", "/v1/iccs?usable=true", f"{path}/verifications", "/v1/iccs"]:
            tenant.send("GET", part)
        held = [alarm["icc"]["organisation"] for alarm in registry.get("/v1/alarms")["items"]]
        assert held == (["first"] if has_newcomer else [])
        lines.append(tenant.lines)
    assert lines[0] == lines[1]
