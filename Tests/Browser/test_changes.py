"""Changes in the panel: rotation, editing in two tabs, disabling, deleting and restoring."""

from playwright.sync_api import expect


def shown(console, label):
    return console.page.locator(f'[data-value="{label}"]')


def test_rotation_from_begin_to_end(console, registry):
    registry.create_icc(name="Rotating")
    console.sign_in(registry.token("editor")).select("Rotating")
    first = shown(console, "External ID").inner_text()
    console.button("Rotate External ID").click()
    console.confirm("Start rotation")
    second = shown(console, "Pending External ID").inner_text()
    assert shown(console, "External ID").inner_text() == first != second

    console.tab("Set-up")
    console.step("Let InfoSum assume the role")
    policy = console.page.get_by_role("region", name="Trust policy")
    expect(policy).to_contain_text(first)
    expect(policy).to_contain_text(second)
    console.tab("Details")
    console.button("Complete rotation").click()
    console.confirm("Complete rotation")
    expect(shown(console, "External ID")).to_have_text(second)
    expect(shown(console, "Pending External ID")).to_have_count(0)
    expect(console.page.get_by_text("The rotation is complete")).to_be_visible()
    console.tab("History")
    expect(console.page.get_by_role("listitem").filter(has_text="Rotation completed")).to_be_visible()


def test_a_cancelled_rotation_leaves_the_id(console, registry):
    registry.create_icc(name="Cancelled")
    console.sign_in(registry.token("editor")).select("Cancelled")
    first = shown(console, "External ID").inner_text()
    console.button("Rotate External ID").click()
    console.confirm("Start rotation")
    console.button("Cancel rotation").click()
    console.confirm("Cancel rotation")
    expect(shown(console, "Pending External ID")).to_have_count(0)
    expect(shown(console, "External ID")).to_have_text(first)


def test_a_new_session_name_warns_of_the_trust_policy(console, registry):
    registry.create_icc(name="Renamed")
    console.sign_in(registry.token("editor")).select("Renamed")
    console.button("Edit").click()
    console.field("Session Name").fill("another-session")
    expect(console.page.get_by_text("This changes the trust policy")).to_be_visible()
    console.button("Save").click()
    expect(console.page.get_by_role("dialog")).to_contain_text("InfoSumImportConnector/another-session")
    console.confirm("Save")
    expect(console.page.get_by_text("Update the trust policy in AWS now")).to_be_visible()


def test_two_tabs_change_different_fields(open_console, registry):
    registry.create_icc(name="Shared")
    token = registry.token("editor")
    one, other = open_console().sign_in(token), open_console().sign_in(token)
    for console in (one, other):
        console.select("Shared")
        console.button("Edit").click()
    one.field("Prefix").fill("theirs/")
    one.button("Save").click()
    one.button("Edit").wait_for()
    other.field("Name").fill("Shared by two")
    other.button("Save").click()
    expect(other.page.get_by_text("This ICC has changed since you opened it")).to_be_visible()
    expect(other.page.get_by_role("row", name="Prefix")).to_contain_text("theirs/")
    other.button("Save my changes too").click()
    other.panel_heading("Shared by two").wait_for()
    assert registry.find_icc("Shared by two")["prefix"] == "theirs/"


def test_two_tabs_change_the_same_field(open_console, registry):
    registry.create_icc(name="Fought over")
    token = registry.token("editor")
    one, other = open_console().sign_in(token), open_console().sign_in(token)
    for console in (one, other):
        console.select("Fought over")
        console.button("Edit").click()
        console.field("Prefix").fill("one/" if console is one else "other/")
    one.button("Save").click()
    one.button("Edit").wait_for()
    other.button("Save").click()
    expect(other.button("Overwrite with my changes")).to_be_visible()
    other.button("Discard my changes").click()
    expect(other.page.get_by_role("definition").filter(has_text="one/")).to_be_visible()
    assert registry.find_icc("Fought over")["prefix"] == "one/"


def test_an_action_on_a_stale_view_is_refused(open_console, registry):
    registry.create_icc(name="Stale")
    token = registry.token("editor")
    one, other = open_console().sign_in(token), open_console().sign_in(token)
    one.select("Stale")
    other.select("Stale")
    one.button("Disable").click()
    one.confirm("Disable")
    one.button("Enable").wait_for()
    other.button("Rotate External ID").click()
    other.confirm("Start rotation")
    expect(other.page.get_by_text("This ICC has changed since you opened it")).to_be_visible()
    assert registry.find_icc("Stale")["pendingExternalId"] is None


