"""The guided path from the start to a verified connection, in an AWS that enforces the policies."""

import json

import boto3
import pytest
from botocore.config import Config
from playwright.sync_api import expect

from registry_for_people import PeoplesRegistry
from test_article import fill_details
from test_paste import paste

CUSTOMER, INFOSUM = "111122223333", "134928160093"
BUCKET, REGION = "acme-data", "eu-west-1"


class AWS:
    """InfoSum's role, and the customer's account with a bucket. The administrator stores what the page shows."""

    def __init__(self, address):
        self.address = address
        infosum = self.client("iam", INFOSUM)
        infosum.create_role(RoleName="InfoSumImportConnector", AssumeRolePolicyDocument=allow(
            Principal={"AWS": f"arn:aws:iam::{INFOSUM}:root"}, Action="sts:AssumeRole"))
        infosum.put_role_policy(
            RoleName="InfoSumImportConnector", PolicyName="assume", PolicyDocument=allow(Action="sts:AssumeRole", Resource="*"))
        bucket = self.client("s3", CUSTOMER)
        bucket.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        bucket.put_object(Bucket=BUCKET, Key="exports/data.csv", Body=b"a,b")
        self.iam = self.client("iam", CUSTOMER)

    def client(self, service, account):
        return boto3.client(
            service, endpoint_url=self.address, region_name=REGION, aws_access_key_id=account, aws_secret_access_key="test",
            config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}))

    def environment(self):
        return {"AWS_ACCESS_KEY_ID": INFOSUM, "AWS_SECRET_ACCESS_KEY": "test", "ICC_REGISTRY_AWS_REGION": REGION,
                "ICC_REGISTRY_AWS_STS_ENDPOINT": self.address, "ICC_REGISTRY_AWS_S3_ENDPOINT": self.address,
                "ICC_REGISTRY_VERIFY_SETTLE_SECONDS": "0", "ICC_REGISTRY_VERIFY_PAUSE_SECONDS": "0"}

    def create_role(self, name, policy):
        """Creates the role; returns what the AWS CLI prints."""
        role = self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy)["Role"]
        return json.dumps({"Role": {key: role[key] for key in ("RoleName", "RoleId", "Arn", "Path")}}, indent=4)


def allow(**members):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow"} | members]})


@pytest.fixture
def aws(ministack):  # noqa: F811
    return AWS(ministack)


@pytest.fixture
def verifying(binary, tmp_path, aws):
    registry = PeoplesRegistry(binary, tmp_path, aws.environment())
    yield registry
    assert registry.process.stop() == 0, registry.process.log_text()


def copied(console, step, document):
    console.step(step)
    console.button(f"Copy {document}").click()
    return console.clipboard()


def mark(console, title):
    console.step(title).get_by_role("button", name="I have done it").click()


def test_the_article_to_verified(aws, verifying, open_console):
    console = open_console(at=verifying).sign_in(verifying.token("editor"))
    console.page.get_by_role("link", name="Create new ICC").first.click()
    fill_details(console, "Guided", **{"Bucket name": ""})
    paste(console, "Bucket name", f"s3://{BUCKET}/exports/")
    console.button("Next").click()
    console.button("Submit").click()
    console.panel_heading("Guided").wait_for()
    trust = copied(console, "Let InfoSum assume the role", "Trust policy")
    permission = copied(console, "Let the role read the bucket", "Permission policy")
    printed = aws.create_role("guided", trust)
    for title in ("Create the role in AWS", "Let InfoSum assume the role", "Let the role read the bucket"):
        mark(console, title)
    console.step("Enter the role's ARN")
    paste(console, "User ARN", printed)
    console.button("Save").click()
    # It verifies by itself, and finds that the permissions are missing.
    expect(console.item("Let the role read the bucket")).to_contain_text("Not working")
    expect(console.item("Let InfoSum assume the role")).to_contain_text("Done")
    assert console.violations() == []
    aws.iam.put_role_policy(RoleName="guided", PolicyName="read", PolicyDocument=permission)
    expect(console.page.get_by_text("InfoSum can assume the role and read the bucket")).to_be_visible()
    assert verifying.find_icc("Guided")["status"] == "verified"
    assert console.violations() == []


def test_a_link_to_verified(aws, verifying, open_console):
    icc = verifying.create_icc(name="Guided by link", bucketName=BUCKET, prefix="exports/")
    link = verifying.call("POST", f"/v1/iccs/{icc['id']}/hand-over", {"allow": ["check", "set-user-arn", "verify"]},
                          verifying.token("editor"))
    bearer = open_console(width=390, height=844, at=verifying)
    bearer.page.goto(verifying.url + link["link"])
    trust = copied(bearer, "Let InfoSum assume the role", "Trust policy")
    permission = copied(bearer, "Let the role read the bucket", "Permission policy")
    printed = aws.create_role("linked", trust)
    aws.iam.put_role_policy(RoleName="linked", PolicyName="read", PolicyDocument=permission)
    bearer.step("Check the policies")
    bearer.page.get_by_role("textbox", name="Trust policy").fill(trust)
    bearer.button("Check").click()
    expect(bearer.page.get_by_text("Works", exact=True)).to_be_visible()
    bearer.step("Enter the role's ARN")
    paste(bearer, "User ARN", printed)
    bearer.button("Save").click()
    mark(bearer, "Let InfoSum assume the role")
    mark(bearer, "Let the role read the bucket")
    expect(bearer.page.get_by_text("All steps are done. InfoSum can import from the bucket.")).to_be_visible()
    assert verifying.find_icc("Guided by link")["status"] == "verified"
    assert bearer.violations() == []
