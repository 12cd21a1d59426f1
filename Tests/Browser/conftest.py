"""A browser for the tests of the console. Nothing leaves this machine."""

import pathlib

import axe_playwright_python
import pytest
from playwright.sync_api import expect, sync_playwright

from console import Console
from ministack import ministack  # noqa: F401 (a fixture)
from registry_for_people import PeoplesRegistry

# How long a state may take to come. A busy machine needs more than Playwright's 5 seconds; a test that passes never waits for it.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)
AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


@pytest.fixture(scope="session")
def launch():
    """Starts browsers with further options: Chromium without the windows around it, which takes half of its processor time."""
    with sync_playwright() as playwright:
        yield lambda *options: playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox", *options])


@pytest.fixture(scope="session")
def browser(launch):
    return launch()


@pytest.fixture(scope="session")
def registry(binary, tmp_path_factory):
    """One registry for all these tests; each test creates its own ICCs in it."""
    people = PeoplesRegistry(binary, tmp_path_factory.mktemp("registry"))
    yield people
    assert people.process.stop() == 0, people.process.log_text()


@pytest.fixture
def open_console(browser, registry):
    """Opens the console in a new browser context with a size, a colour scheme and what a browser has kept, and checks at the end what it logged."""
    opened = []

    def open_one(width=1280, height=800, scheme="light", at=registry, state=None, inside=browser):
        context = inside.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            storage_state=state,
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(PATIENCE_MS)
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
