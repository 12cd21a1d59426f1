"""No violation that axe finds, in every state of every screen, in light and in dark; nothing wider than the window,
nothing that the content security policy would have to allow, and nothing that jumps.
"""

import json
import os
import pathlib
import re

import pytest
from playwright.sync_api import expect

from deep import DEEP
from test_verify import ROLE, Script, check, verification

SHOTS = os.environ.get("CONSOLE_SCREENSHOTS")
SIZES = [(360, 740, "light"), (1024, 768, "dark"), (1600, 1000, "light")]
if DEEP:
    SIZES += [(360, 740, "dark"), (768, 1024, "light"), (1600, 1000, "dark")]
OPEN_POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}'


@pytest.fixture(params=SIZES, ids=[f"{width}-{scheme}" for width, _, scheme in SIZES])
def tour(request, open_console, registry):
    width, height, scheme = request.param
    return Tour(open_console(width, height, scheme), registry, f"{width}-{scheme}")


def trust_policy(registry, icc):
    """The ICC's own trust policy, without the other ICCs of its role."""
    document = registry.call("GET", f"/v1/iccs/{icc['id']}/trust-policy", token=registry.token("editor"))
    document["Statement"] = [each for each in document["Statement"] if icc["sessionName"] in json.dumps(each)]
    return json.dumps(document)


class Tour:
    """A console that is checked in one state after another."""

    def __init__(self, console, registry, name):
        self.console, self.registry, self.name, self.steps = console, registry, name, 0

    def look(self, state):
        self.steps += 1
        assert self.console.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state
        assert self.console.page.locator("[style], style, script:not([src])").count() == 0, state
        if SHOTS:
            self.console.page.screenshot(path=pathlib.Path(SHOTS) / f"{self.name}-{self.steps:02}-{state}.png", caret="initial")
        assert self.console.violations() == [], state


def test_signing_in_and_creating(tour):
    console = tour.console.open()
    console.page.get_by_label("Token").wait_for()
    tour.look("sign-in")
    console.button("Sign in").click()
    console.page.get_by_text("Enter your token.").wait_for()
    tour.look("sign-in-refused")
    console.sign_in(tour.registry.token("admin"))
    tour.look("list")
    console.search("no such thing")
    console.page.get_by_text("No matching ICCs.").wait_for()
    tour.look("nothing")
    console.open("#/new")
    console.button("Next").click()
    console.page.locator(".wrong").first.wait_for()
    tour.look("create-faults")
    for label, value in (("Name", f"Made {tour.name}"), ("Session Name", "acme-import"), ("Bucket name", "acme-data"), ("Prefix", "exports")):
        console.field(label).fill(value)
    console.button("Next").click()
    console.heading("Files").wait_for()
    tour.look("files")
    console.field("Filenames").fill("*.csv\n/orders.csv")
    console.field("Filenames").blur()
    console.page.locator(".wrong").first.wait_for()
    tour.look("files-faults")
    console.field("Filenames").fill("")
    console.button("Submit").click()
    console.button("Copy External ID").click()
    console.page.get_by_text("External ID copied").wait_for()
    tour.look("draft")


def test_the_panel(tour):
    console, name = tour.console, f"Looked at {tour.name}"
    tour.registry.create_icc(name=f"{name} too", sessionName="other-import", userArn=f"{ROLE}-{tour.name}")
    icc = tour.registry.create_icc(name=name, prefix="exports", userArn=f"{ROLE}-{tour.name}")
    console.sign_in(tour.registry.token("editor")).select(name)
    tour.look("details")
    console.button("Rotate External ID").click()
    tour.look("dialog")
    console.confirm("Start rotation")
    console.button("Complete rotation").wait_for()
    tour.look("rotation")
    console.tab("Set-up")
    for title in ("Create the role in AWS", "Let InfoSum assume the role", "Let the role read the bucket", "Enter the role's ARN"):
        console.step(title)
    console.button("Copy Trust policy").wait_for()
    tour.look("set-up")
    console.tab("AWS CLI")
    console.button("Copy Shell script").wait_for()
    tour.look("set-up-cli")
    console.tab("Check my policy")
    console.page.get_by_role("textbox", name="Trust policy").fill(OPEN_POLICY)
    console.button("Check").click()
    console.page.get_by_role("list", name="Access").wait_for()
    tour.look("check")
    console.page.get_by_role("textbox", name="Trust policy").fill(trust_policy(tour.registry, icc))
    console.button("Check").click()
    console.page.get_by_text(re.compile("This policy shuts out")).wait_for()
    tour.look("check-shuts-out")
    console.tab("History")
    console.page.get_by_text("Rotation started").wait_for()
    tour.look("history")
    console.tab("Details")
    console.button("Edit").click()
    console.field("Session Name").fill("other-session")
    console.page.get_by_text("This changes the trust policy").wait_for()
    tour.look("edit")
    console.button("Cancel").click()
    console.button("Delete").click()
    tour.look("delete")


