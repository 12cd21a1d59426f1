"""The screens for administrators, owners and auditors: organisations, tokens, the audit trail, and names instead of identifiers."""

import re
import urllib.error

import pytest
from playwright.sync_api import expect

HOSTILE = "\"'><img src=x onerror=\"window.hurt = 1\">"


def make_token(registry, name, role="viewer", **others):
    new = {"name": name, "role": role} | ({"organisation": "default"} if role in ("owner", "editor", "viewer") else {})
    return registry.call("POST", "/v1/tokens", new | others)


def is_accepted(registry, token):
    try:
        return registry.call("GET", "/v1/session", token=token) is not None
    except urllib.error.HTTPError as error:
        assert error.code == 401
        return False


def go(console, screen):
    console.page.get_by_role("navigation", name="Main").get_by_role("link", name=screen, exact=True).click()
    console.heading(screen).wait_for()
    return console.shows_list()


def row(console, text):
    return console.page.get_by_role("row").filter(has_text=text)


@pytest.mark.parametrize("role, screens", [
    ("viewer", []), ("editor", []), ("connector", []), ("owner", ["Tokens", "Audit trail"]),
    ("auditor", ["Organisations", "Tokens", "Audit trail"]), ("admin", ["Organisations", "Tokens", "Audit trail"]),
])
def test_each_role_sees_the_screens_that_it_may_use(console, registry, role, screens):
    console.sign_in(registry.token(role))
    links = console.page.get_by_role("navigation", name="Main").get_by_role("link")
    expect(links).to_have_text(["Manage ICCs", *screens])
    for path, screen in (("organisations", "Organisations"), ("tokens", "Tokens"), ("audit", "Audit trail")):
        console.open(f"#/{path}")
        console.heading(screen if screen in screens else "Manage ICCs").wait_for()
        console.shows_list()
    for screen in screens:
        go(console, screen)
        assert console.violations() == [], screen
    if role == "auditor":
        for text in ("Create organisation", "Create token", "Revoke several"):
            go(console, "Tokens" if "oken" in text or "several" in text else "Organisations")
            expect(console.button(text)).to_have_count(0)
        expect(console.page.get_by_role("button", name=re.compile("^(Revoke|Replace|Rename|Delete) "))).to_have_count(0)


def test_organisations_are_created_renamed_and_deleted(console, registry):
    console.sign_in(registry.token("admin"))
    go(console, "Organisations")
    console.button("Create organisation").click()
    dialog = console.page.get_by_role("dialog")
    console.confirm("Create")
    expect(dialog.get_by_role("alert")).to_be_visible()
    assert console.violations() == []
    dialog.get_by_label("Name").fill(f"Managed {HOSTILE}")
    dialog.get_by_label("ID", exact=True).fill("managed")
    console.confirm("Create")
    expect(row(console, "managed")).to_contain_text(f"Managed {HOSTILE}")
    row(console, "managed").get_by_role("button", name=re.compile("^Rename")).click()
    dialog.get_by_label("Name").fill("Managed Ltd")
    console.confirm("Rename")
    expect(row(console, "managed")).to_contain_text("Managed Ltd")
    values = {"connectorType": "s3-cross-account", "sessionName": "acme-import", "bucketName": "acme-data"}
    icc = registry.call("POST", "/v1/iccs", values | {"name": "In the way", "organisation": "managed"})
    row(console, "managed").get_by_role("button", name="Delete Managed Ltd").click()
    console.confirm("Delete")
    expect(dialog.get_by_role("alert")).to_contain_text("ICC")
    registry.call("DELETE", f"/v1/iccs/{icc['id']}")
    console.confirm("Delete")
    expect(row(console, "managed")).to_have_count(0)
    assert console.page.evaluate("window.hurt") is None


