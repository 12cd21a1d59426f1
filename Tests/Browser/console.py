"""The console as a person uses it: by labels and roles, never by the page's inner names.

The tests wait for a state, never for a time: `shows_list` for the list, `until` for what the page has asked for, and
`stop_clock` where the page itself counts seconds.
"""

import contextlib
import re
import time
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import TimeoutError, expect


STEPS_OF_TABS = {"Check my policy": "Check the policies", "Verify": "Verify the connection"}
TOOLS = ("AWS CLI", "CloudFormation", "Terraform")


class Switch:
    """Answers a kind of request instead of the registry, but only while it is on.

    It exists before the page sends its first request: a request sent just after the browser was told to intercept
    requests can slip past.
    """

    def __init__(self, page, pattern, answer):
        self.is_on, self.answer = False, answer
        page.route(pattern, self._route)

    def _route(self, route):
        self.answer(route) if self.is_on else route.continue_()


class Console:
    def __init__(self, page, registry, axe):
        self.page = page
        self.registry = registry
        self.axe = axe
        self.complaints = []
        self.strangers = []
        self.home = registry.url + "/console/"
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._see)

    def _hear(self, message):
        # Chromium reports each refused request by itself; what the page makes of the refusal is what is tested.
        is_refusal = re.match("Failed to load resource: the server responded with a status of (4|503)", message.text)
        if message.type in ("error", "warning") and not (is_refusal and "/v1/" in message.location["url"]):
            self.complaints.append(message.text)

    def _see(self, request):
        url = urlsplit(request.url)
        if url.scheme != "blob" and url.netloc != urlsplit(self.registry.url).netloc:
            self.strangers.append(request.url)

    def open(self, fragment=""):
        self.page.goto(self.home + fragment)
        return self

    def open_without_waiting(self):
        """Opens the console without waiting for what its page loads."""
        self.page.goto(self.home, wait_until="commit")
        return self

    def sign_in(self, token):
        self.open()
        self.page.get_by_label("Token").fill(token)
        self.page.get_by_role("button", name="Sign in").click()
        self.heading("Manage ICCs").wait_for()
        return self.shows_list()

    def shows_list(self, **filters):
        """Waits until the list has loaded with these filters. Until then it is drawn again, and a click can be lost."""
        self.page.wait_for_url(lambda url: filters.items() <= filters_of(url).items())
        expect(self.page.locator("[aria-busy=true]")).to_have_count(0)
        return self

    def search(self, text):
        """Types into the search field and waits for the list of what was found."""
        self.page.get_by_role("searchbox").fill(text)
        return self.shows_list(q=text)

    def until(self, holds, what):
        """Lets the page run until `holds()`, for 30 seconds at most."""
        deadline = time.monotonic() + 30
        while not holds():
            assert time.monotonic() < deadline, f"still waiting for {what}"
            self.page.wait_for_timeout(20)

    def stop_clock(self):
        """Stops the page's clock a minute from now: a countdown stays where it is until `pass_time`."""
        now = time.time()
        self.page.clock.install(time=now)
        self.page.clock.pause_at(now + 60)

    def pass_time(self, seconds):
        """Lets a stopped clock run for some seconds, with every timer that is due in them."""
        self.page.clock.run_for(seconds * 1000)

    def start_clock(self):
        """Lets a stopped clock run on: axe waits for timers."""
        self.page.clock.resume()

    def expire(self, token):
        """Makes a token of `expiring_token` expire now: its hour is over for the page, and the registry refuses it."""
        self.registry.revoke(token)
        self.page.clock.set_fixed_time(time.time() + 7200)

    def switch(self, pattern, answer):
        return Switch(self.page, pattern, answer)

    def heading(self, name):
        return self.page.get_by_role("heading", name=name, exact=True)

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    def tab(self, name):
        """Opens a tab of the panel. Until the ICC is verified, the check and the verification are steps of its set-up."""
        if name in STEPS_OF_TABS and not self.page.get_by_role("tab", name=name, exact=True).count():
            self.tab("Set-up")
            return self.step(STEPS_OF_TABS[name])
        if name in TOOLS and not self.page.get_by_role("tab", name=name, exact=True).count():
            self.page.get_by_text("Do the AWS steps with a script or a template").click()
        self.page.get_by_role("tab", name=name, exact=True).click()

    def step(self, title):
        """Opens a step of the checklist, unless it is open; returns its item in the list."""
        item = self.item(title)
        item.locator("summary").first.wait_for()
        # The console may open it at the same time, and then the click closes it.
        while not item.locator(".step-body").is_visible():
            item.locator("summary").first.click()
            with contextlib.suppress(TimeoutError):
                item.locator(".step-body").wait_for(timeout=1000)
        return item

    def item(self, title):
        """A step of the checklist."""
        steps = self.page.get_by_role("list", name="Set-up steps")
        return steps.locator("> li").filter(has=self.page.locator("summary").get_by_text(title, exact=True))

    def select(self, name):
        """Opens the details of an ICC from the list."""
        self.search(name)
        self.page.get_by_role("link", name=name, exact=True).click()
        self.panel_heading(name).wait_for()
        self.tab("Details")
        self.button("Copy External ID").wait_for()

    def panel_heading(self, name):
        return self.page.get_by_role("complementary").get_by_role("heading", name=name, exact=True)

    def field(self, label):
        return self.page.get_by_role("textbox", name=re.compile(f"^{label} ?(optional)?$"))

    def note(self, label):
        """The text below a field."""
        return self.page.locator("#" + self.field(label).get_attribute("aria-describedby"))

    def clipboard(self):
        return self.page.evaluate("navigator.clipboard.readText()")

    def confirm(self, name):
        self.page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()

    def violations(self):
        """The violations of WCAG 2.1 AA and of axe's own best practices."""
        # The contrast of the final state counts, not that of a message half faded in or out.
        self.page.emulate_media(reduced_motion="reduce")
        self.page.evaluate(self.axe)
        found = self.page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})"
        )
        return [(entry["id"], [node["html"][:160] for node in entry["nodes"]]) for entry in found["violations"]]


def filters_of(url):
    """The filters that an address of the list names."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).fragment.partition("?")[2]).items()}
