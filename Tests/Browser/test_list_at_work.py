"""The list at work: its width, counts, pages in the address, times, and actions on several ICCs."""

import re

from playwright.sync_api import expect


def box(console, selector):
    return console.page.locator(selector).bounding_box()


def test_the_list_has_the_full_width_until_an_icc_is_selected(open_console, registry):
    registry.create_icc(name="Wide")
    console = open_console(1600, 900).sign_in(registry.token("viewer"))
    assert box(console, ".listing")["width"] > 1500
    console.select("Wide")
    assert box(console, ".listing")["width"] < 1100 and box(console, ".panel")["width"] > 470
    console.button("Close details").click()
    expect(console.page.get_by_role("complementary")).to_be_hidden()
    assert box(console, ".listing")["width"] > 1500


def test_the_page_is_in_the_address(console, registry):
    for number in range(60):
        registry.create_icc(name=f"Addressed {number:02}")
    rows = console.page.get_by_role("row")
    console.sign_in(registry.token("viewer")).search("addressed")
    console.button("Next").click()
    expect(rows.nth(1)).to_contain_text("Addressed 34")
    assert "page=2" in console.page.url and console.page.evaluate("scrollY") == 0
    console.button("Next").click()
    expect(rows.nth(1)).to_contain_text("Addressed 09")
    console.page.go_back()
    expect(rows.nth(1)).to_contain_text("Addressed 34")
    console.page.go_back()
    expect(rows.nth(1)).to_contain_text("Addressed 59")
    console.page.go_forward()
    expect(rows.nth(1)).to_contain_text("Addressed 34")
    console.page.reload()
    expect(rows.nth(1)).to_contain_text("Addressed 34")
    console.button("Previous").click()
    expect(rows.nth(1)).to_contain_text("Addressed 59")


def test_a_page_beyond_the_end_is_the_last_one(console, registry):
    for number in range(30):
        registry.create_icc(name=f"Beyond {number:02}")
    console.sign_in(registry.token("viewer"))
    for page in ("2", "9", "99"):
        console.open(f"#/iccs?q=beyond&page={page}")
        console.page.reload()
        expect(console.page.get_by_role("row").nth(1)).to_contain_text("Beyond 04")
        expect(console.page.get_by_role("row")).to_have_count(6)
        console.page.wait_for_url(re.compile("page=2$"))
    console.open("#/iccs?q=beyond&page=-1")
    expect(console.page.get_by_role("row").nth(1)).to_contain_text("Beyond 29")


def test_a_filter_starts_at_the_first_page(console, registry):
    for number in range(60):
        registry.create_icc(name=f"Refiltered x-{number:02}")
    console.sign_in(registry.token("viewer")).open("#/iccs?q=refiltered&page=3")
    expect(console.page.get_by_role("row").nth(1)).to_contain_text("Refiltered x-09")
    console.search("x-1")
    expect(console.page.get_by_role("row").nth(1)).to_contain_text("Refiltered x-19")
    assert "page=" not in console.page.url


def test_the_counts_lead_to_the_iccs_of_a_status(console, registry):
    registry.create_icc(name="Counted draft")
    console.sign_in(registry.token("editor"))
    expected = registry.call("GET", "/v1/iccs?limit=1&counts=true", token=registry.token("editor"))["counts"]
    counts = console.page.get_by_role("list", name="ICCs by status")
    expect(counts.get_by_role("link")).to_have_count(6)
    expect(counts.get_by_role("link", name=f"{expected['draft']:,} Draft")).to_be_visible()
    expect(counts.get_by_role("link", name=f"{sum(expected.values()):,} All")).to_have_attribute("aria-current", "true")
    counts.get_by_role("link", name="Insecure").click()
    console.shows_list(status="insecure")
    expect(console.page.get_by_text("No matching ICCs.")).to_be_visible()
    expect(counts.get_by_role("link", name="Insecure")).to_be_focused()
    expect(console.page.get_by_label("Status", exact=True)).to_have_value("insecure")
    assert console.violations() == []


def test_times_are_relative_and_name_their_zone(console, registry):
    registry.create_icc(name="Timed")
    console.sign_in(registry.token("viewer")).search("timed")
    shown = console.page.get_by_role("row").nth(1).locator("time")
    expect(shown).to_have_text(re.compile("^(a moment|[12] minutes?) ago$"))
    assert re.fullmatch(r"\d+ \w+ \d{4} at \d\d:\d\d:\d\d (UTC|GMT.*|[A-Z]{2,5})", shown.get_attribute("title"))
    console.page.clock.set_fixed_time("2036-01-01T00:00:00Z")
    console.page.reload()
    expect(shown).to_have_text(re.compile(r"^\d+ years ago$"))


