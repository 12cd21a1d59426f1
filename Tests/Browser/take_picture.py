"""Takes the pictures of the README and of the manual, from `serve --demo`. It needs pngquant.

    .venv/bin/python Tests/Browser/take_picture.py [BINARY]
"""

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


class Demo:
    """The console of a demo, signed in, in a browser."""

    def __init__(self, page, url, token):
        self.page, self.url, self.token = page, url, token
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
        self.page.goto(f"{self.url}/console/#/iccs?icc={self.icc(name)['id']}&tab={tab}")
        self.page.get_by_role("complementary").get_by_role("heading", name=name).wait_for()

    def take(self, path, element=None):
        """Takes a picture of the window, or of an element, in few colours."""
        self.page.wait_for_load_state("networkidle")
        # A focus ring explains nothing, and the focus may have scrolled the page.
        self.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        (element or self.page).screenshot(path=path)
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
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1200, "height": 720}, reduced_motion="reduce")
            demo = Demo(page, re.search(r"http://[^/\s]+", said)[0], token[0])
            for take in (console, create, checklist, verified, role, tokens, alarms, link):
                take(demo)
            browser.close()
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
