"""What no screen may do at any width: be wider than the window, cut or overlay a text, break a short word, or have a
control that is too small to tap.
"""

import re

from playwright.sync_api import expect

from test_link import share
from test_verify import Script, check, verification

ROLE = "arn:aws:iam::111122223333:role/infosum-import"
# WCAG 2.2, success criterion 2.5.8: a target has at least 24 by 24 CSS pixels.
FAULTS = """() => {
  // A text that leaves its box lies over what is beside it. Only values that a user chose are broken within a word.
  const misplaced = (element, style, box) => {
    const found = [], range = document.createRange();
    if (["inline", "contents"].includes(style.display)) box = element.parentElement.getBoundingClientRect();
    for (const text of element.childNodes) {
      if (text.nodeType !== Node.TEXT_NODE || style.overflowX !== "visible") continue;
      range.selectNodeContents(text);
      if ([...range.getClientRects()].some((each) => each.right > box.right + 1.5))
        found.push("the text leaves its box");
      if (element.closest("code, pre, .value, .fixed, .organisation, button, [lang]:not(html)")) continue;
      for (const word of text.data.matchAll(/(?<=^|\\s)[A-Za-z]{2,10}(?=\\s|$)/g)) {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map((each) => each.top)).size > 1) found.push(`"${word[0]}" is broken`);
      }
    }
    return found;
  };
  const faults = [], top = document.querySelector("dialog[open]") ?? document.body;
  const scrolls = (style) => ["auto", "scroll"].includes(style.overflowX);
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page has a width of ${document.documentElement.scrollWidth}`);
  for (const element of top.querySelectorAll(":not(svg, svg *)")) {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const isShown = element.checkVisibility({ visibilityProperty: true }) && box.width > 0 && style.clipPath === "none";
    if (!isShown || element.closest(".away, .skip, .toast, [inert]")) continue;
    const name = `${element.tagName.toLowerCase()}.${element.className} ${element.textContent.trim().slice(0, 30)}`;
    let parent = element.parentElement;
    while (parent && !scrolls(getComputedStyle(parent))) parent = parent.parentElement;
    if (!parent && box.right > innerWidth + 1) faults.push(`${name} ends at ${box.right}`);
    const frame = element.closest("dialog, .panel");
    if (frame && (!parent || parent.contains(frame)) && box.left < frame.getBoundingClientRect().left - 1)
      faults.push(`${name} starts at ${box.left}`);
    // The text of a field can be scrolled.
    if (element.matches("dialog, .panel") && element.scrollWidth > element.clientWidth + 1) faults.push(`${name} scrolls sideways`);
    const isCut = element.tagName !== "INPUT" && ["hidden", "clip"].includes(style.overflowX);
    if (isCut && element.scrollWidth > element.clientWidth + 1 && !element.closest("[title]") && !element.querySelector("[title]"))
      faults.push(`${name} is cut and has no title`);
    if (element.tagName === "SELECT") {
      const canvas = document.createElement("canvas").getContext("2d");
      canvas.font = style.font;
      // The arrow has 16 pixels.
      const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 16;
      if (canvas.measureText(element.selectedOptions[0].text).width > room) faults.push(`${name} is cut`);
    }
    if (element.type === "checkbox" && box.width < parseFloat(getComputedStyle(document.documentElement).fontSize) - 1)
      faults.push(`${name} is squeezed to ${box.width}`);
    faults.push(...misplaced(element, style, box).map((fault) => `${name}: ${fault}`));
    const target = (element.closest("label") ?? element).getBoundingClientRect();
    const isTarget = element.matches("button, input, select, summary, a") && style.display !== "inline";
    if (innerWidth < 500 && isTarget && Math.min(target.width, target.height) < 24)
      faults.push(`${name} has ${target.width} by ${target.height} pixels`);
  }
  return [...new Set(faults)];
}"""
# The width of the window, and how many times its usual size the text has. From 1200 pixels on the panel is next to the
# list.
SIZES = [(1600, 1), (1600, 2), (1200, 1), (1024, 1), (1024, 2), (390, 1), (390, 2)]


def larger(page):
    """Text of twice the size, from the start."""
    page.add_init_script("addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '200%')")


class Layout:
    """Looks at a page in several sizes."""

    def __init__(self, page, sizes=SIZES):
        self.page, self.sizes, self.faults = page, sizes, {}

    def look(self, state):
        self.page.wait_for_load_state("networkidle")
        for width, scale in self.sizes:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.evaluate(f"document.documentElement.style.fontSize = '{100 * scale}%'")
            if found := self.page.evaluate(FAULTS):
                self.faults[f"{state} at {width} with text of {scale}"] = found