def pick(console, name):
    console.page.get_by_role("checkbox", name=f"Select {name}", exact=True).check()


def state(registry, id):
    return registry.call("GET", f"/v1/iccs/{id}", token=registry.token("editor"))


def test_several_are_disabled_and_those_that_fail_stay_selected(console, registry):
    free, used, changed = (registry.create_icc(name=f"Several {kind}") for kind in ("free", "used", "changed"))
    registry.announce(used["id"], "nightly", "The nightly import")
    console.sign_in(registry.token("editor")).search("several")
    console.page.get_by_role("checkbox", name="Select all on this page").check()
    group = console.page.get_by_role("group", name="Selected ICCs")
    expect(group).to_contain_text("3 selected")
    registry.call("PATCH", f"/v1/iccs/{changed['id']}", {"prefix": "elsewhere/"}, registry.token("editor"))
    assert console.violations() == []
    group.get_by_role("button", name="Disable").click()
    expect(console.page.get_by_role("dialog")).to_contain_text("Several used")
    assert console.violations() == []
    console.confirm("Disable 3 ICCs")
    failed = console.page.get_by_role("list", name="Failed")
    expect(failed.get_by_role("listitem")).to_have_count(2)
    expect(failed).to_contain_text("Several used: Import jobs use it: nightly.")
    expect(failed).to_contain_text("It has changed since the list was loaded")
    expect(console.page.get_by_text("Warning: 1 disabled, 2 failed")).to_be_visible()
    expect(group).to_contain_text("2 selected")
    assert console.violations() == []
    assert [state(registry, icc["id"])["enabled"] for icc in (free, used, changed)] == [False, True, True]
    expect(console.page.get_by_role("row", name=re.compile("Several free")).first).to_contain_text("Disabled")


def test_several_are_enabled_and_those_that_are_enabled_are_left(console, registry):
    icc = registry.create_icc(name="Again off")
    registry.create_icc(name="Again on")
    registry.call("POST", f"/v1/iccs/{icc['id']}/disable", token=registry.token("editor"))
    console.sign_in(registry.token("editor")).search("again o")
    for name in ("Again off", "Again on"):
        pick(console, name)
    console.page.get_by_role("group", name="Selected ICCs").get_by_role("button", name="Enable").click()
    console.confirm("Enable 2 ICCs")
    result = console.page.get_by_role("status").filter(has_text="1 already enabled.")
    expect(result).to_contain_text("1 enabled")
    assert state(registry, icc["id"])["enabled"]
    expect(console.page.get_by_role("group", name="Selected ICCs")).to_be_hidden()


def test_a_selection_holds_over_pages_and_rotates(console, registry):
    for number in range(30):
        registry.create_icc(name=f"Turned {number:02}", userArn="arn:aws:iam::111122223333:role/turned")
    console.sign_in(registry.token("editor")).search("turned")
    pick(console, "Turned 29")
    console.button("Next").click()
    expect(console.page.get_by_role("row")).to_have_count(6)
    pick(console, "Turned 00")
    group = console.page.get_by_role("group", name="Selected ICCs")
    expect(group).to_contain_text("2 selected")
    group.get_by_role("button", name="Rotate").click()
    console.confirm("Rotate 2 ICCs")
    expect(console.page.get_by_text("2 being rotated").first).to_be_visible()
    for name in ("Turned 29", "Turned 00"):
        assert state(registry, registry.find_icc(name)["id"])["pendingExternalId"]


def test_stopping_leaves_the_rest_selected(console, registry):
    for number in range(4):
        registry.create_icc(name=f"Halted {number}")
    held = []
    console.page.route("**/v1/iccs/*/disable*", lambda route: held.append(route))
    console.sign_in(registry.token("editor")).search("halted")
    console.page.get_by_role("checkbox", name="Select all on this page").check()
    console.page.get_by_role("group", name="Selected ICCs").get_by_role("button", name="Disable").click()
    console.confirm("Disable 4 ICCs")
    console.button("Stop").click()
    console.until(lambda: held, "the first request")
    held[0].continue_()
    result = console.page.get_by_role("status").filter(has_text="3 not tried, because you stopped.")
    expect(result).to_contain_text("1 disabled")
    assert len(held) == 1
    expect(console.page.get_by_role("group", name="Selected ICCs")).to_contain_text("3 selected")


def test_a_viewer_selects_nothing(console, registry):
    registry.create_icc(name="Only seen")
    console.sign_in(registry.token("viewer")).search("only seen")
    expect(console.page.get_by_role("row")).to_have_count(2)
    expect(console.page.get_by_role("checkbox", name="Select Only seen")).to_have_count(0)
