"""Verify, with the registry's own verification against a scripted AWS."""

import pytest
from playwright.sync_api import expect

from registry_for_people import PeoplesRegistry
from scripted_aws import Peer
from test_verify import ROLE, rows, said


@pytest.fixture
def aws():
    peer = Peer()
    peer.holds = True
    yield peer
    peer.close()


@pytest.fixture
def verifying(binary, tmp_path, aws):
    # A call may be held for as long as the browser takes to show it.
    registry = PeoplesRegistry(binary, tmp_path, aws.environment() | {
        "ICC_REGISTRY_AWS_CALL_SECONDS": "60", "ICC_REGISTRY_VERIFY_SECONDS": "120"})
    yield registry
    assert registry.process.stop() == 0, registry.process.log_text()


def test_the_status_follows_the_verdict_everywhere(aws, verifying, open_console):
    verifying.create_icc(name="Live", userArn=ROLE)
    token = verifying.token("editor")
    console, other = open_console(at=verifying).sign_in(token), open_console(at=verifying).sign_in(token)
    for one in (console, other):
        one.select("Live")
    console.tab("Verify")
    console.button("Verify now").click()
    aws.release()
    expect(rows(console).first).to_contain_text("Passed")
    expect(rows(console).nth(6)).to_contain_text("Waiting")
    assert console.violations() == []
    other.tab("Verify")
    expect(other.page.get_by_role("status").filter(has_text="1 of 7 checks done")).to_be_visible()
    aws.release_all()
    for one in (console, other):
        # A verified ICC has other tabs: the first one is open, with a message.
        expect(one.page.get_by_role("tab", name="Details")).to_have_attribute("aria-selected", "true")
        expect(one.page.get_by_role("row", name="Live")).to_contain_text("Verified")
        one.tab("Verify")
        expect(rows(one).nth(6)).to_contain_text("Passed")
    assert console.violations() == []
    aws.trusts_all = True
    console.button("Verify now").click()
    expect(said(console, "Insecure")).to_be_visible()
    expect(rows(console).nth(2)).to_contain_text("Failed")
    expect(rows(console).nth(2)).to_contain_text("role.external-id-not-required")
    expect(console.page.get_by_role("region", name="Earlier verifications")).to_contain_text("Verified")
    expect(console.page.get_by_role("row", name="Live")).to_contain_text("Insecure")
    assert console.violations() == []
    console.tab("History")
    expect(console.page.get_by_role("listitem").filter(has_text="Verification: Insecure").first).to_contain_text(
        "insecure, external-id-required, external-id-exact, principal-pinned")
    console.tab("Details")
    expect(console.page.get_by_role("definition").filter(has_text="Insecure,")).to_be_visible()
