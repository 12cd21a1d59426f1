"""What no screen may do at any width: be wider than the window, cut a text, or have a control that is too small to tap."""

import re

import pytest
from playwright.sync_api import expect

from test_link import share

ROLE = "arn:aws:iam::111122223333:role/infosum-import"
# WCAG 2.2, success criterion 2.5.8: a target has at least 24 by 24 CSS pixels.
FAULTS = """() => {
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
    const target = (element.closest("label") ?? element).getBoundingClientRect();
    const isTarget = element.matches("button, input, select, summary, a") && style.display !== "inline";
    if (innerWidth < 500 && isTarget && Math.min(target.width, target.height) < 24)
      faults.push(`${name} has ${target.width} by ${target.height} pixels`);
  }
  return [...new Set(faults)];
}"""
# From 1200 pixels on the panel is next to the list.
SIZES = [(1200, 1), (390, 1), (1024, 2), (390, 2)]


def larger(page, scale):
    """Text of that many times the size."""
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '{100 * scale}%')")


@pytest.mark.parametrize("width, scale", SIZES)
def test_every_screen_fits(open_console, registry, width, scale):
    icc = registry.create_icc(name="W" * 60 + f" {width} {scale}", prefix="p" * 120 + "/", userArn=ROLE, description="d" * 200)
    console = open_console(width, 900)
    larger(console.page, scale)
    faults = {}

    def look(state):
        console.page.wait_for_load_state("networkidle")
        if found := console.page.evaluate(FAULTS):
            faults[state] = found

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
    console.button("Share set-up").click()
    console.button("Create link").wait_for()
    look("share")
    console.button("Close").click()
    console.tab("Details")
    console.button("Edit").click()
    look("edit")
    for screen, heading in (("organisations", "Organisations"), ("tokens", "Tokens"), ("audit", "Audit trail"), ("new", "Create new ICC")):
        console.open(f"#/{screen}")
        console.heading(heading).wait_for()
        look(screen)
    console.page.goto("about:blank")
    console.page.goto(share(registry, icc)["address"])
    console.page.get_by_role("list", name="Set-up steps").wait_for()
    look("link")
    assert faults == {}


def test_a_first_value_has_no_dash_before_it_in_the_history(console, registry):
    icc = registry.create_icc(name="Told")
    share(registry, icc)
    console.sign_in(registry.token("editor")).select("Told")
    console.tab("History")
    made = console.page.get_by_role("listitem").filter(has_text="Link to the set-up created")
    expect(made).to_contain_text("Maximum uses500")
    expect(made).not_to_contain_text(re.compile("– →"))
