"""The console without a mouse: Tab reaches every control, and the focus is never lost."""

import re

from playwright.sync_api import expect

ROLE = "arn:aws:iam::111122223333:role/infosum-import"
FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.labels?.[0]?.textContent ?? "";
  return [one.tagName, (one.getAttribute("aria-label") || label || one.textContent).trim()];
}"""


class Keys:
    """The keyboard of a user without a mouse."""

    def __init__(self, console):
        self.console, self.keyboard = console, console.page.keyboard

    def focused(self):
        return tuple(self.console.page.evaluate(FOCUSED))

    def to(self, name, tag=None, back=False):
        """Presses Tab until the control with this name has the focus."""
        for _ in range(80):
            self.keyboard.press("Shift+Tab" if back else "Tab")
            found, text = self.focused()
            if re.fullmatch(name + "(optional)?", text) and found != "BODY" and tag in (None, found):
                return self
        raise AssertionError(f"{name} is not reached")

    def press(self, key="Enter"):
        self.keyboard.press(key)
        return self

    def type(self, text):
        self.keyboard.type(text)
        return self


def open_icc(console, registry, name, **members):
    icc = registry.create_icc(name=name, userArn=ROLE, **members)
    console.sign_in(registry.token("editor"))
    keys = Keys(console)
    keys.to("Search", back=True).type(name)
    console.shows_list(q=name)
    keys.to(name, "A").press()
    expect(console.panel_heading(name)).to_be_focused()
    console.tab("Details")
    return icc, keys


def test_the_article_from_sign_in_to_the_copied_external_id(console, registry):
    console.open()
    keys = Keys(console)
    expect(console.page.get_by_label("Token")).to_be_focused()
    keys.type(registry.token("editor")).press()
    expect(console.heading("Manage ICCs")).to_be_focused()
    keys.to("Create new ICC", "A").press()
    expect(console.heading("Create new ICC")).to_be_focused()
    keys.to("Connector type").type("S3")
    for label, text in (("Name", "Keys"), ("User ARN", ROLE), ("Session Name", "keyboard-import"), ("Bucket name", "acme-data")):
        keys.to(label).type(text)
    keys.press()
    expect(console.heading("Files")).to_be_focused()
    keys.to("Submit").press()
    expect(console.panel_heading("Keys")).to_be_focused()
    icc = registry.find_icc("Keys")
    console.button("Copy External ID").wait_for()
    keys.to("Copy External ID").press()
    expect(console.page.get_by_role("status").filter(has_text="External ID copied")).to_be_visible()
    assert keys.focused()[1] == "Copy External ID"
    assert console.clipboard() == icc["externalId"]
    keys.to("Copy Principal").press("Space")
    expect(console.page.get_by_role("status").filter(has_text="Principal copied")).to_be_visible()
    assert console.clipboard() == icc["principal"]
    keys.to("Set-up", "BUTTON", back=True).press("ArrowRight")
    expect(console.page.get_by_role("tab", name="Details")).to_be_focused()
    keys.press("ArrowLeft").to("Copy Trust policy").press()
    expect(console.page.get_by_role("status").filter(has_text="Trust policy copied")).to_be_visible()
    assert icc["externalId"] in console.clipboard()
    keys.press("Escape")
    expect(console.page.get_by_role("link", name="Keys", exact=True)).to_be_focused()


def test_the_skip_link(console, registry):
    registry.create_icc(name="Skipped to")
    console.sign_in(registry.token("viewer")).select("Skipped to")
    address = console.page.url
    console.page.evaluate("document.activeElement.blur()")
    keys = Keys(console)
    keys.to("Skip to content").press()
    assert keys.focused()[0] == "MAIN" and console.page.url == address
    expect(console.panel_heading("Skipped to")).to_be_visible()


def test_each_change_moves_the_focus_to_its_result(console, registry):
    _, keys = open_icc(console, registry, "Handled")
    heading = console.panel_heading("Handled")
    keys.to("Rotate External ID").press().to("Start rotation").press()
    console.button("Complete rotation").wait_for()
    expect(heading).to_be_focused()
    keys.to("Complete rotation").press().to("Not yet", back=True).press()
    assert keys.focused()[1] == "Complete rotation"
    keys.press().to("Complete rotation").press()
    console.page.get_by_text("The rotation is complete").wait_for()
    expect(heading).to_be_focused()
    keys.to("Edit").press()
    expect(console.field("Name")).to_be_focused()
    keys.to("Cancel").press()
    expect(console.button("Edit")).to_be_focused()
    keys.press().to("Prefix").type("exports/").press()
    console.page.get_by_role("definition").filter(has_text="exports/").wait_for()
    expect(heading).to_be_focused()
    keys.to("Disable").press().to("Disable").press()
    console.button("Enable").wait_for()
    expect(heading).to_be_focused()
    keys.to("Enable").press()
    console.button("Disable").wait_for()
    expect(heading).to_be_focused()
    keys.to("Delete").press()
    expect(console.page.get_by_role("dialog").get_by_role("button", name="Cancel")).to_be_focused()
    keys.press("Escape")
    expect(console.button("Delete")).to_be_focused()
    keys.press().to("Delete").press()
    expect(console.heading("Manage ICCs")).to_be_focused()
    keys.to("Deleted only").press("Space")
    console.shows_list(deleted="true")
    keys.to("Handled", "A").press()
    expect(heading).to_be_focused()
    keys.to("Restore").press()
    console.button("Disable").wait_for()
    expect(heading).to_be_focused()


def test_a_narrow_window_hides_the_list_from_the_keyboard_while_the_panel_is_open(console, registry):
    registry.create_icc(name="Narrow")
    console.page.set_viewport_size({"width": 360, "height": 740})
    console.sign_in(registry.token("editor"))
    search = console.page.get_by_role("searchbox")
    expect(search).to_be_visible()
    console.select("Narrow")
    expect(search).to_have_count(0)
    console.page.keyboard.press("Escape")
    expect(console.page.get_by_role("link", name="Narrow", exact=True)).to_be_focused()
    expect(search).to_be_visible()


def test_the_first_error_has_the_focus(console, registry):
    down = console.switch("**/v1/iccs?dryRun=true", lambda route: route.abort())
    console.sign_in(registry.token("editor")).open("#/new")
    keys = Keys(console)
    keys.to("Name").type("Fault by keys").to("Session Name").type("two words").press()
    expect(console.field("Session Name")).to_be_focused()
    keys.press("Control+a").type("acme-import").to("Bucket name").type("acme-data")
    down.is_on = True
    keys.press()
    expect(console.page.get_by_role("alert")).to_contain_text("cannot be reached")
    assert keys.focused()[0] == "INPUT"
    console.complaints.clear()


def test_saving_over_another_users_change(console, registry):
    icc, keys = open_icc(console, registry, "Over theirs")
    keys.to("Edit").press().to("Prefix").type("mine/")
    registry.call("PATCH", f"/v1/iccs/{icc['id']}", {"prefix": "theirs/"}, registry.token("editor"))
    keys.press()
    expect(console.button("Discard my changes")).to_be_focused()
    keys.to("Overwrite with my changes").press()
    expect(console.panel_heading("Over theirs")).to_be_focused()
    assert registry.find_icc("Over theirs")["prefix"] == "mine/"
