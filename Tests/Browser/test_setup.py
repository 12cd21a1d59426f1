"""The set-up kit in its four formats: what is copied and saved equals the API's response, byte for byte."""

import urllib.request

import pytest
from playwright.sync_api import expect

ROLE = "arn:aws:iam::111122223333:role/infosum-import"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/0f5e9a3c-1111-2222-3333-444455556666"
HOSTILE = "it's/\"<b>\u202e$x`/"


def given(registry, icc, path):
    request = urllib.request.Request(
        f"{registry.url}/v1/iccs/{icc['id']}/{path}", headers={"Authorization": f"Bearer {registry.token('viewer')}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read().decode()


def saved(console, title, file):
    with console.page.expect_download() as download:
        console.page.get_by_role("button", name=f"Download {title} as {file}").click()
    assert download.value.suggested_filename == file
    return download.value.path().read_bytes().decode()


def kept(text):
    return text.rstrip("\n") + "\n"


@pytest.fixture
def unavailable(console):
    return console.switch("**/setup?format=terraform", lambda route: route.fulfill(
        status=503, json={"code": "unavailable", "title": "Temporarily unavailable.", "detail": "Try again."},
        headers={"Retry-After": "1", "Content-Type": "application/problem+json"}))


@pytest.fixture
def icc(console, registry, unavailable):
    made = registry.create_icc(name=f"Set up {id(console)}", userArn=ROLE, kmsKeyArn=KEY, prefix=HOSTILE)
    console.sign_in(registry.token("viewer")).select(made["name"])
    console.tab("Set-up")
    return made


def test_no_line_of_the_policy_is_cut(console, registry, icc):
    policy = console.page.get_by_role("region", name="Trust policy")
    expect(policy).to_be_visible()
    assert policy.evaluate("(one) => one.scrollWidth - one.clientWidth") == 0


def test_the_guide_is_saved_as_a_page_that_needs_no_token(console, registry, icc):
    with console.page.expect_download() as download:
        console.button("Download this guide").click()
    assert download.value.suggested_filename == "infosum-import.html"
    page = console.page.context.new_page()
    page.set_content(download.value.path().read_text())
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text(icc["externalId"]).first).to_be_visible()
    # Paper does not scroll: a line that is too long would be cut.
    assert page.evaluate("[...document.querySelectorAll('pre')].every((one) => one.scrollWidth <= one.clientWidth)")


@pytest.mark.parametrize("tab, title, file, path", [
    ("AWS CLI", "Shell script", "set-up.sh", "setup?format=cli"),
    ("CloudFormation", "CloudFormation template", "infosum-import.json", "setup?format=cloudformation"),
    ("Terraform", "Terraform", "infosum-import.tf", "setup?format=terraform"),
])
def test_a_kit_is_copied_and_saved_unchanged(console, registry, icc, tab, title, file, path):
    console.tab(tab)
    expect(console.page.get_by_role("tab", name=tab)).to_be_focused()
    console.button(f"Copy {title}").click()
    expected = kept(given(registry, icc, path))
    assert icc["externalId"] in expected and console.clipboard() == expected
    assert saved(console, title, file) == expected
    expect(console.page.get_by_role("status").filter(has_text=f"{file} downloaded")).to_be_visible()
    assert console.violations() == []


def test_each_policy_of_the_guide_is_copied_and_saved_unchanged(console, registry, icc):
    console.step("Let InfoSum assume the role")
    console.step("Let the role read the bucket")
    for name in ("permission-policy", "trust-policy", "bucket-policy", "key-policy"):
        title = name.replace("-", " ").capitalize()
        console.button(f"Copy {title}").click()
        expected = kept(given(registry, icc, name))
        assert console.clipboard() == expected
        assert saved(console, title, f"{name}.json") == expected
    expect(console.button("Copy Exception for a Deny statement")).to_be_visible()
    assert console.violations() == []


def test_the_guide_shows_the_trust_policy_of_all_iccs_on_the_role(console, registry, icc):
    sibling = registry.create_icc(name=f"Sibling {id(console)}", userArn=ROLE, sessionName="sibling")
    console.tab("Details")
    console.tab("Set-up")
    console.step("Let InfoSum assume the role")
    console.button("Copy Trust policy").click()
    policy = console.clipboard()
    assert icc["externalId"] in policy and sibling["externalId"] in policy
    assert policy == kept(given(registry, icc, "trust-policy"))
    expect(console.page.get_by_text("keep them and add the statements below")).to_be_visible()


def test_an_unavailable_kit_says_why(console, registry, icc, unavailable):
    unavailable.is_on = True
    console.tab("Terraform")
    expect(console.page.get_by_text("Temporarily unavailable.")).to_be_visible()
    unavailable.is_on = False
    console.button("Try again").click()
    expect(console.button("Copy Terraform")).to_be_visible()
    expect(console.page.get_by_role("tabpanel").last).to_be_focused()
