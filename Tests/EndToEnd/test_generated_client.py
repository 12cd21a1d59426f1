"""The life of an ICC through a client that openapi-python-client generates from the OpenAPI document, without a header made by hand."""

import json

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry as Schemas
from referencing.jsonschema import DRAFT202012

from generated_client import generate
from registry_process import ARTICLE

pytestmark = pytest.mark.both_stores


@pytest.fixture
def generated(registry, tmp_path, monkeypatch):
    """The generated package: `generated("api.iccs.create_icc")` is one of its modules."""
    (tmp_path / "openapi.json").write_text(json.dumps(registry.get("/openapi.json")))
    yield from generate("openapi.json", "registry_client", tmp_path, monkeypatch)


@pytest.fixture
def call(generated, registry):
    """`call("iccs.create_icc", …)` sends a request and returns status, headers and the parsed content."""
    client = generated("client").AuthenticatedClient(base_url=registry.url, token=registry.token)

    def send(operation, *arguments, **keywords):
        answer = generated("api." + operation).sync_detailed(*arguments, client=client, **keywords)
        return int(answer.status_code), answer.headers, answer.parsed

    return send


def test_the_life_of_an_icc(call, generated):
    models = generated("models")
    article = models.NewICC.from_dict(ARTICLE)
    status, headers, icc = call("iccs.create_icc", body=article, idempotency_key="first")
    assert status == 201 and len(icc.external_id) == 64 and icc.trust_policy.to_dict()["Statement"]
    _, replayed, again = call("iccs.create_icc", body=article, idempotency_key="first")
    assert again.id == icc.id and replayed["Idempotency-Replayed"] == "true"

    patch = models.ICCPatch(session_name="renamed")
    status, headers, changed = call("iccs.change_icc", icc.id, body=patch, if_match=headers["ETag"])
    assert status == 200 and changed.session_name == "renamed" and changed.version == 2
    status, _, problem = call("iccs.change_icc", icc.id, body=patch, if_match='"1"')
    assert status == 412 and problem.code == "precondition-failed"

    etag = headers["ETag"]
    for step in ("rotate_external_id", "promote_external_id", "disable_icc", "enable_icc"):
        status, headers, icc = call("iccs." + step, icc.id, if_match=etag)
        assert status == 200, step
        etag = headers["ETag"]
    assert call("iccs.get_icc", icc.id, if_none_match=etag)[0] == 304
    assert [item.id for item in call("iccs.list_iccs", enabled=True)[2].items] == [icc.id]
    assert call("iccs.delete_icc", icc.id, if_match=etag)[0] == 204
    assert call("iccs.restore_icc", icc.id)[2].external_id == icc.external_id
    assert len(call("events.list_icc_events", icc.id)[2].items) == 8

    checked = call("policies.check_policies", icc.id, body=models.PolicyCheckRequest(trust_policy="{}"))[2]
    assert checked.verdict != "works" and checked.trust_policy.findings


def test_every_example_is_valid(registry):
    document = registry.get("/openapi.json")
    resource = DRAFT202012.create_resource(document)
    schemas = Schemas().with_resource("urn:document", resource)
    text = json.dumps(document["components"]["schemas"]).replace('"#/', '"urn:document#/')
    found = list(examples(json.loads(text)))
    assert len(found) > 15
    for schema, example in found:
        Draft202012Validator(schema, registry=schemas, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(example)


def examples(node):
    """Each schema in the document that has examples, with each of them."""
    if isinstance(node, dict):
        for example in node["examples"] if isinstance(node.get("examples"), list) else []:
            yield node, example
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from examples(each)
