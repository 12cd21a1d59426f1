"""The check of pasted policies compared with the live verification of the same policies in an AWS that enforces them."""

import json

import boto3
import pytest
from botocore.config import Config

CUSTOMER, INFOSUM, OTHER = "111122223333", "134928160093", "999988887777"
REGION = "eu-west-1"
CONNECTOR = f"arn:aws:iam::{INFOSUM}:role/InfoSumImportConnector"
SESSION = f"arn:aws:sts::{INFOSUM}:assumed-role/InfoSumImportConnector/acme-import"
ALL = {"bucket-listable", "object-readable"}


def client(service, address, account):
    return boto3.client(
        service, endpoint_url=address, region_name=REGION, aws_access_key_id=account, aws_secret_access_key="test",
        config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}))


def document(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(action, resource=None, *, effect="Allow", **members):
    named = {} if resource is None else {"Resource": resource}
    return {"Effect": effect, "Action": action} | named | members


class SetUp:
    """One way in which a customer may set up AWS. Each policy is a function of the ICC; None means that AWS has none."""

    def __init__(self, trust=None, permission=None, bucket=None, *, causes=(), verdict="works", prefix="exports/", owner=None):
        self.trust = trust or (lambda icc: icc["trustPolicy"])
        self.permission = permission or (lambda icc: icc["permissionPolicy"])
        self.bucket, self.causes, self.verdict = bucket, set(causes), verdict
        self.prefix, self.owner = prefix, owner


def trusting(principal=None, external_id=None, *more, operator="StringEquals", key="sts:ExternalId"):
    """A trust policy with a statement for InfoSum, and more statements; `external_id` is a function or a text, "" for none."""

    def policy(icc):
        value = icc["externalId"] if external_id is None else external_id
        statement = allow("sts:AssumeRole", Principal={"AWS": principal or icc["principal"]})
        if value:
            statement["Condition"] = {operator: {key: value}}
        return document(statement, *more)

    return policy


def reading(**changes):
    """A permission policy of two statements, each with changes: `listing` and `getting`, or None to leave it out."""

    def policy(icc):
        statements = {
            "listing": allow("s3:ListBucket", arn(icc)),
            "getting": allow("s3:GetObject", arn(icc, f"/{icc['prefix']}*"))}
        for name, change in changes.items():
            statements[name] = None if change is None else statements[name] | change
        return document(*[statement for statement in statements.values() if statement])

    return policy


def arn(icc, rest=""):
    return f"arn:aws:s3:::{icc['bucketName']}{rest}"


def permitting(*statements):
    """A permission policy of given statements; `{bucket}` in a resource is the bucket's ARN."""
    return lambda icc: document(*[filled(statement, icc) for statement in statements])


def filled(statement, icc):
    text = json.dumps(statement).replace("{bucket}", arn(icc)).replace("{role}", icc["userArn"])
    return json.loads(text)


def bucket_policy(*statements):
    return lambda icc: document(*[filled(statement, icc) for statement in statements])


BOTH = ["{bucket}", "{bucket}/*"]
ROLE = {"AWS": "{role}"}
ROOT = {"AWS": f"arn:aws:iam::{CUSTOMER}:root"}
READ = ["s3:ListBucket", "s3:GetObject"]
NOTHING = permitting(allow("s3:ListAllMyBuckets", "*"))
FOREIGN = allow("sts:AssumeRole", Principal={"AWS": f"arn:aws:iam::{OTHER}:root"})
BLOCKED, UNSAFE = {"verdict": "blocked"}, {"verdict": "unsafe"}
NO_ROLE = BLOCKED | {"causes": {"role-assumable"}}

SET_UPS = {
    "generated": SetUp(),
    "generated-empty-prefix": SetUp(prefix=""),
    "generated-bucket-policy-too": SetUp(bucket=lambda icc: icc["bucketPolicy"]),

    "wrong-external-id": SetUp(trusting(external_id="ab" * 32), **NO_ROLE),
    "external-id-of-a-key-that-does-not-exist": SetUp(trusting(key="aws:ExternalId"), **NO_ROLE),
    "external-id-missing": SetUp(trusting(external_id=""), **UNSAFE, causes={"external-id-required", "external-id-exact"}),
    "external-id-any": SetUp(trusting(external_id="*", operator="StringLike"), **UNSAFE, causes={"external-id-exact"}),
    "external-id-if-exists": SetUp(trusting(operator="StringEqualsIfExists"), **UNSAFE, causes={"external-id-required"}),
    "principal-other-session": SetUp(trusting(SESSION + "-two"), **NO_ROLE),
    "principal-own-root": SetUp(trusting(f"arn:aws:iam::{CUSTOMER}:root"), **NO_ROLE),
    "principal-role": SetUp(trusting(CONNECTOR), **UNSAFE, causes={"principal-pinned"}),
    "principal-root-of-infosum": SetUp(trusting(f"arn:aws:iam::{INFOSUM}:root"), **UNSAFE, causes={"principal-pinned"}),
    "another-session-beside": SetUp(
        trusting(None, None, allow("sts:AssumeRole", Principal={"AWS": SESSION + "-two"},
                                   Condition={"StringEquals": {"sts:ExternalId": "cd" * 32}}))),
    "foreign-root-beside": SetUp(trusting(None, None, FOREIGN), **UNSAFE),
    "trust-denies": SetUp(
        trusting(None, None, allow("sts:AssumeRole", effect="Deny", Principal={"AWS": "*"})), **NO_ROLE),

    "list-missing": SetUp(permission=reading(listing=None), **BLOCKED, causes={"bucket-listable"}),
    "get-missing": SetUp(permission=reading(getting=None), **BLOCKED, causes={"object-readable"}),
    "list-on-objects": SetUp(
        permission=permitting(allow(READ, "{bucket}/*")), **BLOCKED, causes={"bucket-listable"}),
    "get-on-bucket": SetUp(permission=permitting(allow(READ, "{bucket}")), **BLOCKED, causes={"object-readable"}),
    "wildcards": SetUp(permission=permitting(allow(["s3:List*", "s3:Get*"], BOTH))),
    "resource-every-s3": SetUp(permission=permitting(allow("s3:*", "arn:aws:s3:*"))),
    "resource-service-only": SetUp(permission=permitting(allow("s3:*", "arn:aws:s3"))),
    "not-action": SetUp(permission=permitting(allow(None, BOTH) | {"NotAction": "s3:Put*"})),
    "not-action-that-excludes-get": SetUp(
        permission=permitting(allow(None, BOTH) | {"NotAction": "s3:Get*"}), **BLOCKED, causes={"object-readable"}),
    "not-resource": SetUp(permission=permitting(allow(READ) | {"NotResource": "arn:aws:s3:::elsewhere/*"})),
    "prefix-pattern": SetUp(permission=reading(listing={"Condition": {"StringLike": {"s3:prefix": ["exports/*"]}}})),
    "prefix-of-another-folder": SetUp(
        permission=reading(listing={"Condition": {"StringLike": {"s3:prefix": "imports/*"}}}), **BLOCKED,
        causes={"bucket-listable"}),
    "prefix-on-get": SetUp(
        permission=permitting(allow(READ, BOTH, Condition={"StringLike": {"s3:prefix": "exports/*"}})), **BLOCKED,
        causes={"object-readable"}),
    "empty-prefix-like-star": SetUp(
        permission=reading(listing={"Condition": {"StringLike": {"s3:prefix": "*"}}}), prefix=""),
    "empty-prefix-equals-empty": SetUp(
        permission=reading(listing={"Condition": {"StringEquals": {"s3:prefix": ""}}}), prefix=""),
    "empty-prefix-equals-folder": SetUp(
        permission=reading(listing={"Condition": {"StringEquals": {"s3:prefix": "exports/"}}}), prefix="", **BLOCKED,
        causes={"bucket-listable"}),
    "denies-get": SetUp(
        permission=permitting(allow(READ, BOTH), allow("s3:GetObject", "*", effect="Deny")), **BLOCKED,
        causes={"object-readable"}),

    "bucket-policy-alone": SetUp(permission=NOTHING, bucket=bucket_policy(allow(READ, BOTH, Principal=ROLE))),
    "bucket-policy-for-get": SetUp(
        permission=reading(getting=None), bucket=bucket_policy(allow("s3:GetObject", "{bucket}/*", Principal=ROLE))),
    "bucket-policy-delegates": SetUp(
        permission=NOTHING, bucket=bucket_policy(allow(READ, BOTH, Principal=ROOT)), **BLOCKED, causes=ALL),
    "bucket-policy-denies": SetUp(
        bucket=bucket_policy(allow("s3:*", BOTH, effect="Deny", Principal="*")), **BLOCKED, causes=ALL),
    "bucket-policy-denies-get": SetUp(
        bucket=bucket_policy(allow("s3:GetObject", "{bucket}/*", effect="Deny", Principal="*")), **BLOCKED,
        causes={"object-readable"}),
    "bucket-policy-excepts-the-role": SetUp(
        bucket=bucket_policy(allow("s3:*", BOTH, effect="Deny", Principal="*",
                                   Condition={"ArnNotEquals": {"aws:PrincipalArn": "{role}"}}))),
    "bucket-policy-excepts-the-account": SetUp(
        bucket=bucket_policy(allow("s3:*", BOTH, effect="Deny", Principal="*",
                                   Condition={"StringNotEquals": {"aws:PrincipalAccount": CUSTOMER}}))),
    "bucket-policy-denies-outside-a-vpc-endpoint": SetUp(
        bucket=bucket_policy(allow("s3:*", BOTH, effect="Deny", Principal="*",
                                   Condition={"StringNotEquals": {"aws:SourceVpce": "vpce-1"}})), **BLOCKED, causes=ALL),
    "bucket-policy-denies-by-not-action": SetUp(
        bucket=bucket_policy(allow(None, BOTH, effect="Deny", Principal="*", NotAction="s3:PutObject")), **BLOCKED,
        causes=ALL),
    "bucket-policy-denies-others": SetUp(
        bucket=bucket_policy(allow("s3:*", BOTH, effect="Deny", Principal={"AWS": f"arn:aws:iam::{OTHER}:root"}))),
    "bucket-policy-for-others": SetUp(
        bucket=bucket_policy(allow("s3:*", BOTH, Principal={"AWS": f"arn:aws:iam::{OTHER}:root"}))),

    "other-account": SetUp(owner=OTHER, bucket=lambda icc: icc["bucketPolicy"]),
    "other-account-root": SetUp(owner=OTHER, bucket=bucket_policy(allow(READ, BOTH, Principal=ROOT))),
    "other-account-for-others": SetUp(
        owner=OTHER, bucket=bucket_policy(allow(READ, BOTH, Principal={"AWS": f"arn:aws:iam::{CUSTOMER}:role/other"})),
        **BLOCKED, causes=ALL),
    "other-account-bucket-policy-alone": SetUp(
        permission=NOTHING, owner=OTHER, bucket=lambda icc: icc["bucketPolicy"], **BLOCKED, causes=ALL),
}

# The set-ups on which the verification has another result, with it and the reason.
LISTING = {"bucket-listable"}
DIFFERENCES = {
    "foreign-root-beside": (
        "verified", set(), "the verification only has InfoSum's credentials, so it cannot act as the foreign account"),
    "resource-service-only": (
        "failing", LISTING, "MiniStack does not complete the missing fields of arn:aws:s3 with *, as IAM does"),
    "bucket-policy-excepts-the-role": (
        "failing", LISTING, "in MiniStack, aws:PrincipalArn of a session is the session's ARN; in AWS it is the role's"),
    "other-account": (
        "failing", LISTING, "MiniStack compares the policy of a foreign bucket with the caller's account, not its role"),
}


class Peer:
    """Both sides: the accounts in MiniStack, and a registry that verifies against it."""

    def __init__(self, address, registry):
        self.address, self.registry = address, registry
        infosum = client("iam", address, INFOSUM)
        root = allow("sts:AssumeRole", Principal={"AWS": f"arn:aws:iam::{INFOSUM}:root"})
        infosum.create_role(
            RoleName="InfoSumImportConnector", AssumeRolePolicyDocument=json.dumps(document(root)))
        infosum.put_role_policy(
            RoleName="InfoSumImportConnector", PolicyName="assume",
            PolicyDocument=json.dumps(document(allow("sts:AssumeRole", "*"))))

    def post(self, path, body=None):
        status, _, content = self.registry.call("POST", path, body)
        assert status in (200, 201), (path, content)
        return json.loads(content)

    def compare(self, name, set_up):
        """The check's verdict and causes, and the verification's."""
        icc = self.post("/v1/iccs", {
            "name": name, "connectorType": "s3-cross-account", "sessionName": "acme-import", "prefix": set_up.prefix,
            "bucketName": f"acme-{name}", "userArn": f"arn:aws:iam::{CUSTOMER}:role/{name}", "bucketOwner": set_up.owner})
        icc["bucketPolicy"] = self.registry.get(f"/v1/iccs/{icc['id']}/bucket-policy")
        policies = {"trustPolicy": set_up.trust(icc), "permissionPolicy": set_up.permission(icc)}
        if set_up.bucket:
            policies["bucketPolicy"] = set_up.bucket(icc)
        policies = {kind: {**policy, "Statement": [plain(each) for each in policy["Statement"]]}
                    for kind, policy in policies.items()}
        checked = self.post(f"/v1/iccs/{icc['id']}/check", policies)
        self.store(icc, name, policies, set_up.owner or CUSTOMER)
        verified = self.post(f"/v1/iccs/{icc['id']}/verify")
        failed = {check["name"] for check in verified["checks"] if check["status"] == "failed"}
        return (checked["verdict"], causes(checked)), (verified["verdict"], failed), verified

    def store(self, icc, name, policies, owner):
        iam, s3 = client("iam", self.address, CUSTOMER), client("s3", self.address, owner)
        s3.create_bucket(Bucket=icc["bucketName"], CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_object(Bucket=icc["bucketName"], Key="exports/in.csv", Body=b"a,b")
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(policies["trustPolicy"]))
        iam.put_role_policy(
            RoleName=name, PolicyName="read", PolicyDocument=json.dumps(policies["permissionPolicy"]))
        if "bucketPolicy" in policies:
            s3.put_bucket_policy(Bucket=icc["bucketName"], Policy=json.dumps(policies["bucketPolicy"]))


def plain(statement):
    return {key: value for key, value in statement.items() if value is not None}


def causes(checked):
    """The checks of a verification that the probes of a check say will fail."""
    trust = checked["trustPolicy"]["probes"]
    found = {name for probe, name in [
        ("noExternalId", "external-id-required"), ("wrongExternalId", "external-id-exact"),
        ("otherSession", "principal-pinned")] if trust[probe] == "allow"}
    if trust["rightExternalId"] == "deny":
        return found | {"role-assumable"}
    for part in ("permissionPolicy", "bucketPolicy"):
        probes = checked.get(part, {}).get("probes", {})
        found |= {name for probe, name in [("listBucket", "bucket-listable"), ("getObject", "object-readable")]
                  if probes.get(probe) == "deny"}
    return found


SAME = {"works": "verified", "blocked": "failing", "unsafe": "insecure"}


@pytest.fixture
def peer(ministack, start):
    return Peer(ministack, start(environment={
        "AWS_ACCESS_KEY_ID": INFOSUM, "AWS_SECRET_ACCESS_KEY": "test", "ICC_REGISTRY_AWS_REGION": REGION,
        "ICC_REGISTRY_AWS_STS_ENDPOINT": ministack, "ICC_REGISTRY_AWS_S3_ENDPOINT": ministack,
        "ICC_REGISTRY_VERIFY_SETTLE_SECONDS": "0", "ICC_REGISTRY_VERIFY_PAUSE_SECONDS": "0"}))


def test_the_check_agrees_with_the_verification(peer):
    assert len(SET_UPS) >= 45 and len(DIFFERENCES) <= 4
    wrong = {}
    for name, set_up in SET_UPS.items():
        checked, verified, details = peer.compare(name, set_up)
        expected = (set_up.verdict, set_up.causes)
        live = DIFFERENCES[name][:2] if name in DIFFERENCES else (SAME[set_up.verdict], live_causes(set_up.causes))
        if checked != expected or verified != live:
            wrong[name] = {"check": checked, "verification": verified, "expected": (expected, live)}
            wrong[name]["codes"] = [each["code"] for each in details["checks"] if each["code"]]
    assert not wrong, "\n" + "\n".join(f"{name}: {found}" for name, found in wrong.items())


def live_causes(causes):
    """Without a listing, the verification reads no object."""
    return causes - {"object-readable"} if "bucket-listable" in causes else causes
