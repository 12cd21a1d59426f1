"""Tokens in the page: refused, revoked, forgotten; and what a role is not offered."""

from playwright.sync_api import expect


def test_a_wrong_token_is_refused_with_a_reason(console, registry):
    console.open()
    token = console.page.get_by_label("Token")
    for text, reason in (("", "Enter your token"), ("iccr_short", "not a whole token"), (registry.wrong_token, "not accepted")):
        token.fill(text)
        console.button("Sign in").click()
        expect(console.page.get_by_role("status").filter(has_text=reason)).to_be_visible()
        expect(token).to_be_focused()


def test_a_revoked_token_leads_back_to_the_sign_in(console, registry):
    registry.create_icc(name="Behind the token")
    token = registry.token("editor", fresh=True)
    console.sign_in(token)
    console.page.get_by_role("searchbox").fill("Behind the token")
    link = console.page.get_by_role("link", name="Behind the token")
    link.wait_for()
    registry.revoke(token)
    link.click()
    expect(console.page.get_by_text("no longer accepted")).to_be_visible()
    assert console.page.evaluate("sessionStorage.length") == 0
    console.page.get_by_label("Token").fill(registry.token("editor"))
    console.button("Sign in").click()
    console.panel_heading("Behind the token").wait_for()


def test_sign_out_forgets_the_token(console, registry):
    console.sign_in(registry.token("viewer"))
    console.button("Sign out").click()
    expect(console.page.get_by_text("You have signed out")).to_be_visible()
    assert console.page.evaluate("sessionStorage.length + localStorage.length + document.cookie.length") == 0
    console.page.reload()
    expect(console.page.get_by_label("Token")).to_be_visible()


def test_a_viewer_is_offered_no_change(console, registry):
    registry.create_icc(name="Seen")
    console.sign_in(registry.token("viewer")).select("Seen")
    expect(console.page.get_by_role("link", name="Create new ICC")).to_have_count(0)
    for name in ("Edit", "Rotate External ID", "Disable", "Delete"):
        expect(console.button(name)).to_have_count(0)
    expect(console.page.get_by_role("tab")).to_have_text(["Details", "Set-up", "Check my policy", "Verify", "History"], use_inner_text=True)


def test_a_connector_is_offered_reading_alone(console, registry):
    registry.create_icc(name="Imported")
    console.sign_in(registry.token("connector")).select("Imported")
    expect(console.page.get_by_role("tab")).to_have_text(["Details", "Set-up"], use_inner_text=True)
