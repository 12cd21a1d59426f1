"""The checker's four probes compared with an AWS that enforces trust policies. If the two differ, AWS's documentation decides."""

import json
import os
import subprocess

import boto3
import pytest
from botocore.exceptions import ClientError

from conftest import ROOT
from trust_policies import CONNECTOR, ID, INFOSUM, POLICIES

CUSTOMER = "111122223333"
OWN, OTHER = "acme-import", "acme-import-of-another-customer"
PROBES = {
    "rightExternalId": (OWN, {"ExternalId": ID}),
    "noExternalId": (OWN, {}),
    "wrongExternalId": (OWN, {"ExternalId": "wrong-external-id"}),
    "otherSession": (OTHER, {"ExternalId": ID}),
}


def client(service, address, key, secret="test", token=None):
    return boto3.client(
        service, endpoint_url=address, region_name="eu-west-1", aws_access_key_id=key, aws_secret_access_key=secret,
        aws_session_token=token)


def letters(answers):
    return "".join(answers[probe][0] for probe in PROBES)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The results of our checker by policy name: one letter per probe."""
    folder = tmp_path_factory.mktemp("policies")
    for name, policy in POLICIES.items():
        (folder / f"{name}.json").write_text(json.dumps(policy))
    subprocess.run(
        ["swift", "test", "--skip-build", "--filter", "PolicyAgreementFiles"], cwd=ROOT, check=True, timeout=220,
        env=os.environ | {"POLICY_AGREEMENT_FOLDER": str(folder)}, stdout=subprocess.DEVNULL)
    return {
        name: letters(json.loads((folder / f"{name}.answer").read_text())["trustPolicy"]["probes"]) for name in POLICIES}


def seen(address):
    """The results of MiniStack by policy name."""
    infosum, customer = (client("iam", address, account) for account in (INFOSUM, CUSTOMER))
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole"}
    document = {"Version": "2012-10-17"}
    infosum.create_role(
        RoleName="InfoSumImportConnector", AssumeRolePolicyDocument=json.dumps(
            document | {"Statement": [statement | {"Principal": {"AWS": f"arn:aws:iam::{INFOSUM}:root"}}]}))
    infosum.put_role_policy(
        RoleName="InfoSumImportConnector", PolicyName="assume",
        PolicyDocument=json.dumps(document | {"Statement": [statement | {"Resource": "*"}]}))
    sessions = {name: connector_session(address, name) for name in (OWN, OTHER)}
    return {name: probe(name, policy, customer, sessions) for name, policy in POLICIES.items()}


def connector_session(address, name):
    keys = client("sts", address, INFOSUM).assume_role(RoleArn=CONNECTOR, RoleSessionName=name)["Credentials"]
    return client("sts", address, keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])


def probe(name, policy, customer, sessions):
    try:
        arn = customer.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(policy))["Role"]["Arn"]
    except ClientError as refusal:
        assert refusal.response["Error"]["Code"] == "MalformedPolicyDocument"
        return "dddd"
    answers = {}
    for key, (session, external_id) in PROBES.items():
        try:
            sessions[session].assume_role(RoleArn=arn, RoleSessionName=session, **external_id)
            answers[key] = "allow"
        except ClientError as refusal:
            assert refusal.response["Error"]["Code"] == "AccessDenied"
            answers[key] = "deny"
    return letters(answers)


GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
PRINCIPAL = GUIDE + "reference_policies_elements_principal.html"
KEYS = GUIDE + "reference_policies_condition-keys.html"
WILDCARD = f"{PRINCIPAL}: a wildcard matches no part of a principal's name or ARN; a session is named exactly"
CASE = f"{PRINCIPAL}: a session is named by its exact ARN, and {GUIDE}reference_identifiers.html: ARNs are case-sensitive"
ROLE_ARN = f"{KEYS}#condition-keys-principalarn: for a role the key holds the role's ARN, not the session's"
# By policy name: the result of our checker, the result of MiniStack 1.5.33, and the deciding AWS documentation.
# "u" means undetermined.
DIFFERENCES = {
    "principal-bare-star": (
        "dddd", "adda", f"{PRINCIPAL}: a trust policy names everyone as {{\"AWS\": \"*\"}}; IAM does not store the bare one"),
    "principal-case-of-session": ("dddd", "addd", CASE),
    "principal-case-of-role": ("dddd", "addd", CASE),
    "principal-session-wildcard": ("dddd", "adda", WILDCARD),
    "principal-session-question-mark": ("dddd", "addd", WILDCARD),
    "principal-canonical-user": (
        "uddu", "dddd", f"{PRINCIPAL}#principal-accounts: a canonical user ID stands for an account; which one it does not show"),
    "resource": (
        "dddd", "addd", f"{GUIDE}reference_policies_elements_resource.html: a trust policy has no Resource, as the role is it"),
    "principal-arn-role": ("addd", "dddd", ROLE_ARN),
    "principal-arn-session": ("dddd", "addd", ROLE_ARN),
    "principal-arn-like": ("addd", "dddd", ROLE_ARN),
    "principal-arn-not": ("dddd", "addd", ROLE_ARN),
    "variable": (
        "addd", "dddd", f"{GUIDE}reference_policies_variables.html: ${{aws:PrincipalAccount}} is a key of the request like others"),
    "source-ip-inside": (
        "uddd", "addd", f"{KEYS}#condition-keys-sourceip: the address that the request comes from, which the checker cannot know"),
}


def test_the_checker_agrees_with_the_peer_except_where_aws_documents_otherwise(told, ministack):
    assert len(POLICIES) >= 40
    peer = seen(ministack)
    differences = {name: (told[name], peer[name]) for name in POLICIES if told[name] != peer[name]}
    assert differences == {name: (ours, theirs) for name, (ours, theirs, _) in DIFFERENCES.items()}
    assert all("https://docs.aws.amazon.com/" in word for _, _, word in DIFFERENCES.values())
