"""The first visit: few requests, few bytes, two round trips to the sign-in field, and something to see at once."""

import gzip
import re
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

LINKED = re.compile(r"(?:href|src)=\"([^\"#]+)\"")
LATENCY_MS = 400
MOST_REQUESTS, MOST_BYTES = 6, 60_000


def fetched(url, coding="identity", **others):
    fields = {"Accept-Encoding": coding} | others
    with urllib.request.urlopen(urllib.request.Request(url, headers=fields), timeout=10) as answer:
        return answer.read(), answer.headers


def packed(registry):
    """The addresses of the scripts and of the style sheet that the page names."""
    home = registry.url + "/console/"
    return [home + path for path in LINKED.findall(fetched(home)[0].decode()) if path != "icon.svg"]


def test_the_first_visit_needs_few_requests_and_few_bytes(console):
    asked, sizes = [], []
    network = console.page.context.new_cdp_session(console.page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": LATENCY_MS, "downloadThroughput": -1, "uploadThroughput": -1})
    network.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    console.open()
    expect(console.page.get_by_label("Token")).to_be_visible()
    console.page.wait_for_load_state("networkidle")
    assert len(asked) <= MOST_REQUESTS, asked
    assert len(sizes) == len(asked) and sum(sizes) <= MOST_BYTES, (sizes, asked)


def test_the_sign_in_field_needs_two_round_trips(console, registry):
    """Only the page, and what the page itself names, is answered: nothing that is known only after those."""
    named = {console.home, *packed(registry)}
    unanswered = []
    console.page.route("**/*", lambda route: route.continue_() if route.request.url in named else unanswered.append(route.request.url))
    console.open_without_waiting()
    expect(console.page.get_by_label("Token")).to_be_visible()
    assert all(urlsplit(url).path.endswith("/icon.svg") for url in unanswered), unanswered


def test_the_bar_is_shown_before_any_script_or_style_sheet(console):
    held = []
    console.page.route("**/*", lambda route: route.continue_() if route.request.url == console.home else held.append(route))
    console.open_without_waiting()
    expect(console.page.locator("#shell")).to_be_visible()
    painted = "performance.getEntriesByName('first-contentful-paint').length"
    console.until(lambda: console.page.evaluate(painted) == 1, "the first paint")
    assert held != []
    expect(console.page.get_by_label("Token")).to_have_count(0)


def test_the_packed_files_are_those_of_the_server_in_each_coding(console, registry):
    console.open()
    for url in packed(registry):
        plain, fields = fetched(url)
        assert fields["Cache-Control"] == "public, max-age=31536000, immutable" and fields["Content-Encoding"] is None
        small, fields = fetched(url, "gzip")
        assert fields["Content-Encoding"] == "gzip" and gzip.decompress(small) == plain
        coding, text = console.page.evaluate("""async (url) => {
          const answer = await fetch(url);
          return [answer.headers.get("Content-Encoding"), await answer.text()];
        }""", url)
        assert coding == "br" and text == plain.decode()


def test_the_page_of_separate_files_works_like_the_packed_one(console, registry):
    registry.create_icc(name="From its sources")
    console.home += "index.html"
    asked = []
    console.page.on("request", lambda request: asked.append(request.url))
    console.sign_in(registry.token("viewer")).select("From its sources")
    assert any(url.endswith("/console/panel/panel.js") for url in asked)
    assert not any(re.search(r"\.[0-9a-f]+\.(js|css)$", url) for url in asked)


def test_screens_that_cannot_be_loaded_are_an_error_with_a_reason(console, registry):
    console.page.route("**/console/app.*", lambda route: route.abort())
    console.open()
    console.page.get_by_label("Token").fill(registry.token("viewer"))
    console.button("Sign in").click()
    expect(console.page.get_by_role("alert")).to_contain_text("Reload the page")
    console.page.unroute("**/console/app.*")
    console.page.reload()
    console.heading("Manage ICCs").wait_for()
    console.complaints = [text for text in console.complaints if "ERR_FAILED" not in text]


def test_a_script_of_another_build_is_not_found(registry):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetched(registry.url + "/console/start.0123456789abcdef.js")
