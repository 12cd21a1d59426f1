"""Verify: the checks, the verdict, the reasons for no verdict, and the history."""

import json

import pytest
from playwright.sync_api import expect

ROLE = "arn:aws:iam::111122223333:role/infosum-import"
NAMES = ["connector-role-assumable", "role-assumable", "external-id-required", "external-id-exact", "principal-pinned",
         "bucket-listable", "object-readable"]


def check(name, status="passed", **others):
    return {"name": name, "status": status, "durationMs": 120, "code": None, "detail": f"Seen of {name}.", "hint": None} | others


def verification(verdict, *different, wait=None, version=1, started="2026-11-24T02:00:00.000Z"):
    checks = {name: check(name) for name in NAMES} | {entry["name"]: entry for entry in different}
    return {"verdict": verdict, "iccVersion": version, "startedAt": started, "durationMs": 812, "retryAfterSeconds": wait,
            "checks": list(checks.values())}


def problem(status, code, **headers):
    return {"status": status, "headers": {"Content-Type": "application/problem+json"} | headers,
            "body": json.dumps({"type": f"/problems/{code}", "title": "Not now.", "status": status, "detail": "Said by the registry.",
                                "code": code, "requestId": "r1"})}


class Script:
    """Responses of a verification instead of the registry's: it ends only when the test answers it."""

    def __init__(self, console):
        self.console = console
        self.items, self.progress, self.held, self.is_down = [], None, [], False
        console.page.route("**/v1/session", self._configure)
        console.page.route("**/verify", self._hold)
        console.page.route("**/verifications?*", self._list)

    @staticmethod
    def _configure(route):
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"verificationConfigured": True})

    def _hold(self, route):
        self.held.append(route)

    def asked(self):
        """The request that the page has sent and that is not answered yet, as soon as it has come."""
        self.console.until(lambda: self.held, "a request to verify")
        return self.held.pop(0)

    def _list(self, route):
        if self.is_down:
            return route.abort()
        running = self.progress and {"iccVersion": 1, "startedAt": "2026-11-24T02:00:00.000Z", "checks": self.progress}
        limit = int(route.request.url.split("limit=")[1].split("&")[0])
        route.fulfill(json={"items": self.items[:limit], "nextCursor": None, "inProgress": running})

    def answer(self, found):
        asked = self.asked()
        self.progress, self.items = None, [found, *self.items]
        asked.fulfill(json=found)


def begin(console, registry, name, role="editor", **members):
    registry.create_icc(**({"name": name, "userArn": ROLE} | members))
    script = Script(console)
    console.sign_in(registry.token(role)).select(name)
    console.tab("Verify")
    return script


def rows(console):
    return console.page.get_by_role("list", name="Checks").first.get_by_role("listitem")


def said(console, text):
    return console.page.get_by_role("status").filter(has_text=text)


def test_each_check_appears_until_the_verdict(console, registry):
    script = begin(console, registry, "Tried")
    expect(console.page.get_by_text("Not verified yet.")).to_be_visible()
    console.button("Verify now").focus()
    console.page.keyboard.press("Enter")
    expect(rows(console)).to_have_count(7)
    expect(rows(console).first).to_contain_text("Running")
    expect(rows(console).nth(6)).to_contain_text("Waiting")
    assert console.violations() == []
    script.progress = [check(name) for name in NAMES[:3]]
    expect(said(console, "3 of 7 checks done")).to_be_visible()
    expect(rows(console).nth(2)).to_contain_text("Passed")
    expect(rows(console).nth(3)).to_contain_text("Running")
    script.answer(verification("insecure", check(
        "principal-pinned", "failed", code="principal-pinned.other-session", detail="Another session <b>got in</b>.",
        hint="Name the session in the principal.")))
    expect(said(console, "Insecure")).to_be_visible()
    row = rows(console).nth(4)
    for text in ("Failed", "Another session <b>got in</b>.", "Name the session", "principal-pinned.other-session"):
        expect(row).to_contain_text(text)
    expect(rows(console).get_by_role("link")).to_have_count(0)
    expect(console.button("Verify now")).to_be_focused()
    assert console.violations() == []


def test_a_wait_shows_a_countdown(console, registry):
    script = begin(console, registry, "Patient")
    console.stop_clock()
    console.button("Verify now").click()
    expect(rows(console)).to_have_count(7)
    script.answer(verification("inconclusive", check("role-assumable", "inconclusive"), wait=3))
    timer = console.page.get_by_role("timer")
    expect(timer).to_contain_text("Try again in 3 seconds.")
    console.pass_time(1)
    expect(timer).to_contain_text("Try again in 2 seconds.")
    console.pass_time(2)
    expect(timer).to_contain_text("You can try again now.")


