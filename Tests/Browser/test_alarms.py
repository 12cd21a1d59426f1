"""Alarms: administrators see ICCs whose role another organisation used before, and release them."""

import pytest
from playwright.sync_api import expect

from registry_for_people import PeoplesRegistry

ROLE = "arn:aws:iam::111122223333:role/infosum-import"


@pytest.fixture
def shared(binary, tmp_path):
    """A registry in which two ICCs of the tests' organisation name the role of another one."""
    people = PeoplesRegistry(binary, tmp_path)
    people.call("POST", "/v1/organisations", {"id": "first"})
    first = {"name": "Earlier", "connectorType": "s3-cross-account", "sessionName": "acme-import", "bucketName": "acme-data",
             "userArn": ROLE, "organisation": "first"}
    people.call("POST", "/v1/iccs", first)
    for name in ["Newcomer", "Another"]:
        people.create_icc(name, userArn=ROLE)
    yield people
    assert people.process.stop() == 0, people.process.log_text()


def alarms(console):
    return console.page.get_by_role("list", name="Alarms").get_by_role("listitem")


def test_an_administrator_releases_a_held_icc_in_its_panel(open_console, shared):
    console = open_console(at=shared)
    console.sign_in(shared.token("admin"))
    expect(alarms(console)).to_have_count(2)
    expect(alarms(console).first).to_contain_text("Newcomer of default uses the role infosum-import · 111122223333, which is also used by first. Held since")
    assert console.violations() == []
    console.page.get_by_role("list", name="Alarms").get_by_role("link", name="Newcomer").click()
    console.panel_heading("Newcomer").wait_for()
    expect(console.page.get_by_text("This ICC is held")).to_be_visible()
    expect(console.page.locator("tr", has_text="Newcomer").get_by_text("Held")).to_be_visible()
    assert console.violations() == []
    console.button("Release").last.click()
    console.confirm("Release")
    expect(console.page.get_by_text("Verify the ICC again.")).to_be_visible()
    expect(console.page.get_by_text("This ICC is held")).to_have_count(0)
    expect(alarms(console)).to_have_count(1)
    console.tab("History")
    expect(console.page.get_by_role("list", name="History").get_by_role("listitem").first).to_contain_text("Released")


def test_an_administrator_releases_icc_by_icc_in_the_list(open_console, shared):
    console = open_console(at=shared)
    console.sign_in(shared.token("admin"))
    console.page.get_by_role("list", name="Alarms").get_by_role("link", name="Newcomer").click()
    console.panel_heading("Newcomer").wait_for()
    console.page.get_by_role("button", name="Release Newcomer").click()
    console.confirm("Cancel")
    expect(alarms(console)).to_have_count(2)
    console.page.get_by_role("button", name="Release Newcomer").click()
    console.confirm("Release")
    expect(alarms(console)).to_have_count(1)
    expect(console.page.get_by_text("This ICC is held")).to_have_count(0)
    console.page.get_by_role("button", name="Release Another").click()
    console.confirm("Release")
    expect(alarms(console)).to_have_count(0)
    expect(console.page.get_by_text("Roles that several organisations use")).to_have_count(0)


def test_a_tenant_sees_no_alarm(open_console, shared):
    console = open_console(at=shared)
    console.sign_in(shared.token("editor")).select("Newcomer")
    expect(alarms(console)).to_have_count(0)
    expect(console.page.get_by_text("Held")).to_have_count(0)
    expect(console.page.get_by_text("This ICC is held")).to_have_count(0)
