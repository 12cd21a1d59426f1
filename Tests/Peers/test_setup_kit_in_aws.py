"""The kit in use: run by the real AWS CLI, deployed by CloudFormation, and InfoSum's chain of roles."""

import json
import os
import pathlib
import re
import subprocess
from urllib.parse import parse_qsl

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from deep import DEEP

CUSTOMER, INFOSUM = "111122223333", "134928160093"
BUCKET, SESSION = "acme-data", "acme-import"
CURRENT, PENDING = "ab" * 32, "09" * 32
REGION = "eu-west-1"


def client(service, address, account=None, session=None):
    keys = session or {"AccessKeyId": account, "SecretAccessKey": "test", "SessionToken": None}
    return boto3.client(
        service, endpoint_url=address, region_name=REGION, aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"],
        config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}),
    )


@pytest.fixture()
def aws(ministack):
    """An AWS with InfoSum's role and with the customer's bucket."""
    infosum = client("iam", ministack, INFOSUM)
    infosum.create_role(
        RoleName="InfoSumImportConnector",
        AssumeRolePolicyDocument=statement(Principal={"AWS": f"arn:aws:iam::{INFOSUM}:root"}, Action="sts:AssumeRole"))
    infosum.put_role_policy(
        RoleName="InfoSumImportConnector", PolicyName="assume",
        PolicyDocument=statement(Action="sts:AssumeRole", Resource="*"))
    client("s3", ministack, CUSTOMER).create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    return ministack


def statement(**members):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow"} | members]})


def run_script(script, address, *options, account=CUSTOMER, **environment):
    settings = {
        "AWS_ACCESS_KEY_ID": account, "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL": address, "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "LC_ALL": "C",
    }
    return subprocess.run(
        ["sh", script, *options], env=os.environ | settings | environment, capture_output=True, text=True, timeout=300,
        stdin=subprocess.DEVNULL)


def assume(address, role, session=SESSION, **external_id):
    first = client("sts", address, INFOSUM).assume_role(
        RoleArn=f"arn:aws:iam::{INFOSUM}:role/InfoSumImportConnector", RoleSessionName=session)
    second = client("sts", address, session=first["Credentials"]).assume_role(
        RoleArn=role, RoleSessionName=session, **external_id)
    return client("s3", address, session=second["Credentials"])


def refused(call, *arguments, **named):
    with pytest.raises(ClientError) as refusal:
        call(*arguments, **named)
    assert refusal.value.response["Error"]["Code"] in ("AccessDenied", "403")


def prefix_of(kit):
    listing = json.loads((kit / "permission").read_text())["Statement"][0]
    pattern = listing.get("Condition", {}).get("StringLike", {}).get("s3:prefix", "*")
    for escaped, plain in (("${*}", "\0"), ("${?}", "?"), ("${$}", "$")):
        pattern = pattern.replace(escaped, plain)
    return pattern[:-1].replace("\0", "*")


def check_the_chain(address, role, prefix, ids):
    s3 = client("s3", address, CUSTOMER)
    for key in (prefix + "in.csv", "outside/out.csv"):
        s3.put_object(Bucket=BUCKET, Key=key, Body=b"a,b")
    for external_id in ids:
        reader = assume(address, role, ExternalId=external_id)
        assert reader.list_objects_v2(Bucket=BUCKET, Prefix=prefix)["KeyCount"] >= 1
        assert reader.get_object(Bucket=BUCKET, Key=prefix + "in.csv")["Body"].read() == b"a,b"
        refused(reader.put_object, Bucket=BUCKET, Key=prefix + "new.csv", Body=b"")
        if prefix:
            refused(reader.get_object, Bucket=BUCKET, Key="outside/out.csv")
            refused(reader.list_objects_v2, Bucket=BUCKET, Prefix="outside/")
            refused(reader.list_objects_v2, Bucket=BUCKET)
    refused(assume, address, role)
    refused(assume, address, role, ExternalId="cd" * 32)
    refused(assume, address, role, session="another-session", ExternalId=ids[0])


# MiniStack does not support `${*}`, `${?}` and `${$}`: the property tests of the policies cover them.
KITS = ["0-live", "1-draft", "4-live", "16-live"]
if DEEP:
    KITS += ["0-draft", "1-live", "3-draft", "5-draft", "15-live"]


@pytest.mark.parametrize("name", KITS)
def test_the_script_creates_a_role_that_only_infosum_can_assume(kits, aws, name):
    kit = kits / name
    first = run_script(kit / "cli", aws)
    assert first.returncode == 0, first.stderr
    assert "Created the role" in first.stdout
    again = run_script(kit / "cli", aws)
    assert again.returncode == 0, again.stderr
    assert "already lets InfoSum assume it" in again.stdout
    role = again.stdout.split("User ARN: ")[1].split("\n")[0]
    assert role.startswith(f"arn:aws:iam::{CUSTOMER}:role/")
    ids = [CURRENT, PENDING] if PENDING in (kit / "trust").read_text() else [CURRENT]
    check_the_chain(aws, role, prefix_of(kit), ids)