def test_verifying(tour):
    console, name = tour.console, f"Verified {tour.name}"
    tour.registry.create_icc(name=name, userArn=ROLE)
    script = Script(console)
    script.items = [verification("verified", version=3), verification("failing", check(
        "bucket-listable", "failed", code="bucket-listable.access-denied", detail="AWS refuses s3:ListBucket.",
        hint="Attach the permission policy."), version=2)]
    console.sign_in(tour.registry.token("editor")).select(name)
    console.tab("Verify")
    console.page.get_by_text("The ICC has changed since then").wait_for()
    tour.look("verify")
    console.button("Verify now").click()
    script.progress = [check("connector-role-assumable"), check("role-assumable")]
    console.page.get_by_text("2 of 7 checks done").wait_for()
    tour.look("verify-running")
    script.answer(verification(
        "failing", check("role-assumable", "failed", code="role-assumable.access-denied", detail="AWS refuses sts:AssumeRole.",
                         hint="Compare the trust policy with the one under Set-up."),
        *(check(each, "skipped", detail="It was not tried.") for each in ("external-id-required", "external-id-exact", "principal-pinned")),
        check("bucket-listable", "inconclusive", detail="No answer came."), wait=30, version=4))
    console.page.get_by_role("timer").wait_for()
    # The earlier verifications are drawn again with the one before this: until then a click can be lost.
    console.page.get_by_role("region", name="Earlier verifications").get_by_text("version 3").wait_for()
    console.page.get_by_text("version 2").click()
    tour.look("verify-failing")


def test_errors_while_loading(tour):
    refused = tour.console.switch("**/v1/iccs?*", lambda route: route.fulfill(
        status=503, json={"code": "unavailable", "title": "Temporarily unavailable.", "detail": "Nothing was changed.", "requestId": "r7"},
        headers={"Retry-After": "20", "Content-Type": "application/problem+json"}))
    console = tour.console.sign_in(tour.registry.token("viewer"))
    console.open("#/iccs?icc=icc_00000000000000000000000000")
    console.page.get_by_role("heading", name="ICC not found").wait_for()
    tour.look("no-such-icc")
    refused.is_on = True
    console.open("#/iccs?q=zz")
    console.button("Try again").wait_for()
    tour.look("unavailable")


def test_nothing_moves_with_reduced_motion(console, registry):
    console.page.emulate_media(reduced_motion="reduce")
    registry.create_icc(name="Still", userArn=ROLE)
    Script(console)
    console.sign_in(registry.token("editor")).select("Still")
    console.tab("Verify")
    console.button("Verify now").click()
    expect(console.page.get_by_role("list", name="Checks").first).to_contain_text("Running")
    moving = "document.getAnimations().map((one) => one.animationName ?? one.transitionProperty)"
    assert console.page.evaluate(moving) == []
    console.page.emulate_media(reduced_motion="no-preference")
    assert "turn" in console.page.evaluate(moving)


def test_the_layout_does_not_shift(console, registry):
    console.page.add_init_script("""
      window.jumps = [];
      new PerformanceObserver((list) => list.getEntries().forEach((one) => one.hadRecentInput || window.jumps.push(
        [one.value, ...one.sources.map((source) => source.node?.className ?? "")]))).observe({type: "layout-shift", buffered: true});
    """)
    for number in range(12):
        icc = registry.create_icc(name=f"Settled {number}", userArn=ROLE)
    delayed = lambda route: (console.page.wait_for_timeout(150), route.continue_())
    console.page.route("**/v1/**", delayed)
    console.sign_in(registry.token("editor"))
    for tab in ("details", "setup", "verify", "history"):
        console.open(f"#/iccs?q=settled&icc={icc['id']}&tab={tab}")
        console.page.reload()
        console.panel_heading("Settled 11").wait_for()
        console.page.get_by_role("tab", selected=True).first.wait_for()
        console.page.wait_for_load_state("networkidle")
        console.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        jumps = console.page.evaluate("window.jumps")
        assert sum(value for value, *_ in jumps) < 0.05, (tab, jumps)
