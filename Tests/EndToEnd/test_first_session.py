"""A new user's session: start, create, read the ICC, write the trust policy to a file, restart, find everything."""

import json
import re
import subprocess

import pytest

from registry_process import ARTICLE

pytestmark = pytest.mark.both_stores

SESSION_NAME, EXTERNAL_ID = "Your Session Name", "d68b1db43ed52e7e0297dbaca2bad20f40d4faaf92b5349891f08fddde530e23"
SNIPPET = """{
"Version": "2012-10-17",
"Statement": [
{
"Effect": "Allow",
"Principal": {
"AWS": "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/Your Session Name"
},
"Action": "sts:AssumeRole",
"Condition": {
"StringEquals": {
"sts:ExternalId": "d68b1db43ed52e7e0297dbaca2bad20f40d4faaf92b5349891f08fddde530e23"
}
}
}
]
}"""


def without_white_space(text):
    return re.sub(r"\s", "", text)


def curl(registry, path, *options):
    done = subprocess.run(
        ["curl", "-sS", "--fail-with-body", "-H", f"Authorization: Bearer {registry.token}", *options, registry.url + path],
        capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, (done.stdout, done.stderr)
    return done.stdout


def test_a_new_user_finds_everything_after_a_restart(start, tmp_path):
    registry = start()
    created = json.loads(
        curl(registry, "/v1/iccs", "-H", "Content-Type: application/json", "-d", json.dumps(ARTICLE)))
    panel = curl(registry, f"/v1/iccs/{created['id']}")
    assert json.loads(panel) == created
    external_id = curl(registry, f"/v1/iccs/{created['id']}/external-id")
    assert external_id == created["externalId"] + "\n"
    assert curl(registry, f"/v1/iccs/{created['id']}/principal") == created["principal"] + "\n"
    policy = curl(registry, f"/v1/iccs/{created['id']}/trust-policy")
    (tmp_path / "trust.json").write_text(policy)
    assert registry.stop() == 0

    again = start(token=registry.token)
    assert curl(again, f"/v1/iccs/{created['id']}") == panel
    assert curl(again, f"/v1/iccs/{created['id']}/trust-policy") == policy
    assert "not shown again" not in again.output_path.read_text()


def test_the_trust_policy_equals_the_articles_snippet(registry):
    created = registry.create()
    text = registry.call("GET", f"/v1/iccs/{created['id']}/trust-policy")[2].decode()
    lines = text.rstrip("\n").split("\n")
    assert len(lines) == 17
    assert lines[6].strip() == f'"AWS": "{created["principal"]}"'
    expected = SNIPPET.replace(SESSION_NAME, "acme-import").replace(EXTERNAL_ID, created["externalId"])
    assert without_white_space(text) == without_white_space(expected)
    assert json.dumps(created["trustPolicy"], separators=(",", ":")) == without_white_space(expected)
    assert [line.strip() for line in lines] == expected.split("\n")


def test_the_fields_of_an_icc_are_in_order(registry):
    assert list(registry.create()) == [
        "id", "organisation", "name", "description", "connectorType", "status", "enabled", "usable",
        "notUsableBecause", "userArn", "sessionName", "bucketName", "bucketOwner", "prefix", "filenames", "kmsKeyArn", "externalId", "pendingExternalId", "principal", "trustPolicy", "permissionPolicy",
        "warnings", "lastVerification", "version", "createdAt", "createdBy", "updatedAt", "updatedBy", "deletedAt",
    ]


def test_five_errors_are_five_entries(registry):
    status, headers, content = registry.call("POST", "/v1/iccs", {
        "name": "", "connectorType": "s3-cross-account", "userArn": "arn:aws:iam::111122223333:user/me",
        "sessionName": "Your Session Name", "bucketName": "s3://bucket", "prefix": "/leading"})
    problem = json.loads(content)
    assert status == 422 and headers["Content-Type"] == "application/problem+json"
    faults = {(fault["pointer"], fault["code"]) for fault in problem["errors"]}
    assert len(problem["errors"]) == 5
    assert {
        ("/userArn", "user-arn.is-user"), ("/sessionName", "session-name.placeholder"),
        ("/bucketName", "bucket-name.is-uri"), ("/prefix", "prefix.leading-slash")} < faults
    assert all(fault["detail"] and fault["hint"] for fault in problem["errors"] if fault["pointer"] != "/name")
