"""ICCs with filenames: the matcher, the set-up kit, the policy check and an AWS that enforces the policies agree.

The registry writes the documents; this file compares them with MiniStack, and with a matcher of its own.
"""

import json
import random
import re

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

import kit_documents
from test_check_agreement import CUSTOMER, INFOSUM, REGION, client, document

# Prefixes and filenames over few characters, so that keys match several of them.
PREFIXES = ["", "exports/", "exports", "é/", "a b/"]
NAMES = [
    "*.csv", "?", "*", "2026/orders.parquet", "orders-??.csv", "*/part-*", "a*b?c", "é*", "x y+z.csv", "[ab].csv", "*.*",
    "**", "2026/*/??/*.json", "%41*", "a/b", "'\"\\*", "#?", "{x}*",
]
# The policies contain ${*}, ${?} and ${$} for these. MiniStack 1.5.33 takes such a variable as text, so it denies what
# AWS allows: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
ESCAPED_PREFIXES = ["a*b?/", "$1/${*}/"]
ESCAPED_NAMES = ["$", "${*}", "a$*", "$?.csv"]
LISTS, ESCAPED_LISTS = 40, 8


def generated(seed):
    """A prefix and a list of filenames; the last lists need escapes."""
    chance = random.Random(seed)
    if seed >= LISTS:
        return chance.choice(["", *ESCAPED_PREFIXES]), [chance.choice(ESCAPED_NAMES), chance.choice(NAMES)]
    return chance.choice(PREFIXES), [chance.choice(NAMES) for _ in range(chance.randint(1, 4))]


def matches(prefix, filename, key):
    """The documented meaning of a filename, by a regular expression."""
    wildcards = {"*": ".*", "?": "."}
    pattern = re.escape(prefix) + "".join(wildcards.get(each) or re.escape(each) for each in filename)
    return re.fullmatch(pattern, key, re.DOTALL) is not None


def keys(prefix, filenames, chance):
    """Keys that match, and keys that nearly do. MiniStack normalises paths, so none has an empty segment."""
    found = []
    for filename in filenames:
        for run in ("", "x", "2026/a"):
            key = prefix + filename.replace("*", run).replace("?", chance.choice("xé"))
            found += [key, key + "x", key[:-1], prefix + "other/" + key.removeprefix(prefix)]
    found += [prefix + "other", prefix + "data.csv", "elsewhere/data.csv"]
    return sorted({key for key in found if all(key.split("/"))})


def s3_of(address, credentials):
    return boto3.client(
        "s3", endpoint_url=address, region_name=REGION, aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"], aws_session_token=credentials["SessionToken"],
        config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}))


def can_read(s3, bucket, key):
    try:
        s3.get_object(Bucket=bucket, Key=key)
        return True
    except ClientError as error:
        assert error.response["Error"]["Code"] in ("AccessDenied", "403"), (key, error)
        return False


class Customer:
    """The customer's account in MiniStack, with a role that the account itself may assume."""

    def __init__(self, address):
        self.address = address
        self.iam, self.s3 = client("iam", address, CUSTOMER), client("s3", address, CUSTOMER)
        self.sts = client("sts", address, CUSTOMER)

    def session(self, name, policy):
        trust = document({"Effect": "Allow", "Action": "sts:AssumeRole",
                          "Principal": {"AWS": f"arn:aws:iam::{CUSTOMER}:root"}})
        role = self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
        self.iam.put_role_policy(RoleName=name, PolicyName="read", PolicyDocument=json.dumps(policy))
        keys = self.sts.assume_role(RoleArn=role, RoleSessionName="reader")["Credentials"]
        return s3_of(self.address, keys)


@pytest.fixture
def registry(ministack, start):
    return start(environment={
        "AWS_ACCESS_KEY_ID": INFOSUM, "AWS_SECRET_ACCESS_KEY": "test", "ICC_REGISTRY_AWS_REGION": REGION,
        "ICC_REGISTRY_AWS_STS_ENDPOINT": ministack, "ICC_REGISTRY_AWS_S3_ENDPOINT": ministack,
        "ICC_REGISTRY_VERIFY_SETTLE_SECONDS": "0", "ICC_REGISTRY_VERIFY_PAUSE_SECONDS": "0"})


def post(registry, path, body=None):
    status, _, content = registry.call("POST", path, body)
    assert status in (200, 201), (path, content)
    return json.loads(content)


def create(registry, number, prefix, filenames):
    return post(registry, "/v1/iccs", {
        "name": f"Files {number}", "connectorType": "s3-cross-account", "sessionName": "acme-import",
        "bucketName": f"acme-files-{number}", "userArn": f"arn:aws:iam::{CUSTOMER}:role/files-{number}",
        "prefix": prefix, "filenames": filenames})


def verdict(registry, icc, policy):
    return post(registry, f"/v1/iccs/{icc['id']}/check", {"permissionPolicy": policy})["permissionPolicy"]["verdict"]


