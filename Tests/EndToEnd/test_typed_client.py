"""The whole life of an ICC, through a client generated from the OpenAPI document."""

import pytest

from documented_client import BrokenContract, DocumentedClient
from registry_process import ARTICLE


def test_the_life_of_an_icc(registry):
    client = DocumentedClient(registry)
    created = client.createICC(body=ARTICLE, ok=201, idempotency_key="first")
    again = client.createICC(body=ARTICLE, ok=201, idempotency_key="first")
    assert again.content == created.content and again.headers["Idempotency-Replayed"] == "true"
    client.createICC(body={**ARTICLE, "prefix": "other/"}, ok=422, idempotency_key="first")
    assert client.createICC(body=ARTICLE, ok=409)["code"] == "name.taken"
    id, external_id = created["id"], created["externalId"]
    assert created.headers["Location"] == f"/v1/iccs/{id}" and created.headers["ETag"] == '"1"'
    assert client.getICC(id=id).content == created.content
    assert client.getICC(id=id, If_None_Match='"1"', ok=304).content is None

    changed = client.changeICC(id=id, body={"sessionName": "renamed"}, if_match='"1"')
    assert changed["version"] == 2 and changed["trustPolicyChanged"] and changed["previousPrincipal"] == created["principal"]
    assert client.changeICC(id=id, body={"prefix": "x/"}, if_match='"1"', ok=412)["code"] == "precondition-failed"
    assert client.getICC(id=id)["prefix"] == "exports/"

    pending = client.rotateExternalID(id=id)["pendingExternalId"]
    assert client.getExternalID(id=id).content == external_id + "\n" and pending != external_id
    assert client.rotateExternalID(id=id, ok=409)["code"] == "rotation.pending"
    assert client.promoteExternalID(id=id)["externalId"] == pending
    client.rotateExternalID(id=id)
    assert client.cancelExternalIDRotation(id=id)["externalId"] == pending
    assert client.cancelExternalIDRotation(id=id, ok=409)["code"] == "rotation.not-pending"

    assert client.disableICC(id=id)["enabled"] is False
    enabled = client.enableICC(id=id)
    assert enabled["enabled"] is True
    read_texts(client, id, enabled)

    client.deleteICC(id=id, if_match='"1"', ok=412)
    client.deleteICC(id=id, if_match=enabled.headers["ETag"], ok=204)
    assert client.getICC(id=id, ok=404)["code"] == "not-found"
    restored = client.restoreICC(id=id)
    assert restored["externalId"] == pending and restored["deletedAt"] is None

    events = client.listICCEvents(id=id)["items"]
    assert [event["type"] for event in sorted(events, key=lambda event: event["seq"])] == [
        "icc.created", "icc.updated", "external-id.rotated", "external-id.promoted", "external-id.rotated",
        "external-id.cancelled", "icc.disabled", "icc.enabled", "icc.deleted", "icc.restored"]
    assert {event["subject"] for event in events} == {id}
    everything = {event["seq"]: event for event in client.listEvents(limit=200)["items"]}
    assert all(everything[event["seq"]] == event for event in events)
    assert [item["id"] for item in client.listICCs()["items"]] == [id]
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
    assert client.verifyICC(id=id, ok=409)["code"] == "verification.not-configured"
    assert client.listVerifications(id=id).content == {"items": [], "nextCursor": None, "inProgress": None}
    assert client.getMergedTrustPolicy(userArn=icc["userArn"])["trustPolicy"] == icc["trustPolicy"]


def test_the_pages_of_a_list(registry):
    client = DocumentedClient(registry)
    made = {client.createICC(body={**ARTICLE, "name": f"icc {number}"})["id"] for number in range(7)}
    seen, cursor, pages = [], {}, 0
    while cursor is not None:
        page = client.listICCs(limit=3, **cursor)
        seen += [item["id"] for item in page["items"]]
        cursor = page["nextCursor"] and {"cursor": page["nextCursor"]}
        pages += 1
    assert pages == 3 and len(seen) == 7 and set(seen) == made
    assert [item["name"] for item in client.listICCs(name="icc 3")["items"]] == ["icc 3"]
    assert client.listICCs(deleted=True)["items"] == []


def test_the_client_rejects_what_breaks_the_contract(registry):
    client = DocumentedClient(registry)
    id = client.createICC(body=ARTICLE)["id"]
    for wrong in ({"colour": "red"}, {"name": 7}, {"bucketName": None}):
        with pytest.raises(BrokenContract, match="request body"):
            client.changeICC(id=id, body=wrong)
    with pytest.raises(BrokenContract, match="knows no"):
        client.listICCs(colour="red")
    with pytest.raises(BrokenContract, match="honours If-Match"):
        client.createICC(body=ARTICLE, if_match='"1"')

    def lacking(document):
        document["components"]["schemas"]["ICC"]["required"].append("colour")

    def surplus(document):
        del document["components"]["schemas"]["ICC"]["properties"]["version"]

    def untold(document):
        del document["paths"]["/v1/iccs/{id}"]["get"]["responses"]["200"]

    for adjust in (lacking, surplus, untold):
        with pytest.raises(BrokenContract, match="getICC"):
            DocumentedClient(registry, adjust).getICC(id=id)
