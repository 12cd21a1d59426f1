"""The console in forced colours, with text of twice the size, on paper, and with errors that need no colour."""

import pathlib
import re

import pytest
from playwright.sync_api import expect

ROLE = "arn:aws:iam::111122223333:role/infosum-import"
STYLES = pathlib.Path(__file__).resolve().parents[2] / "Sources/Console/Files/style"


def border(element):
    return element.evaluate("(one) => { const style = getComputedStyle(one); return [style.borderBottomWidth, style.borderBottomColor]; }")


def test_what_is_selected_shows_in_forced_colours(console, registry):
    registry.create_icc(name="Forced", userArn=ROLE)
    console.page.emulate_media(forced_colors="active")
    console.sign_in(registry.token("editor")).select("Forced")
    tabs = [border(console.page.get_by_role("tab", name=name)) for name in ("Details", "History")]
    assert tabs[0][0] == "4px" and tabs[0] != tabs[1]
    cell = console.page.locator("tr.selected td").first
    assert border(cell)[0] == "2px"
    assert console.violations() == []


def test_an_error_is_named_and_has_a_thick_border_in_forced_colours(console, registry):
    console.page.emulate_media(forced_colors="active")
    console.sign_in(registry.token("editor")).open("#/new")
    console.field("Session Name").fill("two words")
    console.field("Session Name").blur()
    expect(console.note("Session Name")).to_contain_text("Error: A session name cannot contain a space.")
    expect(console.note("Session Name").locator("svg")).to_be_visible()
    widths = [border(console.field(label))[0] for label in ("Session Name", "Bucket name")]
    assert widths == ["3px", "1px"]
    console.field("Session Name").fill("acme-import")
    expect(console.note("Session Name")).not_to_contain_text("Error")


@pytest.mark.parametrize("width", [1600, 390])
def test_text_of_twice_the_size(open_console, registry, width):
    registry.create_icc(name=f"Large {width}", userArn=ROLE)
    console = open_console(width, 900)
    console.page.add_init_script("addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '200%')")
    console.sign_in(registry.token("editor"))
    console.select(f"Large {width}")
    heading = console.panel_heading(f"Large {width}")
    assert heading.evaluate("(one) => getComputedStyle(one).fontSize") == "34px"
    assert console.button("Edit").evaluate("(one) => getComputedStyle(one).fontSize") == "28px"
    assert console.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("style", sorted(STYLES.glob("*.css")), ids=lambda path: path.name)
def test_no_size_of_text_is_in_pixels(style):
    assert re.findall(r"(?:font|font-size|line-height):[^;}]*\dpx[^;}]*", style.read_text()) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_the_contrast_of_the_highest_level(open_console, registry, scheme):
    registry.create_icc(name=f"Contrast {scheme}", userArn=ROLE)
    console = open_console(1600, 900, scheme)
    console.sign_in(registry.token("editor")).select(f"Contrast {scheme}")
    for tab in ("Details", "Set-up", "Verify", "History"):
        console.tab(tab)
        console.page.wait_for_load_state("networkidle")
        console.page.evaluate(console.axe)
        found = console.page.evaluate("axe.run(document, {runOnly: ['color-contrast-enhanced']})")
        assert [(node["html"][:120], node["any"][0]["message"]) for entry in found["violations"] for node in entry["nodes"]] == [], tab


def test_a_phone_with_an_open_panel_keeps_the_heading_and_the_navigation(open_console, registry):
    registry.create_icc(name="Covered", userArn=ROLE)
    console = open_console(390, 800)
    console.sign_in(registry.token("editor")).select("Covered")
    expect(console.heading("Manage ICCs")).to_be_attached()
    outline = console.page.locator("body").aria_snapshot()
    assert 'heading "Manage ICCs" [level=1]' in outline and 'heading "Covered" [level=2]' in outline
    assert 'navigation "Main"' in outline and 'table "ICCs"' not in outline
    assert console.violations() == []


def test_paper_has_the_content_and_no_controls(console, registry):
    registry.create_icc(name="On paper", userArn=ROLE)
    console.sign_in(registry.token("editor")).select("On paper")
    console.page.emulate_media(media="print")
    expect(console.panel_heading("On paper")).to_be_visible()
    expect(console.page.get_by_text(ROLE).first).to_be_visible()
    for control in (console.button("Edit"), console.page.get_by_role("searchbox"), console.page.get_by_role("tablist").first):
        expect(control).to_be_hidden()
    panel = console.page.get_by_role("complementary")
    assert panel.evaluate("(one) => [getComputedStyle(one).position, getComputedStyle(one).overflowY]") == ["static", "visible"]
    console.page.emulate_media(media="screen")


def test_the_bar_shows_every_screen_with_a_large_size_of_text(open_console, launch, registry):
    """A size that the user sets in the browser: 1024 px then have the room of 512."""
    console = open_console(1024, 768, inside=launch("--blink-settings=defaultFontSize=32"))
    console.sign_in(registry.token("admin"))
    hidden = console.page.evaluate("() => { const nav = document.querySelector('.bar nav'); return nav.scrollWidth - nav.clientWidth; }")
    assert hidden == 0
