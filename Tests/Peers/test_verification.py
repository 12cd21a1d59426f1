"""The live verification against an AWS that enforces trust policies, and against peers that are not AWS."""

import json
import socket
import threading
import time

import boto3
import pytest
from botocore.config import Config

from waiting import until

CUSTOMER, INFOSUM = "111122223333", "134928160093"
BUCKET, SESSION, REGION = "acme-data", "acme-import", "eu-west-1"
ROLE = f"arn:aws:iam::{CUSTOMER}:role/infosum-import"
CONNECTOR = f"arn:aws:iam::{INFOSUM}:role/InfoSumImportConnector"
PRINCIPAL = f"arn:aws:sts::{INFOSUM}:assumed-role/InfoSumImportConnector/{SESSION}"
SECRET = "test"
NAMES = ["connector-role-assumable", "role-assumable", "external-id-required", "external-id-exact", "principal-pinned",
         "bucket-listable", "object-readable"]


def client(service, address, account, region=REGION):
    return boto3.client(
        service, endpoint_url=address, region_name=region, aws_access_key_id=account, aws_secret_access_key=SECRET,
        config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}))


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow"} | each for each in statements]})


def trust(external_id=None, principal=PRINCIPAL, operator="StringEquals"):
    condition = {"Condition": {operator: {"sts:ExternalId": external_id}}} if external_id else {}
    return document({"Principal": {"AWS": principal}, "Action": "sts:AssumeRole"} | condition)


def environment(address, **more):
    """The environment of a registry that verifies against a peer, without waiting for IAM to settle."""
    return {
        "AWS_ACCESS_KEY_ID": INFOSUM, "AWS_SECRET_ACCESS_KEY": SECRET, "ICC_REGISTRY_AWS_REGION": REGION,
        "ICC_REGISTRY_AWS_STS_ENDPOINT": address, "ICC_REGISTRY_AWS_S3_ENDPOINT": address,
        "ICC_REGISTRY_VERIFY_SETTLE_SECONDS": "0", "ICC_REGISTRY_VERIFY_PAUSE_SECONDS": "0", **more}


class Customer:
    """The customer's account, with a bucket, and the registry that verifies against it."""

    def __init__(self, address, registry):
        self.registry, self.address = registry, address
        self.iam, self.s3 = client("iam", address, CUSTOMER), client("s3", address, CUSTOMER)
        self.icc = registry.create(prefix="exports/")
        infosum = client("iam", address, INFOSUM)
        infosum.create_role(
            RoleName="InfoSumImportConnector",
            AssumeRolePolicyDocument=trust(principal=f"arn:aws:iam::{INFOSUM}:root"))
        infosum.put_role_policy(
            RoleName="InfoSumImportConnector", PolicyName="assume",
            PolicyDocument=document({"Action": "sts:AssumeRole", "Resource": "*"}))
        self.s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        self.s3.put_object(Bucket=BUCKET, Key="exports/data 1+é.csv", Body=b"a,b")
        self.iam.create_role(RoleName="infosum-import", AssumeRolePolicyDocument=json.dumps(self.icc["trustPolicy"]))
        self.allow(json.dumps(self.icc["permissionPolicy"]))

    def allow(self, policy):
        self.iam.put_role_policy(RoleName="infosum-import", PolicyName="read", PolicyDocument=policy)

    def trusts(self, policy):
        self.iam.update_assume_role_policy(RoleName="infosum-import", PolicyDocument=policy)

    def verify(self):
        path = f"/v1/iccs/{self.icc['id']}"
        status, _, content = self.registry.call("POST", path + "/verify")
        assert status == 200, content
        found = json.loads(content)
        assert [check["name"] for check in found["checks"]] == NAMES
        after = self.registry.get(path)
        assert after["lastVerification"] == found
        return found["verdict"], after["status"], {check["name"]: check for check in found["checks"]}

    def failed(self):
        verdict, status, checks = self.verify()
        assert verdict == status, checks
        return verdict, sorted(name for name, check in checks.items() if check["status"] == "failed"), checks


@pytest.fixture
def customer(ministack, start):
    return Customer(ministack, start(environment=environment(ministack)))


def test_the_generated_set_up_is_verified(customer):
    verdict, status, checks = customer.verify()
    assert {check["status"] for check in checks.values()} == {"passed"}, checks
    assert (verdict, status) == ("verified", "verified")


