"""Pasted texts that are not simply a field's value: split with a message, or offered, never silently."""

import json

import pytest
from playwright.sync_api import expect

PRINCIPAL = "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/"
ROLE = "arn:aws:iam::111122223333:role/team/infosum"


def paste(console, label, text):
    """Pastes as a person does, into an empty field."""
    console.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    console.field(label).fill("")
    console.field(label).focus()
    console.page.keyboard.press("Control+v")


def said(console, text):
    return console.page.get_by_role("status").filter(has_text=text)


@pytest.fixture
def form(console, registry):
    console.sign_in(registry.token("editor")).open("#/new")
    console.field("Bucket name").wait_for()
    return console


@pytest.mark.parametrize("text, bucket, prefix", [
    ("s3://acme-data/exports/2026/", "acme-data", "exports/2026/"),
    ("S3://acme-data", "acme-data", ""),
    ("arn:aws:s3:::acme-data/exports/*", "acme-data", "exports/"),
    ("https://s3.console.aws.amazon.com/s3/buckets/acme-data?region=eu-west-1&prefix=exports%2F&tab=objects", "acme-data", "exports/"),
    ("https://eu-west-1.console.aws.amazon.com/s3/buckets/acme-data?prefix=a%20b/", "acme-data", "a b/"),
    ("https://acme-data.s3.eu-west-1.amazonaws.com/exports/", "acme-data", "exports/"),
    ("https://s3.amazonaws.com/acme-data/exports/x", "acme-data", "exports/x"),
], ids=["URI", "bucket", "ARN", "console", "regional console", "host", "path"])
def test_an_address_is_split(form, text, bucket, prefix):
    paste(form, "Bucket name", text)
    expect(form.field("Bucket name")).to_have_value(bucket)
    expect(form.field("Prefix")).to_have_value(prefix)
    expect(said(form, f"bucket “{bucket}”")).to_be_visible()
    form.button("Undo").click()
    expect(form.field("Bucket name")).to_have_value(text)
    expect(form.field("Prefix")).to_have_value("")


@pytest.mark.parametrize("text", [
    "https://example.com/acme-data", "https://console.aws.amazon.com.evil.example/s3/buckets/acme-data",
    "https://acme-data.s3.amazonaws.com.evil.example/x", "s3://", "s3://<b>/x", "https://s3.amazonaws.com/%zz/", "acme-data",
])
def test_another_text_stays_as_it_is(form, text):
    paste(form, "Bucket name", text)
    expect(form.field("Bucket name")).to_have_value(text)
    expect(form.button("Undo")).to_have_count(0)


def test_a_typed_address_is_split_after_a_question(form):
    form.field("Prefix").fill("s3://acme-data/exports/")
    expect(form.field("Bucket name")).to_have_value("")
    form.button("Use these values").click()
    expect(form.field("Bucket name")).to_have_value("acme-data")
    expect(form.field("Prefix")).to_have_value("exports/")
    expect(said(form, "Taken from the S3 URI")).to_be_visible()
    assert form.violations() == []


def test_the_response_of_get_role_fills_in_the_arn(form):
    paste(form, "User ARN", json.dumps({"Role": {"RoleName": "infosum", "Arn": ROLE, "Path": "/team/"}}, indent=2))
    expect(form.field("User ARN")).to_have_value(ROLE)
    expect(said(form, f"Taken from the role's description in the AWS CLI: {ROLE}.")).to_be_visible()


def test_the_role_of_a_session_is_offered(form):
    paste(form, "User ARN", "arn:aws:sts::111122223333:assumed-role/infosum/me@example.com")
    expect(form.field("User ARN")).to_have_value("arn:aws:sts::111122223333:assumed-role/infosum/me@example.com")
    form.button("Use arn:aws:iam::111122223333:role/infosum").click()
    expect(form.field("User ARN")).to_have_value("arn:aws:iam::111122223333:role/infosum")
    expect(form.field("User ARN")).to_be_focused()


def test_the_account_of_a_user_is_offered(form):
    paste(form, "User ARN", "arn:aws:iam::111122223333:user/me")
    form.button("Start with account 111122223333").click()
    expect(form.field("User ARN")).to_have_value("arn:aws:iam::111122223333:role/")


def test_a_trust_policy_shows_its_sessions(form):
    policy = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": [PRINCIPAL + "one", PRINCIPAL + "<b>two</b>x"]}, "Action": "sts:AssumeRole"}]}
    paste(form, "User ARN", json.dumps(policy))
    expect(said(form, "This is a trust policy. It names the session “one”.")).to_be_visible()
    paste(form, "Session Name", json.dumps(policy, indent=2))
    expect(form.field("Session Name")).to_have_value("one")
    expect(said(form, "Taken from the trust policy: session “one”.")).to_be_visible()
    policy["Statement"].append({"Effect": "Allow", "Principal": {"AWS": PRINCIPAL + "Your Session Name"}})
    paste(form, "Session Name", json.dumps(policy))
    expect(said(form, "It names the sessions “one”, “Your Session Name”.")).to_be_visible()
    form.button("Use one").click()
    expect(form.field("Session Name")).to_have_value("one")
    paste(form, "Session Name", PRINCIPAL + "acme-import")
    expect(form.field("Session Name")).to_have_value("acme-import")


def test_the_edit_form_and_the_step_split_too(console, registry):
    registry.create_icc(name="Pasted into")
    console.sign_in(registry.token("editor")).select("Pasted into")
    console.button("Edit").click()
    paste(console, "Bucket name", "s3://other-data/new/")
    expect(console.field("Prefix")).to_have_value("new/")
    console.button("Cancel").click()
    console.tab("Set-up")
    console.step("Enter the role's ARN")
    paste(console, "User ARN", json.dumps({"Role": {"Arn": ROLE}}))
    expect(console.field("User ARN")).to_have_value(ROLE)
    assert console.violations() == []
