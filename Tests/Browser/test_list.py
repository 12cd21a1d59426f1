"""The list, and hostile values."""

import pytest
from playwright.sync_api import expect

HOSTILE = [
    "<script>window.hurt = 1</script>",
    "\"'><img src=x onerror=\"window.hurt = 1\">",
    "${7*7} {{7*7}} javascript:alert(1)",
    "🦊 naïve 漢字",
    "n" * 128,
    "gnp.exe \u0627\u0644",
    "&lt;b&gt; </textarea></script>",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_values_are_shown_as_text(console, registry, name):
    registry.create_icc(name=name, prefix="<b onclick=alert(1)>/")
    console.sign_in(registry.token("editor"))
    console.select(name)
    for tab in ("Set-up", "Check my policy", "Verify", "History", "Details"):
        console.tab(tab)
    assert console.page.evaluate("window.hurt") is None
    assert console.page.locator("main b, main script").count() == 0
    console.button("Delete").click()
    expect(console.page.get_by_role("dialog")).to_contain_text(name)
    assert console.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_search_status_and_pages(console, registry):
    for number in range(60):
        registry.create_icc(name=f"Paged no-{number:02}")
    console.sign_in(registry.token("editor"))
    console.search("paged")
    rows = console.page.get_by_role("row")
    seen = []
    for page, (size, direction) in enumerate([(25, "Next"), (25, "Next"), (10, "Previous")], 1):
        expect(console.page.get_by_role("status").filter(has_text=f"Page {page}, {size} ICCs")).to_be_visible()
        expect(rows).to_have_count(size + 1)
        seen += console.page.get_by_role("row").get_by_role("link").all_inner_texts()
        console.page.keyboard.press("Tab")
        console.button(direction).focus()
        console.page.keyboard.press("Enter")
    assert seen == [f"Paged no-{number:02}" for number in reversed(range(60))]
    expect(rows).to_have_count(26)
    expect(console.button("Previous")).to_be_focused()
    console.search("paged no-17")
    expect(rows).to_have_count(2)
    console.page.get_by_label("Status", exact=True).select_option("verified")
    console.shows_list(status="verified")
    expect(console.page.get_by_text("No matching ICCs.")).to_be_visible()
    console.page.get_by_role("link", name="Show all ICCs").press("Enter")
    expect(console.heading("Manage ICCs")).to_be_focused()


def test_a_new_icc_is_first_and_stays_first(console, registry):
    first = registry.create_icc(name="Many 00")
    for number in range(1, 27):
        registry.create_icc(name=f"Many {number:02}")
    console.sign_in(registry.token("editor")).open(f"#/iccs?q=many&icc={first['id']}")
    console.panel_heading("Many 00").wait_for()
    links = console.page.get_by_role("row").get_by_role("link")
    for _ in range(2):
        expect(links.first).to_have_text("Many 26")
        expect(links).to_have_count(25)
        console.page.reload()
        console.panel_heading("Many 00").wait_for()
    console.open("#/new")
    for label, value in (("Name", "Many 27"), ("Session Name", "acme-import"), ("Bucket name", "acme-data")):
        console.field(label).fill(value)
    console.button("Next").click()
    console.button("Submit").click()
    console.panel_heading("Many 27").wait_for()
    for _ in range(2):
        expect(links.first).to_have_text("Many 27")
        expect(links.first).to_have_attribute("aria-current", "true")
        console.page.reload()
        console.panel_heading("Many 27").wait_for()


def test_a_link_opens_the_panel_again_after_a_reload(console, registry):
    registry.create_icc(name="Linked")
    console.sign_in(registry.token("editor")).select("Linked")
    console.tab("History")
    console.page.reload()
    console.panel_heading("Linked").wait_for()
    expect(console.page.get_by_role("tab", name="History")).to_have_attribute("aria-selected", "true")


def test_an_administrator_lists_one_organisation(console, registry):
    registry.call("POST", "/v1/organisations", {"id": "chosen", "name": "Chosen Ltd"})
    values = {"connectorType": "s3-cross-account", "sessionName": "acme-import", "bucketName": "acme-data"}
    registry.call("POST", "/v1/iccs", values | {"name": "Choice of theirs", "organisation": "chosen"})
    registry.create_icc(name="Choice of ours")
    console.sign_in(registry.token("admin")).search("choice of")
    rows = console.page.get_by_role("row")
    expect(rows).to_have_count(3)
    organisation = console.page.get_by_label("Organisation")
    organisation.select_option("Chosen Ltd (chosen)")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text("Choice of theirs")
    console.page.reload()
    expect(rows.nth(1)).to_contain_text("Choice of theirs")
    expect(rows).to_have_count(2)
    expect(organisation).to_have_value("chosen")
    assert console.violations() == []


def test_an_editor_has_no_organisation_filter(console, registry):
    console.sign_in(registry.token("editor"))
    expect(console.page.get_by_label("Status", exact=True)).to_be_visible()
    expect(console.page.get_by_label("Organisation")).to_have_count(0)


def test_a_double_click_turns_one_page(console, registry):
    for number in range(60):
        registry.create_icc(name=f"Twice {number:02}")
    console.sign_in(registry.token("editor")).search("twice")
    expect(console.page.get_by_role("row").nth(1)).to_contain_text("Twice 59")
    console.button("Next").evaluate("(button) => { button.click(); button.click(); }")
    expect(console.page.get_by_role("status").filter(has_text="Page 2, 25 ICCs")).to_be_visible()
    expect(console.page.get_by_role("row").nth(1)).to_contain_text("Twice 34")


def test_the_page_title_names_the_screen(console, registry):
    console.open()
    expect(console.page).to_have_title("Sign in · ICC registry")
    registry.create_icc(name="Entitled")
    console.sign_in(registry.token("editor"))
    expect(console.page).to_have_title("Manage ICCs · ICC registry")
    console.select("Entitled")
    expect(console.page).to_have_title("Entitled · Details · ICC registry")
    console.tab("History")
    expect(console.page).to_have_title("Entitled · History · ICC registry")
    console.button("Close details").click()
    expect(console.page).to_have_title("Manage ICCs · ICC registry")
    console.open("#/new")
    expect(console.page).to_have_title("Create new ICC · ICC registry")


def test_the_search_finds_what_people_paste(console, registry):
    icc = registry.create_icc(name="Pasted", description="Quarterly invoices", prefix="of-finance/",
                              userArn="arn:aws:iam::210987654321:role/team/finder")
    console.sign_in(registry.token("viewer"))
    for text in ("pasted", "INVOICES", "of-finance", "210987654321", "team/finder", icc["externalId"], icc["id"]):
        console.search(text)
        expect(console.page.get_by_role("row").nth(1)).to_contain_text("Pasted")
        expect(console.page.get_by_role("row")).to_have_count(2)


def test_the_list_is_sorted(console, registry):
    for name in ("Sorted b", "Sorted c", "Sorted a"):
        registry.create_icc(name=name)
    changed = registry.find_icc("Sorted c")["id"]
    registry.call("PATCH", f"/v1/iccs/{changed}", {"prefix": "new/"}, registry.token("editor"))
    console.sign_in(registry.token("viewer")).search("sorted")
    links = console.page.get_by_role("row").get_by_role("link")
    for order, names in (("By name", "abc"), ("Last changed first", "cab"), ("Oldest first", "bca"), ("Newest first", "acb")):
        console.page.get_by_label("Order").select_option(order)
        expect(links).to_have_text([f"Sorted {name}" for name in names])
    console.page.get_by_label("Order").select_option("By name")
    console.shows_list(order="name")
    console.page.reload()
    expect(links.first).to_have_text("Sorted a")
    expect(console.page.get_by_label("Order")).to_have_value("name")


@pytest.mark.parametrize("how", [{"modifiers": ["Control"]}, {"button": "middle"}], ids=["ctrl", "middle"])
def test_a_link_opens_in_a_new_tab_that_is_signed_in(console, registry, how):
    name = f"Opened apart {len(how)} {'button' in how}"
    registry.create_icc(name=name)
    console.sign_in(registry.token("viewer")).search(name)
    with console.page.context.expect_page() as opened:
        console.page.get_by_role("link", name=name, exact=True).click(**how)
    expect(opened.value.get_by_role("complementary").get_by_role("heading", name=name)).to_be_visible()
    expect(console.panel_heading(name)).to_have_count(0)


def test_selecting_text_in_a_row_opens_nothing(console, registry):
    registry.create_icc(name="Selected text", bucketName="selected-bucket")
    console.sign_in(registry.token("viewer")).search("selected-bucket")
    cell = console.page.get_by_role("cell", name="selected-bucket")
    box = cell.bounding_box()
    console.page.mouse.move(box["x"] + 14, box["y"] + box["height"] / 2)
    console.page.mouse.down()
    console.page.mouse.move(box["x"] + 80, box["y"] + box["height"] / 2, steps=4)
    console.page.mouse.up()
    assert console.page.evaluate("getSelection().toString()") != ""
    expect(console.panel_heading("Selected text")).to_have_count(0)
    assert "icc=" not in console.page.url
    cell.click()
    console.panel_heading("Selected text").wait_for()


def test_a_message_covers_no_button_of_a_phone(open_console, registry):
    registry.create_icc(name="In the hand")
    console = open_console(390, 500).sign_in(registry.token("editor"))
    console.select("In the hand")
    console.button("Copy External ID").click()
    message = console.page.locator(".toast.shown")
    expect(message).to_have_text("External ID copied")
    top = message.bounding_box()["y"]
    panel = console.page.get_by_role("complementary").bounding_box()
    assert panel["y"] + panel["height"] <= top