def test_an_earlier_verification_expands(console, registry):
    registry.create_icc(name="Looked back at", userArn=ROLE)
    script = Script(console)
    script.items = [verification("verified", version=3), verification("failing", check(
        "bucket-listable", "failed", code="bucket-listable.access-denied", detail="Access denied."), version=2)]
    console.sign_in(registry.token("viewer")).select("Looked back at")
    console.tab("Verify")
    expect(console.button("Verify now")).to_have_count(0)
    expect(rows(console).first).to_contain_text("Passed")
    expect(console.page.get_by_text("The ICC has changed since then")).to_be_visible()
    past = console.page.get_by_role("region", name="Earlier verifications")
    expect(past).to_contain_text("Failing")
    past.get_by_text("version 2").click()
    expect(past.get_by_text("Access denied.")).to_be_visible()
    assert console.violations() == []


def test_a_verification_by_another_user_is_followed(console, registry):
    registry.create_icc(name="Followed", userArn=ROLE)
    script = Script(console)
    script.progress = [check(NAMES[0])]
    console.sign_in(registry.token("editor")).select("Followed")
    console.tab("Verify")
    expect(said(console, "1 of 7 checks done")).to_be_visible()
    script.progress, script.items = None, [verification("verified")]
    expect(said(console, "Verified")).to_be_visible()
    expect(rows(console).nth(6)).to_contain_text("Passed")


def test_a_draft_cannot_be_verified(console, registry):
    begin(console, registry, "Roleless", userArn=None)
    expect(console.page.get_by_text("There is no role to verify yet")).to_be_visible()
    expect(console.button("Verify now")).to_have_count(0)


def test_a_registry_without_keys_says_so(console, registry):
    registry.create_icc(name="Keyless", userArn=ROLE)
    console.sign_in(registry.token("editor")).select("Keyless")
    console.tab("Verify")
    expect(console.page.get_by_text("Verification is not configured")).to_be_visible()
    expect(console.button("Verify now")).to_have_count(0)
    console.page.get_by_role("tabpanel").get_by_role("link", name="Check my policy").click()
    expect(console.page.get_by_role("textbox", name="Trust policy")).to_be_visible()


@pytest.mark.parametrize("status, code", [(429, "verification.queue-full"), (503, "unavailable")])
def test_a_full_queue_shows_a_countdown_and_a_retry(console, registry, status, code):
    script = begin(console, registry, f"Queued {status}")
    console.stop_clock()
    console.button("Verify now").click()
    expect(rows(console)).to_have_count(7)
    script.asked().fulfill(**problem(status, code, **{"Retry-After": "2"}))
    again = console.button("Try again")
    expect(again).to_be_disabled()
    expect(console.page.get_by_role("timer")).to_contain_text("Try again in 2 seconds.")
    console.pass_time(2)
    expect(again).to_be_enabled()
    again.click()
    expect(rows(console)).to_have_count(7)
    script.answer(verification("verified"))
    expect(said(console, "Verified")).to_be_visible()


def test_a_lost_connection_during_a_verification(console, registry):
    registry.create_icc(name="Lost sight of", userArn=ROLE)
    script = Script(console)
    script.progress = [check(NAMES[0])]
    console.sign_in(registry.token("editor")).select("Lost sight of")
    console.tab("Verify")
    expect(said(console, "1 of 7 checks done")).to_be_visible()
    script.is_down = True
    expect(console.page.get_by_role("alert")).to_contain_text("cannot be reached")
    script.progress, script.items, script.is_down = None, [verification("verified")], False
    console.button("Try again").press("Enter")
    expect(rows(console).nth(6)).to_contain_text("Passed")
    expect(console.button("Verify now")).to_be_focused()
    console.complaints.clear()


def test_the_history_names_the_verdict_of_a_verification(console, registry):
    registry.create_icc(name="Judged", userArn=ROLE)
    event = {"type": "icc.verified", "at": "2026-11-24T02:00:00.000Z", "actor": None, "version": 2, "changes": {
        "lastVerification": {"before": None, "after": {"verdict": "failing", "failed": ["role-assumable"]}}}}
    console.page.route("**/events?*", lambda route: route.fulfill(json={"items": [event], "nextCursor": None}))
    console.sign_in(registry.token("viewer")).select("Judged")
    console.tab("History")
    expect(console.page.get_by_role("listitem").filter(has_text="Verification: Failing")).to_be_visible()
