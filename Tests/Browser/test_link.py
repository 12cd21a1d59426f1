"""Share set-up: a link for somebody without a token, and what they can do with it."""

import pytest
from playwright.sync_api import expect

from test_verify import verification

ROLE = "arn:aws:iam::111122223333:role/by-link"


def share(registry, icc, **values):
    """A link to the ICC's set-up, made over the API; the address of its page."""
    made = registry.call("POST", f"/v1/iccs/{icc['id']}/hand-over", values, registry.token("editor"))
    return made | {"address": registry.url + made["link"]}


def visit(console, link):
    console.page.goto(link["address"])
    return console


@pytest.mark.parametrize("width, height, scheme", [(1600, 1000, "light"), (1024, 768, "dark"), (390, 844, "light")])
def test_from_the_console_to_the_saved_role(open_console, registry, width, height, scheme):
    name = f"Shared at {width}"
    icc = registry.create_icc(name=name)
    console = open_console(width, height, scheme).sign_in(registry.token("editor"))
    console.select(name)
    console.tab("Set-up")
    console.button("Share set-up").click()
    dialog = console.page.get_by_role("dialog", name="Share the set-up")
    dialog.get_by_label("Verify the connection").uncheck()
    dialog.get_by_label("The link works for").select_option("1 day")
    console.button("Create link").click()
    expect(dialog).to_contain_text("It is not shown again.")
    expect(dialog.get_by_role("list", name="Links")).to_contain_text("Open")
    assert console.violations() == []
    console.button("Copy Link").click()
    address = console.clipboard()
    console.button("Close").click()

    bearer = open_console(width, height, scheme)
    asked = []
    bearer.page.on("request", lambda request: asked.append(request))
    bearer.page.goto(address)
    expect(bearer.heading("Set up AWS for InfoSum")).to_be_visible()
    bearer.step("Verify the connection")
    expect(bearer.item("Verify the connection")).to_contain_text("The person who sent you this link verifies the connection.")
    expect(bearer.button("Verify now")).to_have_count(0)
    bearer.step("Let InfoSum assume the role")
    bearer.button("Copy Trust policy").click()
    policy = bearer.clipboard()
    assert icc["externalId"] in policy
    assert bearer.violations() == []
    bearer.step("Check the policies")
    bearer.page.get_by_role("textbox", name="Trust policy").fill(policy)
    bearer.button("Check").click()
    expect(bearer.page.get_by_text("Works", exact=True)).to_be_visible()
    bearer.step("Enter the role's ARN")
    bearer.field("User ARN").fill("arn:aws:iam::111122223333:user/me")
    bearer.button("Save").click()
    expect(bearer.field("User ARN")).to_be_focused()
    expect(bearer.note("User ARN")).to_contain_text("ARN of a user")
    bearer.field("User ARN").fill(ROLE)
    bearer.button("Save").click()
    expect(bearer.item("Enter the role's ARN")).to_contain_text("Done")
    expect(bearer.item("Create the role in AWS")).to_contain_text("Done")
    assert bearer.violations() == []
    assert bearer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert registry.find_icc(name)["userArn"] == ROLE
    secret = address.partition("#")[2]
    assert secret.startswith("icch_") and not any(secret in request.url for request in asked if not request.is_navigation_request())
    assert secret not in registry.process.log_text()
    assert bearer.page.evaluate("sessionStorage.getItem('icc-registry.token')") is None


def test_each_format_is_downloaded_from_a_link(console, registry):
    link = share(registry, registry.create_icc(name="Downloaded", userArn=ROLE))
    visit(console, link)
    for tab, title, file in (("AWS CLI", "Shell script", "set-up.sh"), ("CloudFormation", "CloudFormation template", "infosum-import.json"),
                             ("Terraform", "Terraform", "infosum-import.tf")):
        console.tab(tab)
        with console.page.expect_download() as download:
            console.button(f"Download {title} as {file}").click()
        assert download.value.suggested_filename == file
    expect(console.item("Check the policies")).to_have_count(0)
    console.step("Enter the role's ARN")
    expect(console.button("Save")).to_have_count(0)


def test_a_link_verifies(console, registry):
    link = share(registry, registry.create_icc(name="Verified by link", userArn=ROLE), allow=["verify", "set-user-arn"])

    def configured(route):
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"verificationConfigured": True})

    console.page.route("**/v1/hand-over", configured)
    console.page.route("**/v1/hand-over/verify", lambda route: route.fulfill(json=verification("verified")))
    visit(console, link)
    console.step("Verify the connection")
    console.button("Verify now").click()
    expect(console.page.get_by_role("list", name="Checks").get_by_role("listitem")).to_have_count(7)
    expect(console.page.get_by_text("InfoSum can assume the role and read the bucket")).to_be_visible()
    assert console.violations() == []


def test_a_link_that_was_revoked_in_the_console_is_over(open_console, registry):
    icc = registry.create_icc(name="Withdrawn <b>")
    link = share(registry, icc, allow=["check"])
    bearer = visit(open_console(), link)
    expect(bearer.page.get_by_text("Withdrawn <b>")).to_be_visible()
    console = open_console().sign_in(registry.token("editor"))
    console.select("Withdrawn <b>")
    console.tab("Set-up")
    console.button("Share set-up").click()
    links = console.page.get_by_role("list", name="Links")
    links.get_by_role("button").click()
    expect(links).to_contain_text("Revoked")
    bearer.step("Check the policies")
    bearer.page.get_by_role("textbox", name="Trust policy").fill("{}")
    bearer.button("Check").click()
    expect(bearer.page.get_by_role("alert")).to_contain_text("This link is no longer valid.")
    bearer.page.reload()
    expect(bearer.page.get_by_text("This link is not valid")).to_be_visible()
    assert bearer.violations() == []
    bearer.page.goto(registry.url + "/console/link.html#icch_short")
    expect(bearer.page.get_by_text("This link is incomplete")).to_be_visible()
    console.button("Close").click()
    console.tab("History")
    expect(console.page.get_by_role("listitem").filter(has_text="Link to the set-up revoked")).to_be_visible()


def test_a_viewer_cannot_share(console, registry):
    registry.create_icc(name="Not for sharing")
    console.sign_in(registry.token("viewer")).select("Not for sharing")
    console.tab("Set-up")
    expect(console.button("Download this guide")).to_be_visible()
    expect(console.button("Share set-up")).to_have_count(0)


def test_a_link_is_printed_without_buttons(console, registry):
    visit(console, share(registry, registry.create_icc(name="Printed")))
    console.step("Let InfoSum assume the role")
    expect(console.button("Copy Trust policy")).to_be_visible()
    console.page.emulate_media(media="print")
    expect(console.page.get_by_text("sts:ExternalId").first).to_be_visible()
    expect(console.page.locator("button:visible")).to_have_count(0)
