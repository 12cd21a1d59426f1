"""Takes the README's picture of the console, from `serve --demo`.

    .venv/bin/python Tests/Browser/take_picture.py [BINARY]
"""

import pathlib
import re
import subprocess
import sys

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
PICTURE = ROOT / "Sources/Manual/Pictures/console.png"


def take(page, url, token):
    page.goto(url)
    page.get_by_label("Token").fill(token)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("row").get_by_role("link", name="Policy holders").click()
    page.get_by_role("list", name="Set-up steps").wait_for()
    page.screenshot(path=PICTURE)


def main():
    binary = sys.argv[1] if len(sys.argv) > 1 else ROOT / ".build/release/icc-registry"
    command = [binary, "serve", "--demo", "--listen", "127.0.0.1:0", "--log-level", "off"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo, sync_playwright() as playwright:
        try:
            said = ""
            while not (token := re.search(r"iccr_\S+", said)):
                said += demo.stdout.readline()
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            PICTURE.parent.mkdir(exist_ok=True)
            take(browser.new_page(viewport={"width": 1200, "height": 720}), re.search(r"http\S+", said)[0], token[0])
            browser.close()
        finally:
            demo.terminate()
    print(f"{PICTURE}: {PICTURE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
