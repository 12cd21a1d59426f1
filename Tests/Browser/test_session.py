"""Tokens in the page: refused, revoked, forgotten; and actions that a role is not offered."""

import json

from playwright.sync_api import expect


def test_a_wrong_token_is_refused_with_a_reason(console, registry):
    console.open()
    token = console.page.get_by_label("Token")
    for text, reason in (("", "Enter your token"), ("iccr_short", "This token is incomplete"), (registry.wrong_token, "This token is not valid")):
        token.fill(text)
        console.button("Sign in").click()
        expect(console.page.get_by_role("status").filter(has_text=reason)).to_be_visible()
        expect(token).to_be_focused()


def test_a_revoked_token_leads_back_to_the_sign_in(console, registry):
    registry.create_icc(name="Behind the token")
    token = registry.token("editor", fresh=True)
    console.sign_in(token)
    console.search("Behind the token")
    registry.revoke(token)
    console.page.get_by_role("link", name="Behind the token").click()
    expect(console.page.get_by_text("no longer valid")).to_be_visible()
    assert console.page.evaluate("sessionStorage.length") == 0
    console.page.get_by_label("Token").fill(registry.token("editor"))
    console.button("Sign in").click()
    console.panel_heading("Behind the token").wait_for()


def fill(console, **values):
    for label, value in values.items():
        console.field(label.replace("_", " ")).fill(value)


def sign_in_again(console, token):
    console.page.get_by_label("Token").fill(token)
    console.button("Sign in").click()


def test_an_expired_token_keeps_what_was_typed_for_a_new_icc(console, registry):
    token = registry.expiring_token("editor")
    console.sign_in(token).open("#/new")
    fill(console, Name="Typed before", Session_Name="acme-import", Bucket_name="acme-data", Prefix="kept/")
    console.expire(token)
    console.button("Next").click()
    expect(console.page.get_by_text("Your token has expired.")).to_contain_text("Your unsaved input is kept.")
    expect(console.page.get_by_label("Token")).to_be_focused()
    assert "iccr_" not in console.page.evaluate("JSON.stringify(sessionStorage)")
    assert console.violations() == []
    sign_in_again(console, registry.token("editor"))
    expect(console.heading("Create new ICC")).to_be_focused()
    expect(console.page.get_by_text("Your earlier input is still here.")).to_be_visible()
    expect(console.field("Prefix")).to_have_value("kept/")
    console.button("Next").click()
    console.button("Submit").click()
    console.panel_heading("Typed before").wait_for()
    console.open("#/new")
    expect(console.field("Name")).to_have_value("")


def test_an_expired_token_keeps_what_was_typed_for_a_change(console, registry):
    registry.create_icc(name="Half changed", userArn="arn:aws:iam::111122223333:role/infosum-import")
    token = registry.expiring_token("editor")
    console.sign_in(token).select("Half changed")
    console.button("Edit").click()
    expect(console.field("Name")).to_be_focused()
    fill(console, Prefix="kept/")
    console.expire(token)
    console.button("Save").click()
    expect(console.page.get_by_text("Your token has expired.")).to_be_visible()
    sign_in_again(console, registry.token("editor"))
    console.panel_heading("Half changed").wait_for()
    expect(console.page.get_by_text("Not saved yet")).to_be_visible()
    expect(console.field("Prefix")).to_have_value("kept/")
    console.button("Save").click()
    expect(console.page.get_by_role("definition").filter(has_text="kept/")).to_be_visible()
    expect(console.panel_heading("Half changed")).to_be_focused()
    assert registry.find_icc("Half changed")["prefix"] == "kept/"


def test_what_was_typed_is_not_shown_to_the_next_user(console, registry):
    refused = console.switch("**/v1/iccs?dryRun=true", lambda route: route.fulfill(status=401, json={"code": "unauthenticated"}))
    console.sign_in(registry.token("editor")).open("#/new")
    fill(console, Name="Private")
    console.button("Sign out").click()
    sign_in_again(console, registry.token("editor"))
    console.page.get_by_role("link", name="Create new ICC").first.click()
    expect(console.field("Name")).to_have_value("")
    refused.is_on = True
    fill(console, Name="Private")
    console.button("Next").click()
    sign_in_again(console, registry.token("admin"))
    expect(console.field("Name")).to_have_value("")


def test_a_reload_keeps_what_was_typed(console, registry):
    registry.create_icc(name="Reloaded")
    console.sign_in(registry.token("editor")).open("#/new")
    fill(console, Name="Half typed", Prefix="kept/")
    console.page.reload()
    expect(console.field("Name")).to_have_value("Half typed")
    expect(console.field("Prefix")).to_have_value("kept/")
    console.page.get_by_role("link", name="Cancel").click()
    console.select("Reloaded")
    console.button("Edit").click()
    fill(console, Prefix="changed/")
    console.page.reload()
    expect(console.field("Prefix")).to_have_value("changed/")
    expect(console.page.get_by_text("Not saved yet")).to_be_visible()
    console.button("Sign out").click()
    assert console.page.evaluate("sessionStorage.length") == 0


