"""The whole life of an ICC, through a client generated from the OpenAPI document."""

import datetime

import pytest

from documented_client import BrokenContract, DocumentedClient
from registry_process import ARTICLE

pytestmark = pytest.mark.both_stores


def test_the_life_of_an_icc(registry):
    client = DocumentedClient(registry)
    created = client.createIcc(body=ARTICLE, ok=201, Idempotency_Key="first")
    again = client.createIcc(body=ARTICLE, ok=201, Idempotency_Key="first")
    assert again.content == created.content and again.headers["Idempotency-Replayed"] == "true"
    client.createIcc(body={**ARTICLE, "prefix": "other/"}, ok=422, Idempotency_Key="first")
    assert client.createIcc(body=ARTICLE, ok=409)["code"] == "name.taken"
    id, external_id = created["id"], created["externalId"]
    assert created.headers["Location"] == f"/v1/iccs/{id}" and created.headers["ETag"] == '"1"'
    assert client.getIcc(id=id).content == created.content
    assert client.getIcc(id=id, If_None_Match='"1"', ok=304).content is None

    changed = client.changeIcc(id=id, body={"sessionName": "renamed"}, If_Match='"1"')
    assert changed["version"] == 2 and changed["trustPolicyChanged"] and changed["previousPrincipal"] == created["principal"]
    assert client.changeIcc(id=id, body={"prefix": "x/"}, If_Match='"1"', ok=412)["code"] == "precondition-failed"
    assert client.getIcc(id=id)["prefix"] == "exports/"

    pending = client.rotateExternalId(id=id)["pendingExternalId"]
    assert client.getExternalId(id=id).content == external_id + "\n" and pending != external_id
    assert client.rotateExternalId(id=id, ok=409)["code"] == "rotation.pending"
    assert client.promoteExternalId(id=id)["externalId"] == pending
    client.rotateExternalId(id=id)
    assert client.cancelExternalIdRotation(id=id)["externalId"] == pending
    assert client.cancelExternalIdRotation(id=id, ok=409)["code"] == "rotation.not-pending"

    assert client.disableIcc(id=id)["enabled"] is False
    enabled = client.enableIcc(id=id)
    assert enabled["enabled"] is True
    read_texts(client, id, enabled)

    tomorrow = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    for status in (201, 200):
        used = client.announceUsage(id=id, key="job-7", body={"description": "Weekly", "expiresAt": tomorrow}, ok=status)
    assert client.listUsages(id=id)["items"] == [used.content]
    assert client.deleteIcc(id=id, ok=409)["usages"] == [used.content]
    client.endUsage(id=id, key="job-7", ok=204)

    link = client.createHandOver(id=id, body={"allow": ["check"], "maxUses": 3}, ok=201)
    client.revokeHandOver(id=id, handOver=link["id"], ok=204)
    assert [one["state"] for one in client.listHandOvers(id=id)["items"]] == ["revoked"]

    client.deleteIcc(id=id, If_Match='"1"', ok=412)
    client.deleteIcc(id=id, If_Match=enabled.headers["ETag"], ok=204)
    assert client.getIcc(id=id, ok=404)["code"] == "not-found"
    restored = client.restoreIcc(id=id)
    assert restored["externalId"] == pending and restored["deletedAt"] is None
    assert client.releaseIcc(id=id).content == restored.content
    assert client.listAlarms()["items"] == []

    events = client.listIccEvents(id=id)["items"]
    assert [event["type"] for event in sorted(events, key=lambda event: event["seq"])] == [
        "icc.created", "icc.updated", "external-id.rotated", "external-id.promoted", "external-id.rotated",
        "external-id.cancelled", "icc.disabled", "icc.enabled", "hand-over.created", "hand-over.revoked", "icc.deleted", "icc.restored"]
    assert {event["subject"] for event in events} == {id}
    everything = {event["seq"]: event for event in client.listEvents(limit=200)["items"]}
    assert all(everything[event["seq"]] == event for event in events)
    assert [item["id"] for item in client.listIccs()["items"]] == [id]
    assert len(client.operations("/v1/iccs")) > 15 and client.operations("/v1/iccs") <= client.called


def read_texts(client, id, icc):
    """The parts of an ICC that have endpoints of their own."""
    assert client.getPrincipal(id=id).content == icc["principal"] + "\n"
    assert client.getTrustPolicy(id=id).content == icc["trustPolicy"]
    assert client.getPermissionPolicy(id=id).content == icc["permissionPolicy"]
    role = client.getRole(id=id).content
    assert role["trustPolicy"] == icc["trustPolicy"] and [item["id"] for item in role["iccs"]] == [id]
    assert f"arn:aws:s3:::{icc['bucketName']}" in str(client.getBucketPolicy(id=id).content)
    assert client.getKeyPolicy(id=id, ok=409)["code"] == "icc.has-no-key"
    for format in ("guide", "cli", "terraform", "cloudformation"):
        assert icc["externalId"] in str(client.getSetup(id=id, format=format).content)
    checked = client.checkPolicies(id=id, body={"trustPolicy": icc["trustPolicy"], "permissionPolicy": icc["permissionPolicy"]})
    assert checked["verdict"] == "works"
    assert client.verifyIcc(id=id, ok=409)["code"] == "verification.not-configured"
    assert client.listVerifications(id=id).content == {"items": [], "nextCursor": None, "inProgress": None}
    assert client.getMergedTrustPolicy(userArn=icc["userArn"])["trustPolicy"] == icc["trustPolicy"]


def test_the_pages_of_a_list(registry):
    client = DocumentedClient(registry)
    made = {client.createIcc(body={**ARTICLE, "name": f"icc {number}"})["id"] for number in range(7)}
    seen, cursor, pages = [], {}, 0
    while cursor is not None:
        page = client.listIccs(limit=3, **cursor)
        seen += [item["id"] for item in page["items"]]
        cursor = page["nextCursor"] and {"cursor": page["nextCursor"]}
        pages += 1
    assert pages == 3 and len(seen) == 7 and set(seen) == made
    assert [item["name"] for item in client.listIccs(name="icc 3")["items"]] == ["icc 3"]
    assert client.listIccs(deleted=True)["items"] == []


def test_the_client_rejects_what_breaks_the_contract(registry):
    client = DocumentedClient(registry)
    id = client.createIcc(body=ARTICLE)["id"]
    for wrong in ({"colour": "red"}, {"name": 7}, {"bucketName": None}):
        with pytest.raises(BrokenContract, match="request body"):
            client.changeIcc(id=id, body=wrong)
    with pytest.raises(BrokenContract, match="knows no"):
        client.listIccs(colour="red")
    with pytest.raises(BrokenContract, match="knows no"):
        client.createIcc(body=ARTICLE, If_Match='"1"')

    def lacking(document):
        document["components"]["schemas"]["ICC"]["required"].append("colour")

    def surplus(document):
        del document["components"]["schemas"]["ICC"]["properties"]["version"]

    def untold(document):
        del document["paths"]["/v1/iccs/{id}"]["get"]["responses"]["200"]

    for adjust in (lacking, surplus, untold):
        with pytest.raises(BrokenContract, match="getIcc"):
            DocumentedClient(registry, adjust).getIcc(id=id)
