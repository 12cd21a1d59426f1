"""The console as a person uses it: by labels and roles, never by the page's inner names."""

import re
from urllib.parse import urlsplit


class Switch:
    """Answers a kind of request in the registry's place, but only while it is on.

    It stands before the page asks for the first time: a request sent just after the browser was told to hold
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

    def sign_in(self, token):
        self.open()
        self.page.get_by_label("Token").fill(token)
        self.page.get_by_role("button", name="Sign in").click()
        self.heading("Manage ICCs").wait_for()
        return self

    def switch(self, pattern, answer):
        return Switch(self.page, pattern, answer)

    def heading(self, name):
        return self.page.get_by_role("heading", name=name, exact=True)

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    def tab(self, name):
        self.page.get_by_role("tab", name=name, exact=True).click()

    def select(self, name):
        self.page.get_by_role("searchbox").fill(name)
        self.page.get_by_role("link", name=name, exact=True).click()
        self.panel_heading(name).wait_for()
        self.button("Copy External ID").wait_for()

    def panel_heading(self, name):
        return self.page.get_by_role("complementary").get_by_role("heading", name=name, exact=True)

    def field(self, label):
        return self.page.get_by_role("textbox", name=re.compile(f"^{label} ?(optional)?$"))

    def note(self, label):
        """What stands under a field."""
        return self.page.locator("#" + self.field(label).get_attribute("aria-describedby"))

    def clipboard(self):
        return self.page.evaluate("navigator.clipboard.readText()")

    def confirm(self, name):
        self.page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()

    def violations(self):
        """What axe finds against WCAG 2.1 AA and its own best practices."""
        # The contrast that counts is that of the state reached, not of a message half faded in or out.
        self.page.emulate_media(reduced_motion="reduce")
        self.page.evaluate(self.axe)
        found = self.page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})"
        )
        return [(entry["id"], [node["html"][:160] for node in entry["nodes"]]) for entry in found["violations"]]