def test_too_many_attempts_show_a_countdown(console, registry):
    console.page.route("**/v1/session", lambda route: route.fulfill(
        status=429, headers={"Retry-After": "2", "Content-Type": "application/problem+json"},
        body=json.dumps({"code": "too-many-requests", "title": "Too many failed attempts.", "status": 429, "detail": "Wait."})))
    console.open()
    console.stop_clock()
    sign_in_again(console, registry.wrong_token)
    timer = console.page.get_by_role("timer")
    expect(timer).to_have_text("Try again in 2 seconds.")
    console.pass_time(1)
    expect(timer).to_have_text("Try again in 1 second.")
    console.pass_time(1)
    expect(timer).to_have_text("You can try again now.")
    console.start_clock()
    assert console.violations() == []


def test_sign_out_forgets_the_token(console, registry):
    console.sign_in(registry.token("viewer"))
    console.button("Sign out").click()
    expect(console.page.get_by_text("You have signed out")).to_be_visible()
    assert console.page.evaluate("sessionStorage.length + localStorage.length + document.cookie.length") == 0
    console.page.reload()
    expect(console.page.get_by_label("Token")).to_be_visible()


def another_tab(console):
    other = console.page.context.new_page()
    other.goto(console.home)
    return other


def test_another_tab_shares_the_token_until_one_signs_out(console, registry):
    console.sign_in(registry.token("viewer"))
    other = another_tab(console)
    expect(other.get_by_role("heading", name="Manage ICCs")).to_be_visible()
    assert other.evaluate("localStorage.length + document.cookie.length") == 0
    other.get_by_role("button", name="Sign out", exact=True).click()
    for page in (console.page, other):
        expect(page.get_by_text("You have signed out")).to_be_visible()
        assert page.evaluate("sessionStorage.length + localStorage.length + document.cookie.length") == 0
    expect(another_tab(console).get_by_label("Token")).to_be_visible()


def test_a_closed_console_leaves_no_token_to_another_tab(console, registry):
    console.sign_in(registry.token("viewer"))
    other = console.page.context.new_page()
    console.page.close()
    other.goto(console.home)
    expect(other.get_by_label("Token")).to_be_visible()
    assert other.evaluate("sessionStorage.length + localStorage.length") == 0


def test_a_token_that_is_rotated_in_one_tab_is_rotated_in_all(console, registry):
    console.sign_in(registry.token("owner", fresh=True))
    other = another_tab(console)
    other.get_by_role("button", name="Your token").click()
    other.get_by_role("button", name="Rotate my token").click()
    expect(other.get_by_role("dialog")).to_contain_text("It is not shown again.")
    console.search("what nobody has")
    expect(console.page.get_by_text("No matching ICCs.")).to_be_visible()
    console.page.reload()
    expect(console.heading("Manage ICCs")).to_be_visible()


def test_a_viewer_is_offered_no_change(console, registry):
    registry.create_icc(name="Seen")
    console.sign_in(registry.token("viewer")).select("Seen")
    expect(console.page.get_by_role("link", name="Create new ICC")).to_have_count(0)
    for name in ("Edit", "Rotate External ID", "Disable", "Delete"):
        expect(console.button(name)).to_have_count(0)
    expect(console.page.get_by_role("tab")).to_have_text(["Set-up", "Details", "History"], use_inner_text=True)


def test_a_connector_is_offered_read_only_tabs(console, registry):
    registry.create_icc(name="Imported")
    console.sign_in(registry.token("connector")).select("Imported")
    expect(console.page.get_by_role("tab")).to_have_text(["Set-up", "Details"], use_inner_text=True)


def test_an_editor_is_offered_everything_except_the_organisation(console, registry):
    registry.create_icc(name="Edited")
    console.sign_in(registry.token("editor")).select("Edited")
    for name in ("Edit", "Rotate External ID", "Disable", "Delete"):
        expect(console.button(name)).to_be_visible()
    console.page.get_by_role("link", name="Create new ICC").click()
    expect(console.page.get_by_label("Organisation")).to_have_count(0)