def test_a_token_is_created_replaced_and_revoked(console, registry):
    console.sign_in(registry.token("owner"))
    go(console, "Tokens")
    console.button("Create token").click()
    dialog = console.page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(f"Nightly {HOSTILE}")
    console.confirm("Create")
    expect(dialog).to_contain_text("It is shown only once.")
    first = dialog.locator("[data-value]").inner_text()
    assert is_accepted(registry, first) and console.violations() == []
    dialog.get_by_role("button", name="Close").click()
    made = row(console, "Nightly")
    expect(made).to_contain_text(re.compile("Soon in 2[34] hours"))
    expect(made).to_contain_text("by you")
    made.get_by_role("button", name=re.compile("^Replace")).click()
    console.confirm("Create the new token")
    expect(dialog).to_contain_text("It is shown only once.")
    second = dialog.locator("[data-value]").inner_text()
    dialog.get_by_role("button", name="Close").click()
    expect(made).to_have_count(2)
    assert is_accepted(registry, first) and is_accepted(registry, second) and first != second
    console.page.get_by_role("searchbox").fill(first[-4:])
    made.get_by_role("button", name=re.compile("^Revoke Nightly")).click()
    console.confirm("Revoke")
    # Until then the closing dialog can take the focus from the search field.
    expect(made).to_have_count(0)
    console.page.get_by_role("searchbox").fill("")
    expect(made).to_have_count(1)
    assert not is_accepted(registry, first) and is_accepted(registry, second)
    console.page.get_by_label("Show revoked and expired too").check()
    expect(made.filter(has_text="Revoked")).to_have_count(1)
    assert console.page.evaluate("window.hurt") is None and console.violations() == []


def test_several_tokens_are_revoked_after_they_were_counted(console, registry):
    registry.call("POST", "/v1/organisations", {"id": "leaving", "name": "Leaving Ltd"})
    tokens = [make_token(registry, f"Leaving {number}", organisation="leaving")["token"] for number in range(3)]
    console.sign_in(registry.token("admin"))
    go(console, "Tokens")
    console.button("Revoke several").click()
    dialog = console.page.get_by_role("dialog")
    dialog.get_by_label("Tokens").select_option("leaving")
    expect(dialog).to_contain_text("This revokes 3 tokens.")
    assert all(is_accepted(registry, token) for token in tokens) and console.violations() == []
    console.confirm("Revoke")
    expect(dialog).to_contain_text("3 tokens are revoked.")
    assert not any(is_accepted(registry, token) for token in tokens)
    assert is_accepted(registry, registry.token("admin"))


def test_one_cannot_revoke_ones_own_token_by_mistake(console, registry):
    console.sign_in(registry.token("owner"))
    go(console, "Tokens")
    own = row(console, "Your token")
    expect(own).to_have_count(1)
    expect(own.get_by_role("button")).to_have_count(0)


def test_the_audit_trail_is_searched(console, registry):
    icc = registry.create_icc(name="Audited one")
    registry.call("PATCH", f"/v1/iccs/{icc['id']}", {"prefix": "traced/"}, registry.token("editor"))
    for role in ("admin", "auditor", "owner"):
        console.sign_in(registry.token(role)) if role == "admin" else sign_in_again(console, registry.token(role))
        go(console, "Audit trail")
        console.page.get_by_role("searchbox").fill("traced/")
        found = console.page.get_by_role("row").filter(has=console.page.locator("time"))
        expect(found).to_have_count(1)
        expect(found).to_contain_text("Changed")
        console.page.get_by_role("searchbox").fill("audited one")
        expect(found.filter(has_text="Created")).to_have_count(1)
        console.page.get_by_label("Kind of event").select_option("Deleted")
        expect(console.page.get_by_text("No matching events.")).to_be_visible()
    assert console.violations() == []


def sign_in_again(console, token):
    console.button("Sign out").click()
    console.page.get_by_label("Token").fill(token)
    console.button("Sign in").click()
    console.heading("Manage ICCs").wait_for()


def test_tokens_have_their_names_and_their_identifiers_on_hover(console, registry):
    icc = registry.create_icc(name="Named maker")
    editor = registry.call("GET", f"/v1/iccs/{icc['id']}")["createdBy"]
    console.sign_in(registry.token("owner")).select("Named maker")
    maker = console.page.get_by_title(editor).first
    expect(maker).to_have_text("browser tests: editor")
    console.tab("History")
    expect(console.page.get_by_role("list", name="History").get_by_title(editor)).to_have_text("browser tests: editor")


def test_import_jobs_are_shown_with_the_icc(console, registry):
    icc = registry.create_icc(name="In use now")
    registry.announce(icc["id"], "weekly", HOSTILE)
    registry.create_icc(name="Not in use")
    console.sign_in(registry.token("viewer")).select("In use now")
    expect(console.page.get_by_role("complementary")).to_contain_text(f"weekly {HOSTILE} until")
    console.select("Not in use")
    expect(console.page.get_by_role("complementary")).to_contain_text("None now")
    assert console.page.evaluate("window.hurt") is None


def test_screens_of_administrators_fit_a_phone(open_console, registry):
    console = open_console(390, 800)
    console.sign_in(registry.token("admin"))
    for screen in ("Organisations", "Tokens", "Audit trail"):
        go(console, screen)
        assert console.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), screen
        assert console.violations() == [], screen