def test_the_script_replaces_the_default_trust_policy_of_aws(kits, aws):
    iam = client("iam", aws, CUSTOMER)
    iam.create_role(
        RoleName="infosum-import", Path="/teams/",
        AssumeRolePolicyDocument=statement(Principal={"Service": "s3.amazonaws.com"}, Action="sts:AssumeRole"))
    result = run_script(kits / "1-live" / "cli", aws)
    assert result.returncode == 0, result.stderr
    assert "was:" in result.stdout and "s3.amazonaws.com" in result.stdout
    check_the_chain(aws, f"arn:aws:iam::{CUSTOMER}:role/teams/infosum-import", "exports/", [CURRENT])


def principals(aws, role="infosum-import"):
    document = client("iam", aws, CUSTOMER).get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]
    statements = document["Statement"] if isinstance(document["Statement"], list) else [document["Statement"]]
    return [one["Principal"] for one in statements]


LAMBDA = {"Service": "lambda.amazonaws.com"}
OTHERS = {
    "lambda": statement(Principal=LAMBDA, Action="sts:AssumeRole"),
    "an object": json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": LAMBDA, "Action": "sts:AssumeRole"}}),
    "a list": json.dumps({"Version": "2012-10-17", "Statement": [
        {"Sid": "L", "Effect": "Allow", "Principal": LAMBDA, "Action": ["sts:AssumeRole", "sts:TagSession"]},
        {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"}]}),
    "a vendor": statement(
        Principal={"AWS": "arn:aws:iam::222233334444:root"}, Action="sts:AssumeRole",
        Condition={"StringEquals": {"sts:ExternalId": "vendor"}}),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_role_that_others_use_keeps_their_statements(kits, aws, name):
    iam = client("iam", aws, CUSTOMER)
    iam.create_role(RoleName="infosum-import", Path="/teams/", AssumeRolePolicyDocument=OTHERS[name])
    before = principals(aws)
    script = kits / "1-live" / "cli"
    stopped = run_script(script, aws)
    assert stopped.returncode == 1 and "--merge" in stopped.stderr
    assert principals(aws) == before and CURRENT in stopped.stdout
    for _ in range(2):
        merged = run_script(script, aws, "--merge")
        assert merged.returncode == 0, merged.stderr
        assert principals(aws)[:len(before)] == before and len(principals(aws)) == len(before) + 1
    again = run_script(script, aws)
    assert again.returncode == 0 and "already lets InfoSum assume it" in again.stdout, again.stderr
    check_the_chain(aws, f"arn:aws:iam::{CUSTOMER}:role/teams/infosum-import", "exports/", [CURRENT])


SECOND = "03" * 32
ORDERS = [["alone-2", "alone-1"], ["shared-2", "alone-1"]]
if DEEP:
    ORDERS += [["alone-1", "alone-2", "alone-1", "alone-2"], ["shared-1", "shared-2", "shared-1"]]


@pytest.mark.parametrize("order", ORDERS, ids=["+".join(order) for order in ORDERS])
def test_two_kits_on_one_role_leave_both_working(kits, aws, order):
    for name in order:
        done = run_script(kits.parent / f"{kits.name}.shared" / name, aws)
        assert done.returncode == 0, done.stderr
    role = f"arn:aws:iam::{CUSTOMER}:role/infosum-import"
    s3 = client("s3", aws, CUSTOMER)
    for session, external_id, prefix in ((SESSION, CURRENT, "one/"), ("second-import", SECOND, "two/")):
        s3.put_object(Bucket=BUCKET, Key=prefix + "in.csv", Body=b"a,b")
        reader = assume(aws, role, session=session, ExternalId=external_id)
        assert reader.list_objects_v2(Bucket=BUCKET, Prefix=prefix)["KeyCount"] == 1
        assert reader.get_object(Bucket=BUCKET, Key=prefix + "in.csv")["Body"].read() == b"a,b"
    refused(assume, aws, role, session=SESSION, ExternalId=SECOND)
    refused(assume, aws, role, session="second-import", ExternalId=CURRENT)
    refused(assume, aws, role)
    assert len(principals(aws)) == 2
    assert len(client("iam", aws, CUSTOMER).list_role_policies(RoleName="infosum-import")["PolicyNames"]) == 2


ROLE = f"arn:aws:iam::{CUSTOMER}:role/infosum-import"


@pytest.mark.parametrize("order", ORDERS, ids=["+".join(order) for order in ORDERS])
def test_after_two_kits_the_registry_verifies_both(aws, start, tmp_path, order):
    registry = start(environment={
        "AWS_ACCESS_KEY_ID": INFOSUM, "AWS_SECRET_ACCESS_KEY": "test", "ICC_REGISTRY_AWS_REGION": REGION,
        "ICC_REGISTRY_AWS_STS_ENDPOINT": aws, "ICC_REGISTRY_AWS_S3_ENDPOINT": aws,
        "ICC_REGISTRY_VERIFY_SETTLE_SECONDS": "0", "ICC_REGISTRY_VERIFY_PAUSE_SECONDS": "0"})
    iccs = [registry.create(name=f"ICC {number}", sessionName=session, prefix=prefix, userArn=ROLE, bucketName=BUCKET)
            for number, session, prefix in [("1", SESSION, "one/"), ("2", "second-import", "two/")]]
    for icc in iccs:
        client("s3", aws, CUSTOMER).put_object(Bucket=BUCKET, Key=icc["prefix"] + "in.csv", Body=b"a,b")
    for name in order:
        script = tmp_path / f"{name}.sh"
        script.write_text(script_of(registry, iccs, *name.split("-")))
        done = run_script(script, aws)
        assert done.returncode == 0, done.stderr
    for icc in iccs:
        status, _, content = registry.call("POST", f"/v1/iccs/{icc['id']}/verify")
        found = json.loads(content)
        assert (status, found["verdict"]) == (200, "verified"), found
        assert {check["status"] for check in found["checks"]} == {"passed"}
        assert registry.get(f"/v1/iccs/{icc['id']}")["status"] == "verified"
    assert len(principals(aws)) == 2


def script_of(registry, iccs, kind, number):
    """The script of an ICC. `alone` is the one downloaded before the registry knew the other ICC of the role."""
    icc, other = iccs[int(number) - 1], iccs[2 - int(number)]
    if kind == "alone":
        change(registry, other, None)
    status, _, content = registry.call("GET", f"/v1/iccs/{icc['id']}/setup?format=cli")
    assert status == 200, content
    if kind == "alone":
        change(registry, other, ROLE)
    assert (other["externalId"] in content.decode()) == (kind == "shared")
    return content.decode()


def change(registry, icc, role):
    status, _, content = registry.call(
        "PATCH", f"/v1/iccs/{icc['id']}", {"userArn": role}, headers={"Content-Type": "application/merge-patch+json"})
    assert status == 200, content


def test_the_script_stops_before_it_changes_a_wrong_account(kits, aws, tmp_path):
    iam = client("iam", aws, CUSTOMER)
    wrong_account = run_script(kits / "1-live" / "cli", aws, account="222233334444")
    assert wrong_account.returncode == 1 and "222233334444" in wrong_account.stderr
    trust = statement(Principal={"AWS": CUSTOMER}, Action="sts:AssumeRole")
    iam.create_role(RoleName="infosum-import-acme-import-000000aa", AssumeRolePolicyDocument=trust)
    foreign = run_script(kits / "1-draft" / "cli", aws)
    assert foreign.returncode == 1 and "was not created for" in foreign.stderr
    assert iam.get_role(RoleName="infosum-import-acme-import-000000aa")["Role"]["AssumeRolePolicyDocument"] == json.loads(trust)
    renamed = run_script(kits / "1-draft" / "cli", aws, ROLE_NAME="infosum-two")
    assert renamed.returncode == 0, renamed.stderr
    iam.create_role(RoleName="infosum-import", AssumeRolePolicyDocument=trust)
    other_path = run_script(kits / "1-live" / "cli", aws)
    assert other_path.returncode == 1 and "not arn:aws:iam" in other_path.stderr
    (tmp_path / "bin").mkdir()
    missing = subprocess.run(
        ["/bin/sh", kits / "1-live" / "cli"], env={"PATH": str(tmp_path / "bin")}, capture_output=True, text=True, timeout=20)
    assert missing.returncode == 1 and "AWS CLI was not found" in missing.stderr


@pytest.mark.parametrize("name", ["1-draft", "4-draft", "3-draft"])
def test_cloudformation_deploys_the_template(kits, aws, name):
    kit = kits / name
    cloudformation = client("cloudformation", aws, CUSTOMER)
    cloudformation.create_stack(
        StackName="infosum", TemplateBody=(kit / "cloudformation").read_text(), Capabilities=["CAPABILITY_NAMED_IAM"])
    cloudformation.get_waiter("stack_create_complete").wait(
        StackName="infosum", WaiterConfig={"Delay": 1, "MaxAttempts": 20})
    outputs = cloudformation.describe_stacks(StackName="infosum")["Stacks"][0]["Outputs"]
    ids = [CURRENT, PENDING] if PENDING in (kit / "trust").read_text() else [CURRENT]
    check_the_chain(aws, outputs[0]["OutputValue"], prefix_of(kit), ids)

def test_cloudformation_attaches_the_policy_to_an_existing_role(kits, aws):
    iam = client("iam", aws, CUSTOMER)
    iam.create_role(RoleName="shared", AssumeRolePolicyDocument=OTHERS["lambda"])
    template = (kits / "1-live" / "cloudformation").read_text()
    parameter = next(iter(json.loads(template)["Parameters"]))
    cloudformation = client("cloudformation", aws, CUSTOMER)
    cloudformation.create_stack(
        StackName="attached", TemplateBody=template, Capabilities=["CAPABILITY_NAMED_IAM"],
        Parameters=[{"ParameterKey": parameter, "ParameterValue": "shared"}])
    cloudformation.get_waiter("stack_create_complete").wait(
        StackName="attached", WaiterConfig={"Delay": 1, "MaxAttempts": 20})
    assert len(iam.list_role_policies(RoleName="shared")["PolicyNames"]) == 1
    assert principals(aws, "shared") == [LAMBDA]
    assert [role["RoleName"] for role in iam.list_roles()["Roles"]] == ["shared"]


TEMPLATE = pathlib.Path(__file__).resolve().parents[2] / "config/aws/infosum-import.template.json"


def quick_create(registry, icc):
    """What the quick-create link of a draft's checklist passes to CloudFormation: name, parameters, template address."""
    text = json.dumps(registry.get(f"/v1/iccs/{icc['id']}/setup", headers={"Accept": "application/json"}))
    (link,) = re.findall(r'"(https://[^"]*/cloudformation/home#/stacks/create/review\?[^"]*)"', text)
    fields = dict(parse_qsl(link.partition("?")[2], keep_blank_values=True, strict_parsing=True))
    parameters = {name.removeprefix("param_"): value for name, value in fields.items() if name.startswith("param_")}
    return fields["stackName"], parameters, fields["templateURL"]


@pytest.mark.parametrize("prefix", ["exports/", ""])
def test_the_published_template_deploys_with_the_values_of_the_quick_create_link(aws, start, prefix):
    address = "https://templates.example/infosum-import.template.json"
    registry = start(environment={
        "AWS_ACCESS_KEY_ID": INFOSUM, "AWS_SECRET_ACCESS_KEY": "test", "ICC_REGISTRY_AWS_REGION": REGION,
        "ICC_REGISTRY_AWS_STS_ENDPOINT": aws, "ICC_REGISTRY_AWS_S3_ENDPOINT": aws,
        "ICC_REGISTRY_VERIFY_SETTLE_SECONDS": "0", "ICC_REGISTRY_VERIFY_PAUSE_SECONDS": "0",
        "ICC_REGISTRY_CLOUD_FORMATION_TEMPLATE_URL": address})
    icc = registry.create(userArn=None, prefix=prefix, bucketName=BUCKET)
    stack, parameters, template = quick_create(registry, icc)
    assert template == address
    assert parameters.keys() == json.loads(TEMPLATE.read_text())["Parameters"].keys()
    cloudformation = client("cloudformation", aws, CUSTOMER)
    cloudformation.create_stack(
        StackName=stack, TemplateBody=TEMPLATE.read_text(), Capabilities=["CAPABILITY_NAMED_IAM"],
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()])
    cloudformation.get_waiter("stack_create_complete").wait(StackName=stack, WaiterConfig={"Delay": 1, "MaxAttempts": 20})
    (output,) = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["Outputs"]
    role = output["OutputValue"]
    check_the_role(aws, registry, icc, role.rpartition("/")[2])
    check_the_chain(aws, role, icc["prefix"], [icc["externalId"]])
    change(registry, icc, role)
    status, _, content = registry.call("POST", f"/v1/iccs/{icc['id']}/verify")
    assert (status, json.loads(content)["verdict"]) == (200, "verified"), content


def check_the_role(aws, registry, icc, name):
    """The role has the registry's own trust and permission policy, and nothing else."""
    iam = client("iam", aws, CUSTOMER)
    trust, permission = (registry.get(f"/v1/iccs/{icc['id']}/{kind}-policy")["Statement"] for kind in ("trust", "permission"))
    (policy,) = iam.list_role_policies(RoleName=name)["PolicyNames"]
    stored = iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]["Statement"]
    assert policy == f"infosum-import-{icc['id']}"
    assert [plain(each) for each in principals_document(iam, name)] == [plain(each) for each in trust]
    assert [plain(each) for each in stored] == [plain(each) for each in permission]


def principals_document(iam, name):
    return iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"]["Statement"]


def plain(statement):
    """A statement without what has no effect: its identifier, a list of one, and a condition that was left out."""
    unlisted = {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in statement.items()}
    return {key: value for key, value in unlisted.items() if key != "Sid" and value}