def test_every_screen_fits(console, registry):
    icc = registry.create_icc(name="W" * 60 + " wide", prefix="p" * 120 + "/", userArn=ROLE, description="d" * 200)
    layout = Layout(console.page)
    look = layout.look
    console.open()
    console.page.get_by_label("Token").wait_for()
    look("sign-in")
    console.sign_in(registry.token("admin")).search(icc["name"])
    look("list")
    for tab in ("setup", "history"):
        console.open(f"#/iccs?icc={icc['id']}&tab={tab}")
        console.panel_heading(icc["name"]).wait_for()
        look(tab)
    console.tab("Set-up")
    for title in ("Create the role in AWS", "Let InfoSum assume the role", "Let the role read the bucket", "Check the policies"):
        console.step(title)
    console.tab("AWS CLI")
    console.button("Copy Shell script").wait_for()
    look("steps")
    for title in ("Let InfoSum assume the role", "Let the role read the bucket"):
        console.step(title).get_by_role("button", name="I have done it").click()
    console.page.get_by_text("Not verified yet").first.wait_for()
    look("done-steps")
    console.button("Share set-up").click()
    console.button("Create link").wait_for()
    look("share")
    console.button("Close").click()
    console.tab("Details")
    console.button("Edit").click()
    look("edit")
    registry.call("PATCH", f"/v1/iccs/{icc['id']}", {"description": "Changed elsewhere " * 5}, registry.token("editor"))
    console.field("Prefix").fill("mine/")
    console.button("Save").click()
    console.button("Save my changes too").wait_for()
    look("conflict")
    console.button("Discard my changes").click()
    for screen, heading in (("organisations", "Organisations"), ("tokens", "Tokens"), ("audit", "Audit trail"), ("new", "Create new ICC")):
        console.open(f"#/{screen}")
        console.heading(heading).wait_for()
        look(screen)
    console.open("#/tokens")
    console.button("Create token").click()
    choice = console.page.get_by_label("Role", exact=True)
    for role in choice.locator("option").all_text_contents():
        choice.select_option(role)
        look(f"token-{role}")
    console.page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    console.button("Your token").click()
    console.page.get_by_role("dialog", name="Your token").wait_for()
    look("own-token")
    console.page.goto("about:blank")
    console.page.goto(share(registry, icc)["address"])
    console.page.get_by_role("list", name="Set-up steps").wait_for()
    look("link")
    assert layout.faults == {}


def test_a_verified_icc_fits(console, registry):
    registry.create_icc(name="Verified and fitting", userArn=ROLE)
    script = Script(console)
    failing = verification("failing", check("bucket-listable", "failed"), version=2)
    script.items = [verification("verified", version=3), failing]

    def verified(route):
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"status": "verified"})

    console.page.route("**/v1/iccs/icc_*", verified)
    console.sign_in(registry.token("editor")).select("Verified and fitting")
    console.tab("Verify")
    console.page.get_by_text("version 2").click()
    layout = Layout(console.page)
    layout.look("verify")
    assert layout.faults == {}


def test_the_manual_fits(console, registry):
    layout = Layout(console.page, [(1024, 2), (390, 2)])
    for name in ("", "configuration"):
        console.page.goto(f"{registry.url}/manual/{name}")
        layout.look(f"manual/{name}")
    assert layout.faults == {}


def test_the_current_screen_is_in_view_in_the_bar(open_console, registry):
    console = open_console(390, 844)
    larger(console.page)
    console.sign_in(registry.token("admin")).open("#/audit")
    console.heading("Audit trail").wait_for()
    link = console.page.get_by_role("navigation", name="Main").get_by_role("link", name="Audit trail")
    assert link.evaluate("(one) => one.getBoundingClientRect().right <= innerWidth")


def test_a_narrow_window_shows_no_strip_of_the_list_beside_the_panel(open_console, registry):
    registry.create_icc(name="Alone in the window")
    console = open_console(640, 800).sign_in(registry.token("editor"))
    console.select("Alone in the window")
    assert console.page.get_by_role("complementary").evaluate("(one) => one.getBoundingClientRect().left") == 0


def test_a_first_value_has_no_dash_before_it_in_the_history(console, registry):
    icc = registry.create_icc(name="Told")
    share(registry, icc)
    console.sign_in(registry.token("editor")).select("Told")
    console.tab("History")
    made = console.page.get_by_role("listitem").filter(has_text="Link to the set-up created")
    expect(made).to_contain_text("Maximum uses500")
    expect(made).not_to_contain_text(re.compile("– →"))


def test_the_page_of_a_problem_follows_the_colour_scheme(browser, registry):
    colours = []
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto(registry.url + "/problems/not-found")
        colours.append(page.evaluate("getComputedStyle(document.body).color"))
        page.close()
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
