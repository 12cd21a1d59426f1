"""The list, and values that want to be more than text."""

import re

import pytest
from playwright.sync_api import expect

HOSTILE = [
    "<script>window.hurt = 1</script>",
    "\"'><img src=x onerror=\"window.hurt = 1\">",
    "${7*7} {{7*7}} javascript:alert(1)",
    "🦊 naïve 漢字 ‮esrever",
    "n" * 128,
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_values_are_text(console, registry, name):
    registry.create_icc(name=name, prefix="<b onclick=alert(1)>/")
    console.sign_in(registry.token("editor"))
    console.select(name)
    for tab in ("Set-up", "History", "Details"):
        console.tab(tab)
    assert console.page.evaluate("window.hurt") is None
    assert console.page.locator("main b, main script").count() == 0
    console.button("Delete").click()
    expect(console.page.get_by_role("dialog")).to_contain_text(name)
    assert console.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_search_status_and_pages(console, registry):
    for number in range(30):
        registry.create_icc(name=f"Paged {number:02}")
    console.sign_in(registry.token("editor"))
    search = console.page.get_by_role("searchbox")
    search.fill("paged")
    expect(console.page).to_have_url(re.compile("name=paged"))
    rows = console.page.get_by_role("row")
    expect(rows.nth(1)).to_contain_text("Paged 00")
    expect(rows).to_have_count(26)
    console.button("Next").click()
    expect(rows).to_have_count(6)
    console.button("Previous").click()
    expect(rows).to_have_count(26)
    search.fill("paged 17")
    expect(rows).to_have_count(2)
    console.page.get_by_label("Status").select_option("verified")
    expect(console.page.get_by_text("No ICC matches.")).to_be_visible()


def test_a_link_opens_the_panel_again_after_a_reload(console, registry):
    registry.create_icc(name="Linked")
    console.sign_in(registry.token("editor")).select("Linked")
    console.tab("History")
    console.page.reload()
    console.panel_heading("Linked").wait_for()
    expect(console.page.get_by_role("tab", name="History")).to_have_attribute("aria-selected", "true")