def kit(registry, icc, form, **headers):
    """The content of a form of the set-up kit."""
    status, _, content = registry.call("GET", f"/v1/iccs/{icc['id']}/setup?format={form}", headers=headers)
    assert status == 200
    return content.decode()


def kit_policies(registry, icc, folder):
    """The policies that each form of the set-up kit stores in AWS."""
    yield kit_documents.of_guide(kit(registry, icc, "guide", Accept="application/json"))
    yield kit_documents.of_script(kit(registry, icc, "cli"), CUSTOMER, folder)
    yield kit_documents.of_template(kit(registry, icc, "cloudformation"))
    yield kit_documents.of_configuration(kit(registry, icc, "terraform"))


def test_policies_kit_check_and_aws_agree_on_forty_lists(ministack, registry, tmp_path):
    customer, wrong, asked = Customer(ministack), [], 0
    for number in range(LISTS + ESCAPED_LISTS):
        prefix, filenames = generated(number)
        icc = create(registry, number, prefix, filenames)
        policy = icc["permissionPolicy"]
        for trust, permission in kit_policies(registry, icc, tmp_path):
            assert trust in (None, icc["trustPolicy"]) and permission == policy
        assert verdict(registry, icc, policy) == "works"
        customer.s3.create_bucket(
            Bucket=icc["bucketName"], CreateBucketConfiguration={"LocationConstraint": REGION})
        s3 = customer.session(f"files-{number}", policy)
        for key in keys(prefix, filenames, random.Random(number)):
            customer.s3.put_object(Bucket=icc["bucketName"], Key=key, Body=b"x")
            expected = any(matches(prefix, filename, key) for filename in filenames)
            asked += 1
            is_escaped = "${" in json.dumps(policy)
            assert is_escaped == (number >= LISTS), policy
            allowed = can_read(s3, icc["bucketName"], key)
            if allowed != expected and (allowed or not is_escaped):
                wrong.append((prefix, filenames, key, expected))
        for left_out in sorted(set(filenames)):
            missing = without(policy, filenames, left_out)
            if missing:
                assert verdict(registry, icc, missing) in ("blocked", "undetermined"), (prefix, filenames, left_out)
    assert asked > 400
    assert not wrong, wrong


def without(policy, filenames, left_out):
    """The policy without one filename's resource; None if another filename covers it, or nothing would be left."""
    resources = policy["Statement"][1]["Resource"]
    resources = [resources] if isinstance(resources, str) else resources
    others = [each for each in dict.fromkeys(filenames) if each != left_out]
    samples = [left_out.replace("*", run).replace("?", "x") for run in ("a", "data", "2026/11/part-0001")]
    if not others or all(any(matches("", other, sample) for other in others) for sample in samples):
        return None
    position = list(dict.fromkeys(filenames)).index(left_out)
    changed = json.loads(json.dumps(policy))
    changed["Statement"][1]["Resource"] = resources[:position] + resources[position + 1:]
    return changed


def test_the_verification_reads_a_file_of_each_filename(ministack, registry):
    customer = Customer(ministack)
    infosum = client("iam", ministack, INFOSUM)
    root = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": f"arn:aws:iam::{INFOSUM}:root"}}
    infosum.create_role(RoleName="InfoSumImportConnector", AssumeRolePolicyDocument=json.dumps(document(root)))
    infosum.put_role_policy(
        RoleName="InfoSumImportConnector", PolicyName="assume",
        PolicyDocument=json.dumps(document({"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"})))
    icc = create(registry, 1, "exports/", ["*.csv", "2026/a?.json", "none.xml"])
    customer.s3.create_bucket(Bucket=icc["bucketName"], CreateBucketConfiguration={"LocationConstraint": REGION})
    for key in [f"exports/0-{number:03}.txt" for number in range(150)] + ["exports/2026/ab.json", "exports/z.csv"]:
        customer.s3.put_object(Bucket=icc["bucketName"], Key=key, Body=b"x")
    customer.iam.create_role(RoleName="files-1", AssumeRolePolicyDocument=json.dumps(icc["trustPolicy"]))

    def verify(policy):
        customer.iam.put_role_policy(RoleName="files-1", PolicyName="read", PolicyDocument=json.dumps(policy))
        return post(registry, f"/v1/iccs/{icc['id']}/verify")

    verified = verify(icc["permissionPolicy"])
    assert verified["verdict"] == "verified", verified
    detail = verified["checks"][-1]["detail"]
    assert "“*.csv”, “2026/a?.json”" in detail and "No object was found for the filename “none.xml”." in detail
    narrower = without(icc["permissionPolicy"], icc["filenames"], "2026/a?.json")
    failing = verify(narrower)
    assert failing["verdict"] == "failing"
    assert failing["checks"][-1]["code"] == "object.read-denied" and "“2026/a?.json”" in failing["checks"][-1]["detail"]