def test_delete_and_restore(console, registry):
    registry.create_icc(name="Passing")
    console.sign_in(registry.token("editor")).select("Passing")
    external_id = shown(console, "External ID").inner_text()
    console.button("Delete").click()
    console.confirm("Delete")
    expect(console.page.get_by_role("link", name="Passing", exact=True)).to_have_count(0)
    console.page.get_by_label("Deleted").check()
    console.shows_list(deleted="true")
    console.select("Passing")
    console.button("Restore").click()
    console.button("Disable").wait_for()
    expect(shown(console, "External ID")).to_have_text(external_id)
    expect(console.page.get_by_label("Deleted")).not_to_be_checked()


def test_a_double_click_acts_once(console, registry):
    icc = registry.create_icc(name="Pressed twice")
    registry.call("POST", f"/v1/iccs/{icc['id']}/disable", token=registry.token("editor"))
    console.sign_in(registry.token("editor")).select("Pressed twice")
    console.button("Enable").evaluate("(button) => { button.click(); button.click(); }")
    console.button("Disable").wait_for()
    console.page.wait_for_load_state("networkidle")
    expect(console.page.get_by_text("This ICC has changed since you opened it")).to_have_count(0)
    assert registry.find_icc("Pressed twice")["version"] == 3


def test_a_deleted_icc_offers_no_rotation(console, registry):
    icc = registry.create_icc(name="Turned and gone")
    for method, path in (("POST", "/external-id/rotate"), ("DELETE", "")):
        registry.call(method, f"/v1/iccs/{icc['id']}{path}", token=registry.token("editor"))
    console.sign_in(registry.token("editor")).open(f"#/iccs?icc={icc['id']}")
    expect(console.button("Restore")).to_be_visible()
    expect(shown(console, "Pending External ID")).to_be_visible()
    for name in ("Complete rotation", "Cancel rotation", "Rotate External ID"):
        expect(console.button(name)).to_have_count(0)


def test_a_link_to_a_deleted_icc_says_that_it_is_deleted(console, registry):
    icc = registry.create_icc(name="Linked and gone")
    registry.call("DELETE", f"/v1/iccs/{icc['id']}", token=registry.token("editor"))
    console.sign_in(registry.token("viewer")).open(f"#/iccs?icc={icc['id']}")
    console.panel_heading("Linked and gone").wait_for()
    expect(console.page.get_by_role("complementary")).to_contain_text("Deleted on")
    console.open(f"#/iccs?icc={icc['id'][:-1]}{'0' if icc['id'][-1] != '0' else '1'}")
    expect(console.page.get_by_text("It does not exist, or your token has no access to it.")).to_be_visible()


def test_the_actions_need_no_scrolling(open_console, registry):
    registry.create_icc(name="At hand", userArn="arn:aws:iam::111122223333:role/at-hand")
    for width, height in ((1600, 900), (1024, 768), (390, 844)):
        console = open_console(width, height).sign_in(registry.token("editor"))
        console.select("At hand")
        for name in ("Edit", "Rotate External ID", "Disable", "Delete", "Copy External ID"):
            expect(console.button(name)).to_be_in_viewport(ratio=1)


def test_import_jobs_are_shown_before_they_are_broken(console, registry):
    icc = registry.create_icc(name="Busy")
    for key, text in (("job-7", "Weekly <b>import</b>"), ("job-8", "")):
        registry.announce(icc["id"], key, text)
    console.sign_in(registry.token("editor")).select("Busy")
    console.button("Edit").click()
    console.field("Prefix").fill("elsewhere/")
    console.button("Save").click()
    dialog = console.page.get_by_role("dialog", name="Import jobs use this ICC")
    expect(dialog).to_contain_text("job-7 Weekly <b>import</b>")
    expect(dialog).to_contain_text("job-8")
    assert console.violations() == []
    dialog.get_by_role("button", name="Cancel").click()
    console.button("Save").click()
    console.confirm("Save anyway")
    expect(console.page.get_by_role("definition").filter(has_text="elsewhere/")).to_be_visible()

    console.button("Disable").click()
    console.confirm("Disable")
    console.confirm("Disable anyway")
    expect(console.button("Enable")).to_be_visible()
