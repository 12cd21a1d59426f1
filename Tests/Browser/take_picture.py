"""Takes the pictures of the README and of the manual, from `serve --demo`. It needs pngquant.

    .venv/bin/python Tests/Browser/take_picture.py [BINARY]

The page sees the same times and the same random values each time, so that a picture changes only with its screen.
"""

import datetime
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import urllib.request

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = ROOT / "Sources/Manual/Pictures/console.png"
MANUAL = ROOT / "Sources/Manual/Pages/Pictures"
COLOURS = "48"
NOW = datetime.datetime(2026, 6, 1, 9, 0, tzinfo=datetime.timezone.utc)
TIME = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
# The identifiers of ICCs, external IDs, and the ends of tokens.
RANDOM = re.compile(r'icc_[0-9a-z]{26}|(?<![0-9a-z])[0-9a-f]{64}(?![0-9a-z])|(?<="lastFour":")[^"]{4}')


class Steady:
    """The registry's responses with fixed times and fixed values instead of random ones."""

    def __init__(self, page):
        self.start = datetime.datetime.now(datetime.timezone.utc)
        self.fixed = {}
        page.clock.set_fixed_time(NOW)
        page.route("**/v1/**", self._route)

    def know(self, text):
        """Chooses a fixed value for each random one in a text, in the order in which they come."""
        for value in RANDOM.findall(text):
            if value not in self.fixed:
                chosen = hashlib.sha256(str(len(self.fixed)).encode()).hexdigest()
                self.fixed[value] = f"icc_{chosen[:26]}" if value.startswith("icc_") else chosen[:len(value)]
                # A role's name has the end of the identifier.
                if value.startswith("icc_"):
                    self.fixed[value[-8:]] = self.fixed[value][-8:]

    def _route(self, route):
        url = route.request.url
        for value, fixed in self.fixed.items():
            url = url.replace(fixed, value) if len(value) == 30 else url
        answer = route.fetch(url=url)
        text = answer.text()
        self.know(text)
        for value, fixed in sorted(self.fixed.items(), key=lambda pair: -len(pair[0])):
            text = text.replace(value, fixed)
        route.fulfill(response=answer, body=TIME.sub(self._time, text))

    def _time(self, match):
        """The time as far from `NOW` as it was from the start, to ten minutes."""
        distance = datetime.datetime.fromisoformat(match[0]) - self.start
        moved = NOW + datetime.timedelta(minutes=10) * round(distance / datetime.timedelta(minutes=10))
        return moved.strftime("%Y-%m-%dT%H:%M:%S.000Z")


class Demo:
    """The console of a demo, signed in, in a browser."""

    def __init__(self, page, url, token):
        self.page, self.url, self.token = page, url, token
        self.steady = Steady(page)
        self.steady.know(json.dumps(sorted(self.call("GET", "/v1/iccs?limit=200")["items"], key=lambda icc: icc["name"])))
        page.goto(url + "/console/")
        page.get_by_label("Token").fill(token)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("row").first.wait_for()

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            self.url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def icc(self, name):
        return next(icc for icc in self.call("GET", "/v1/iccs?limit=200")["items"] if icc["name"] == name)

    def show(self, name, tab):
        """Opens an ICC alone, in a narrow window."""
        self.page.set_viewport_size({"width": 640, "height": 700})
        self.page.goto(f"{self.url}/console/#/iccs?icc={self.steady.fixed[self.icc(name)['id']]}&tab={tab}")
        self.page.get_by_role("complementary").get_by_role("heading", name=name).wait_for()

    def take(self, path, element=None):
        """Takes a picture of the window, or of an element, in few colours."""
        self.page.wait_for_load_state("networkidle")
        # No row or button is drawn as one under the mouse.
        self.page.mouse.move(0, 0)
        # A focus ring explains nothing, and the focus may have scrolled the page.
        self.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        # The picture is taken when nothing changes any more.
        before, now = None, b""
        while now != before:
            self.page.wait_for_timeout(200)
            before, now = now, (element or self.page).screenshot(path=path)
        limited = ["pngquant", "--force", "--nofs", "--strip", "--output", path, COLOURS, path]
        subprocess.run(limited, check=True)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")


def console(demo):
    demo.page.get_by_role("row").get_by_role("link", name="Policy holders").click()
    demo.page.get_by_role("list", name="Set-up steps").wait_for()
    demo.take(README)


def create(demo):
    demo.page.set_viewport_size({"width": 720, "height": 760})
    demo.page.goto(demo.url + "/console/#/new")
    for label, value in (("Name", "Shop visits"), ("Session Name", "acme-visits"), ("Bucket name", "acme-visits")):
        demo.page.get_by_role("textbox", name=re.compile(f"^{label} ?$")).fill(value)
    demo.take(MANUAL / "create.png")


def checklist(demo):
    demo.show("Policy holders", "setup")
    demo.page.get_by_role("list", name="Set-up steps").wait_for()
    demo.page.get_by_role("button", name="Copy Trust policy").wait_for()
    demo.take(MANUAL / "checklist.png")


def verified(demo):
    demo.show("Loyalty cards", "verify")
    demo.page.get_by_role("list", name="Checks").wait_for()
    demo.take(MANUAL / "verified.png")


def role(demo):
    demo.show("Loyalty cards", "details")
    box = demo.page.get_by_role("region", name="Role", exact=True)
    box.get_by_text("Used by 3 ICCs").wait_for()
    demo.take(MANUAL / "role.png", box)


def link(demo):
    allow = ["check", "set-user-arn", "verify"]
    made = demo.call("POST", f"/v1/iccs/{demo.icc('Claims')['id']}/hand-over", {"allow": allow})
    demo.page.set_viewport_size({"width": 720, "height": 760})
    demo.page.goto(demo.url + made["link"])
    demo.page.get_by_role("list", name="Set-up steps").wait_for()
    demo.take(MANUAL / "link.png")


def alarms(demo):
    demo.call("POST", "/v1/iccs", {
        "name": "Newcomer", "connectorType": "s3-cross-account", "sessionName": "globex-import", "organisation": "globex",
        "bucketName": "globex-import", "userArn": demo.icc("Loyalty cards")["userArn"]})
    demo.page.set_viewport_size({"width": 1000, "height": 420})
    demo.page.goto(demo.url + "/console/#/iccs")
    demo.page.get_by_role("list", name="Alarms").wait_for()
    demo.take(MANUAL / "alarms.png")


def tokens(demo):
    for name, kind, organisation in (("Nightly import", "editor", "globex"), ("Dashboard", "viewer", "acme")):
        demo.call("POST", "/v1/tokens", {"name": name, "role": kind, "organisation": organisation})
    demo.page.set_viewport_size({"width": 1000, "height": 420})
    demo.page.goto(demo.url + "/console/#/tokens")
    demo.page.get_by_role("row", name="Dashboard").wait_for()
    demo.take(MANUAL / "tokens.png")


def main():
    binary = sys.argv[1] if len(sys.argv) > 1 else ROOT / ".build/release/icc-registry"
    command = [binary, "serve", "--demo", "--listen", "127.0.0.1:0", "--log-level", "off"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process, sync_playwright() as playwright:
        try:
            said = ""
            while not (token := re.search(r"iccr_\S+", said)):
                said += process.stdout.readline()
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1200, "height": 720}, reduced_motion="reduce", timezone_id="Etc/UTC")
            demo = Demo(page, re.search(r"http://[^/\s]+", said)[0], token[0])
            for take in (console, create, checklist, verified, role, tokens, alarms, link):
                take(demo)
            browser.close()
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
