"""A browser for the tests of the console. Nothing leaves this machine."""

import pathlib

import axe_playwright_python
import pytest
from playwright.sync_api import sync_playwright

from console import Console
from registry_for_people import PeoplesRegistry

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def registry(binary, tmp_path_factory):
    """One registry for all these tests: each makes its own ICCs in it."""
    people = PeoplesRegistry(binary, tmp_path_factory.mktemp("registry"))
    yield people
    assert people.process.stop() == 0, people.process.log_text()


@pytest.fixture
def open_console(browser, registry):
    """Opens the console in a context of its own, with a size and a colour scheme; watches it to the end."""
    opened = []

    def open_one(width=1280, height=800, scheme="light", at=registry):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(8000)
        console = Console(context.new_page(), at, AXE)
        opened.append((context, console))
        return console

    yield open_one
    for context, console in opened:
        context.close()
        assert console.complaints == []
        assert console.strangers == []


@pytest.fixture
def console(open_console):
    return open_console()