def test_an_administrator_creates_for_an_organisation(console, registry):
    registry.call("POST", "/v1/organisations", {"id": "acme", "name": "Acme Ltd"})
    console.sign_in(registry.token("admin")).open("#/new")
    fill(console, Name="For Acme", Session_Name="acme-import", Bucket_name="acme-data")
    organisation = console.page.get_by_role("combobox", name="Organisation")
    organisation.fill("nobody")
    assert "acme" in console.page.locator("datalist option").evaluate_all("all => all.map((one) => one.value)")
    console.button("Next").click()
    expect(organisation).to_be_focused()
    expect(organisation).to_have_attribute("aria-invalid", "true")
    organisation.fill("acme")
    console.button("Next").click()
    expect(console.page.get_by_role("definition").filter(has_text="acme").first).to_be_visible()
    console.button("Submit").click()
    console.panel_heading("For Acme").wait_for()
    expect(console.page.get_by_role("row", name="For Acme")).to_contain_text("acme")
    found = registry.call("GET", "/v1/iccs?organisation=acme")["items"]
    assert [icc["name"] for icc in found] == ["For Acme"]


def test_a_token_is_rotated_in_the_console(console, registry):
    old = registry.token("owner", fresh=True)
    console.sign_in(old)
    console.button("Your token").click()
    dialog = console.page.get_by_role("dialog", name="Your token")
    for text in ("owner", "default", "All"):
        expect(dialog.get_by_role("definition").filter(has_text=text).first).to_be_visible()
    assert console.violations() == []
    console.button("Rotate my token").click()
    expect(dialog).to_contain_text("It is not shown again.")
    new = dialog.locator("[data-value]").inner_text()
    console.button("Copy New token").click()
    assert console.clipboard() == new != old
    assert console.violations() == []
    for token, status in ((old, 401), (new, 200)):
        assert registry.process.call("GET", "/v1/session", token=token)[0] == status
    console.button("Close").click()
    console.page.reload()
    console.heading("Manage ICCs").wait_for()


def test_a_token_is_ended_in_the_console(console, registry):
    token = registry.token("connector", fresh=True)
    console.sign_in(token)
    console.button("Your token").click()
    console.button("Sign out and revoke it").click()
    expect(console.page.get_by_text("You have signed out, and your token is revoked.")).to_be_visible()
    assert registry.process.call("GET", "/v1/session", token=token)[0] == 401
    assert console.page.evaluate("sessionStorage.length") == 0


def test_a_monitor_sees_no_icc(console, registry):
    console.open()
    sign_in_again(console, registry.token("monitor"))
    expect(console.heading("No access to ICCs")).to_be_visible()
    expect(console.page.get_by_role("link", name="Manage ICCs")).to_have_count(0)
    console.button("Your token").click()
    expect(console.button("Rotate my token")).to_be_visible()
    assert console.violations() == []


def test_an_auditor_is_offered_no_change_and_an_owner_every_change(console, registry):
    registry.create_icc(name="Audited")
    for role, count in (("auditor", 0), ("owner", 1)):
        console.sign_in(registry.token(role)).select("Audited")
        for name in ("Edit", "Rotate External ID", "Disable", "Delete"):
            expect(console.button(name)).to_have_count(count)
        expect(console.page.get_by_role("tab")).to_have_text(["Set-up", "Details", "History"], use_inner_text=True)
        console.button("Sign out").click()


def test_a_connector_of_two_organisations_sees_both(console, registry):
    for organisation in ("left", "right", "third"):
        registry.call("POST", "/v1/organisations", {"id": organisation})
        registry.call("POST", "/v1/iccs", {
            "name": f"Of {organisation}", "connectorType": "s3-cross-account", "sessionName": "acme-import", "bucketName": "acme-data",
            "organisation": organisation})
    made = registry.call("POST", "/v1/tokens", {"name": "two", "role": "connector", "organisations": ["left", "right"]})
    console.sign_in(made["token"])
    expect(console.page.get_by_role("row", name="Of")).to_have_count(2)
    expect(console.page.locator(".identity")).to_have_text("left, right · connector")
    choice = console.page.get_by_role("combobox", name="Organisation")
    assert choice.locator("option").all_inner_texts() == ["All organisations", "left", "right"]
    choice.select_option("left")
    console.shows_list(organisation="left")
    expect(console.page.get_by_role("row", name="Of left")).to_be_visible()
    expect(console.page.get_by_role("row", name="Of right")).to_have_count(0)


def test_a_user_who_has_left_is_signed_out(console, registry):
    console.stop_clock()
    console.sign_in(registry.token("editor"))
    console.pass_time(28 * 60)
    console.page.keyboard.press("Shift")
    console.pass_time(28 * 60)
    expect(console.heading("Manage ICCs")).to_be_visible()
    console.pass_time(70)
    expect(console.page.get_by_role("dialog", name="Are you still there?")).to_be_visible()
    console.confirm("Stay signed in")
    console.pass_time(28 * 60)
    expect(console.heading("Manage ICCs")).to_be_visible()
    console.pass_time(3 * 60)
    expect(console.page.get_by_text("You were signed out after 30 minutes without activity.")).to_be_visible()
    expect(console.page.get_by_label("Token")).to_be_focused()
    assert console.page.evaluate("sessionStorage.getItem('icc-registry.token')") is None
    expect(console.page.get_by_role("dialog")).to_have_count(0)