def test_open_trust_policies_are_insecure(customer):
    own = customer.icc["externalId"]
    for policy, expected in [
        (trust(), ["external-id-exact", "external-id-required"]),
        (trust("*", operator="StringLike"), ["external-id-exact"]),
        (trust(own, operator="StringEqualsIfExists"), ["external-id-required"]),
        (trust(own, principal=CONNECTOR), ["principal-pinned"]),
        (trust(own, principal=f"arn:aws:iam::{INFOSUM}:root"), ["principal-pinned"]),
        (trust(own, principal="*"), ["principal-pinned"]),
    ]:
        customer.trusts(policy)
        verdict, failed, checks = customer.failed()
        assert (verdict, failed) == ("insecure", expected), (policy, checks)


def test_trust_policies_that_do_not_allow_infosum_are_failing(customer):
    own = customer.icc["externalId"]
    for policy in [
        trust("ab" * 32), trust(own, principal=PRINCIPAL + "-two"), trust(own, principal=CUSTOMER),
        document({"Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"}),
    ]:
        customer.trusts(policy)
        verdict, failed, checks = customer.failed()
        assert (verdict, failed) == ("failing", ["role-assumable"]), (policy, checks)
        assert {checks[name]["status"] for name in NAMES[2:5]} == {"inconclusive"}
        assert {checks[name]["status"] for name in NAMES[5:]} == {"skipped"}
    customer.trusts(json.dumps(customer.icc["trustPolicy"]))
    assert customer.verify()[0] == "verified"


