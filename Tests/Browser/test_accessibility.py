"""No violation that axe knows of, on every screen, in light and in dark; and nothing wider than the window."""

import os
import pathlib

import pytest

SHOTS = os.environ.get("CONSOLE_SCREENSHOTS")


def look(console, name, width):
    if SHOTS:
        console.page.screenshot(path=pathlib.Path(SHOTS) / f"{width}-{name}.png")
    assert console.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert console.violations() == [], name


@pytest.mark.parametrize(
    "width, height, scheme", [(360, 740, "light"), (1024, 768, "light"), (1600, 1000, "dark"), (1600, 1000, "light")]
)
def test_every_screen(open_console, registry, width, height, scheme):
    name = f"Looked at {width} {scheme}"
    registry.create_icc(name=name, prefix="exports")
    console = open_console(width, height, scheme).open()
    console.page.get_by_label("Token").wait_for()
    look(console, "sign-in", width)
    console.sign_in(registry.token("editor"))
    look(console, "list", width)
    console.select(name)
    look(console, "details", width)
    console.button("Rotate External ID").click()
    look(console, "dialog", width)
    console.confirm("Begin rotation")
    console.button("Complete rotation").wait_for()
    look(console, "rotation", width)
    console.tab("Set-up")
    console.button("Copy Trust policy").wait_for()
    look(console, "set-up", width)
    console.tab("History")
    console.page.get_by_text("Rotation begun").wait_for()
    look(console, "history", width)
    console.tab("Details")
    console.button("Edit").click()
    console.field("Session Name").fill("two words")
    look(console, "edit", width)
    console.open("#/new")
    console.button("Next").click()
    console.page.locator(".wrong").first.wait_for()
    look(console, "create", width)