def test_a_missing_permission_fails_its_own_check(customer):
    bucket, objects = f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/exports/*"
    customer.allow(document({"Action": "s3:GetObject", "Resource": objects}))
    verdict, failed, checks = customer.failed()
    assert (verdict, failed) == ("failing", ["bucket-listable"])
    assert checks["bucket-listable"]["code"] == "bucket.list-denied" and checks["object-readable"]["status"] == "skipped"
    customer.allow(document({"Action": "s3:ListBucket", "Resource": bucket}))
    verdict, failed, checks = customer.failed()
    assert (verdict, failed) == ("failing", ["object-readable"])
    assert checks["object-readable"]["code"] == "object.read-denied"


def test_an_empty_prefix_is_verified(customer):
    customer.s3.delete_object(Bucket=BUCKET, Key="exports/data 1+é.csv")
    verdict, _, checks = customer.verify()
    assert verdict == "verified" and checks["object-readable"]["status"] == "skipped"
    assert checks["object-readable"]["code"] == "prefix.empty"


def test_a_bucket_in_another_region_is_found_and_a_missing_one_is_not(customer):
    client("s3", customer.address, CUSTOMER, "eu-central-1").create_bucket(
        Bucket="acme-elsewhere", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    customer.allow(document({"Action": "s3:*", "Resource": "*"}))
    for bucket, verdict, code in [("acme-elsewhere", "verified", None), ("acme-nowhere", "failing", "bucket.not-found")]:
        status, _, content = customer.registry.call(
            "PATCH", f"/v1/iccs/{customer.icc['id']}", {"bucketName": bucket},
            headers={"Content-Type": "application/merge-patch+json"})
        assert status == 200, content
        found, _, checks = customer.verify()
        assert (found, checks["bucket-listable"]["code"]) == (verdict, code), checks


def test_a_denial_right_after_a_change_is_inconclusive(ministack, start):
    settled = environment(ministack)
    del settled["ICC_REGISTRY_VERIFY_SETTLE_SECONDS"]
    customer = Customer(ministack, start(environment=settled))
    customer.trusts(trust("ab" * 32))
    status, _, content = customer.registry.call("POST", f"/v1/iccs/{customer.icc['id']}/verify")
    found = json.loads(content)
    assert (status, found["verdict"]) == (200, "inconclusive")
    assert 1 <= found["retryAfterSeconds"] <= 60
    assert customer.registry.get(f"/v1/iccs/{customer.icc['id']}")["status"] == "unverified"


def test_no_secret_is_written_anywhere(customer, tmp_path):
    customer.verify()
    customer.trusts(trust())
    customer.verify()
    said = customer.registry.log_text().encode()
    said += b"".join(path.read_bytes() for path in tmp_path.glob("registry.db*"))
    said += json.dumps(customer.registry.get(f"/v1/iccs/{customer.icc['id']}/events")).encode()
    given = client("sts", customer.address, INFOSUM).assume_role(RoleArn=CONNECTOR, RoleSessionName="other")["Credentials"]
    beginnings = [given["AccessKeyId"][:4].encode(), given["SessionToken"][:6].encode()]
    assert beginnings[0] == b"ASIA"
    for word in [*beginnings, b"aws4_request", b"SessionToken", b"SecretAccessKey"]:
        assert word not in said, word


def test_wrong_credentials_of_infosum_are_inconclusive(ministack, start):
    customer = Customer(ministack, start(environment=environment(ministack, AWS_ACCESS_KEY_ID="AKIAIOSFODNN7EXAMPLE")))
    verdict, status, checks = customer.verify()
    assert (verdict, status) == ("inconclusive", "unverified")
    assert checks["connector-role-assumable"]["code"] == "connector.credentials-refused"


def test_an_unreachable_aws_is_inconclusive(start):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        registry = start(environment=environment(f"http://127.0.0.1:{nobody.getsockname()[1]}"))
        icc = registry.create()
        status, _, content = registry.call("POST", f"/v1/iccs/{icc['id']}/verify")
        found = json.loads(content)
        assert (status, found["verdict"]) == (200, "inconclusive")
        assert found["checks"][0]["code"] == "aws.unreachable"
        assert registry.get(f"/v1/iccs/{icc['id']}")["status"] == "unverified"


def test_without_keys_the_registry_says_so(start):
    registry = start()
    icc = registry.create()
    status, _, content = registry.call("POST", f"/v1/iccs/{icc['id']}/verify")
    assert (status, json.loads(content)["code"]) == (409, "verification.not-configured")
    assert registry.get(f"/v1/iccs/{icc['id']}/verifications") == {"items": [], "nextCursor": None, "inProgress": None}


@pytest.fixture
def silence():
    """A peer that accepts and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def under_way(registry, icc):
    """How far the ICC's verification is, or None; one that waits in the queue has no checks yet."""
    return registry.get(f"/v1/iccs/{icc['id']}/verifications")["inProgress"]


def test_a_silent_peer_delays_only_its_own_verification(silence, start):
    registry = start(environment=environment(silence, ICC_REGISTRY_AWS_CALL_SECONDS="2"))
    icc = registry.create()
    started = time.monotonic()
    answers = []
    asker = threading.Thread(
        target=lambda: answers.append(registry.call("POST", f"/v1/iccs/{icc['id']}/verify")))
    asker.start()
    until(lambda: under_way(registry, icc), "the verification to begin")
    assert under_way(registry, icc)["checks"] == []
    status, headers, content = registry.call("POST", f"/v1/iccs/{icc['id']}/verify")
    assert (status, json.loads(content)["code"]) == (409, "verification.in-progress")
    assert answers == [], "the request that asks meanwhile waited for the verification"
    asker.join(20)
    assert 1.5 < time.monotonic() - started < 6
    found = json.loads(answers[0][2])
    assert found["verdict"] == "inconclusive" and found["checks"][0]["code"] == "aws.timed-out"


def test_the_queue_is_bounded_and_a_stop_does_not_wait_for_it(silence, start):
    registry = start(environment=environment(
        silence, ICC_REGISTRY_VERIFY_THREADS="1", ICC_REGISTRY_VERIFY_QUEUE="1", ICC_REGISTRY_AWS_CALL_SECONDS="60",
        ICC_REGISTRY_VERIFY_SECONDS="60", ICC_REGISTRY_DRAIN_SECONDS="4"))
    iccs = [registry.create(name=f"n{number}") for number in range(3)]
    answers = {}

    def ask(icc):
        answers[icc["name"]] = registry.call("POST", f"/v1/iccs/{icc['id']}/verify")

    askers = [threading.Thread(target=ask, args=(icc,)) for icc in iccs]
    for icc, asker in zip(iccs[:2], askers):
        asker.start()
        until(lambda: under_way(registry, icc), "the verification to be queued")
    askers[2].start()
    askers[2].join(30)
    assert answers["n2"][0] == 429 and answers["n2"][1]["Retry-After"]
    started = time.monotonic()
    assert registry.stop() == 0
    assert time.monotonic() - started < 8
    for asker in askers:
        asker.join(5)
    assert answers["n1"][0] == 503 and answers["n0"][0] == 200, answers
    assert json.loads(answers["n0"][2])["verdict"] == "inconclusive"
