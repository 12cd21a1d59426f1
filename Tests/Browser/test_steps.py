"""The checklist: what is next, who does it, and that it turns green by itself."""

import pytest
from playwright.sync_api import expect

from test_verify import Script, check, problem, verification

ROLE = "arn:aws:iam::111122223333:role/infosum-import"
HOSTILE = "it's/\"<b>\u202e$x`/"
TITLES = ["Create the ICC", "Create the role in AWS", "Let InfoSum assume the role", "Let the role read the bucket",
          "Enter the role's ARN", "Check the policies", "Verify the connection"]


def states(console):
    items = console.page.get_by_role("list", name="Set-up steps").locator("> li")
    expect(items).to_have_count(len(TITLES))
    assert items.locator(".name").all_text_contents() == TITLES
    return items.locator("summary > .badge").all_text_contents()


def open_steps(console, registry, name, role="editor", **members):
    icc = registry.create_icc(name=name, **members)
    script = Script(console)
    console.sign_in(registry.token(role)).open(f"#/iccs?icc={icc['id']}")
    console.item("Verify the connection").wait_for()
    return script


def summary(console):
    return console.page.locator(".set-up-steps > .summary")


def mark(console, title):
    console.step(title).get_by_role("button", name="I have done it").click()


def test_the_steps_of_a_draft(console, registry):
    open_steps(console, registry, "Steps of a draft")
    assert states(console) == ["Done", "Next", "To do", "To do", "To do", "Optional", "To do"]
    expect(summary(console)).to_have_text("1 of 6 steps done. Next: Create the role in AWS. Your AWS administrator does this.")
    expect(console.item("Create the role in AWS")).to_contain_text("Custom trust policy")
    assert console.violations() == []
    mark(console, "Create the role in AWS")
    expect(console.item("Let InfoSum assume the role").locator("summary").first).to_be_focused()
    assert states(console) == ["Done", "Not verified yet", "Next", "To do", "To do", "Optional", "To do"]
    mark(console, "Let InfoSum assume the role")
    mark(console, "Let the role read the bucket")
    expect(summary(console)).to_contain_text("Next: Enter the role's ARN. You do this here.")
    console.page.reload()
    expect(summary(console)).to_contain_text("Next: Enter the role's ARN.")
    assert console.violations() == []


def test_the_buttons_lead_to_the_right_pages_of_the_aws_console(console, registry):
    open_steps(console, registry, "Links", userArn="arn:aws:iam::111122223333:role/team/a+b@c", bucketName="acme.data")
    home = "https://console.aws.amazon.com/"
    wanted = {"Let InfoSum assume the role": [home + "iam/home#/roles/details/a%2Bb%40c?section=trust_relationships"],
              "Let the role read the bucket": [home + "iam/home#/roles/details/a%2Bb%40c?section=permissions",
                                               home + "s3/buckets/acme.data?tab=permissions"]}
    for title, addresses in wanted.items():
        links = console.step(title).locator(".actions a")
        expect(links).to_have_count(len(addresses))
        for link, address in zip(links.all(), addresses):
            assert link.get_attribute("href") == address
            assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener noreferrer")


def test_it_verifies_until_the_connection_works(console, registry):
    script = open_steps(console, registry, "Turning green", userArn=ROLE)
    console.stop_clock()
    assert states(console) == ["Done", "Done", "Next", "To do", "Done", "Optional", "To do"]
    mark(console, "Let InfoSum assume the role")
    assert script.held == []
    mark(console, "Let the role read the bucket")
    expect(console.page.get_by_text("Verifying with AWS…")).to_be_visible()
    script.answer(verification("failing", check("role-assumable", "failed"), wait=17))
    expect(console.page.get_by_role("timer")).to_have_text("Next attempt in 17 seconds.")
    console.start_clock()
    assert console.violations() == []
    console.stop_clock()
    console.pass_time(20)
    script.asked().fulfill(**problem(429, "verification.too-soon", **{"Retry-After": "45"}))
    expect(console.page.get_by_role("timer")).to_have_text("Next attempt in 45 seconds.")
    console.pass_time(44)
    assert script.held == []
    console.pass_time(1)
    script.asked().fulfill(**problem(409, "verification.in-progress"))
    expect(console.page.get_by_role("timer")).to_have_text("Next attempt in 20 seconds.")

    def is_verified(route):
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"status": "verified"})

    console.page.route("**/v1/iccs/icc_*", is_verified)
    console.button("Try now").click()
    script.answer(verification("verified"))
    expect(console.page.get_by_text("InfoSum can assume the role and read the bucket")).to_be_visible()
    expect(console.page.get_by_role("tab")).to_have_text(
        ["Details", "Set-up", "Check my policy", "Verify", "History"], use_inner_text=True)
    console.start_clock()
    assert console.violations() == []


def test_it_pauses_while_the_tab_is_hidden(console, registry):
    script = open_steps(console, registry, "Hidden", userArn=ROLE)
    console.stop_clock()
    begin(console)
    hide = "(hidden) => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true}); document.dispatchEvent(new Event('visibilitychange')); }"
    console.page.evaluate(hide, True)
    script.answer(verification("failing", check("role-assumable", "failed")))
    expect(console.page.get_by_role("timer")).to_be_visible()
    console.pass_time(600)
    expect(console.page.get_by_text("The registry stopped trying while this tab was hidden.")).to_be_visible()
    assert script.held == []
    console.page.evaluate(hide, False)
    script.answer(verification("failing", check("role-assumable", "failed")))
    expect(console.page.get_by_role("timer")).to_be_visible()


def begin(console):
    mark(console, "Let InfoSum assume the role")
    mark(console, "Let the role read the bucket")


def test_it_stops_after_a_bounded_number_of_attempts(console, registry):
    script = open_steps(console, registry, "Bounded", userArn=ROLE)
    console.stop_clock()
    begin(console)
    for attempt in range(12):
        script.answer(verification("inconclusive", check("role-assumable", "inconclusive")))
        if attempt < 11:
            expect(console.page.get_by_role("timer")).to_be_visible()
            console.pass_time(61)
    expect(console.page.get_by_text("The registry tried 12 times.")).to_be_visible()
    console.pass_time(3600)
    assert script.held == []
    console.button("Verify again").click()
    script.asked().fulfill(**problem(403, "forbidden"))
    expect(console.page.get_by_role("alert")).to_contain_text("Said by the registry.")
    console.pass_time(3600)
    assert script.held == []


def test_it_can_be_stopped(console, registry):
    script = open_steps(console, registry, "Stopped", userArn=ROLE)
    console.stop_clock()
    begin(console)
    script.answer(verification("failing", check("role-assumable", "failed")))
    console.button("Stop").click()
    expect(console.page.get_by_text("Verify again when the steps in AWS are done.")).to_be_visible()
    console.pass_time(3600)
    assert script.held == []
    expect(console.button("Verify again")).to_be_focused()


def test_the_role_is_entered_in_its_step(console, registry):
    registry.create_icc(name="First to the role", userArn=ROLE + "-in-step")
    open_steps(console, registry, "Second to the role")
    verify = console.step("Verify the connection")
    expect(verify).to_contain_text("There is no role to verify yet")
    console.step("Enter the role's ARN")
    console.field("User ARN").fill("arn:aws:iam::111122223333:user/me")
    console.button("Save").click()
    expect(console.note("User ARN")).to_contain_text("ARN of a user")
    console.field("User ARN").fill(ROLE + "-in-step")
    console.button("Save").click()
    expect(console.page.get_by_role("dialog")).to_contain_text("Other ICCs of your organisation use this role.")
    console.confirm("Save")
    expect(console.item("Let InfoSum assume the role").locator("summary").first).to_be_focused()
    assert states(console) == ["Done", "Done", "Next", "To do", "Done", "Optional", "To do"]
    expect(verify.get_by_role("button", name="Verify now")).to_be_visible()
    expect(console.page.get_by_role("region", name="Trust policy")).to_contain_text(registry.find_icc("First to the role")["externalId"])


def test_a_failed_step_shows_the_error_and_opens(console, registry):
    def failed(route):
        answer = route.fetch()
        content = answer.json()
        for item in content["checklist"]:
            if item["step"] == "trust-policy":
                item |= {"state": "failed", "detail": "AWS <b>denies</b> it. Compare the policies."}
        route.fulfill(response=answer, json=content)

    console.page.route("**/setup?format=guide", failed)
    open_steps(console, registry, "Broken", userArn=ROLE)
    item = console.item("Let InfoSum assume the role")
    expect(item).to_contain_text("Not working")
    expect(item).to_contain_text("Error: AWS <b>denies</b> it. Compare the policies.")
    expect(item.get_by_role("button", name="I have fixed it")).to_be_visible()
    assert console.violations() == []


def test_a_viewer_sees_the_steps_and_changes_nothing(console, registry):
    open_steps(console, registry, "Looked at only", role="viewer")
    console.step("Enter the role's ARN")
    expect(console.page.get_by_text("Your token cannot change ICCs.")).to_be_visible()
    expect(console.button("Save")).to_have_count(0)


@pytest.mark.parametrize("width, height, scheme, forced", [
    (1600, 1000, "dark", None), (1024, 768, "light", None), (390, 844, "light", None), (390, 844, "dark", "active")])
def test_hostile_values_in_every_step(open_console, registry, width, height, scheme, forced):
    console = open_console(width, height, scheme)
    console.page.emulate_media(forced_colors=forced)
    name = f"<img src=x onerror=alert(1)> \"'&{width}{forced or ''}{scheme}"
    open_steps(console, registry, name, userArn=ROLE, prefix=HOSTILE, description=HOSTILE, filenames=["<script>*", "a,b '\".csv"])
    for title in TITLES:
        console.step(title)
    expect(console.page.get_by_text("<script>").first).to_be_visible()
    assert console.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert console.page.locator("img:not([src='icon.svg']), script:not([src])").count() == 0
    # Forced colours are the user's, whatever axe makes of their contrast.
    assert [one for one in console.violations() if not (forced and one[0] == "color-contrast")] == []


def test_the_text_at_twice_its_size(open_console, registry):
    console = open_console(1024, 768)
    open_steps(console, registry, "Twice as large", userArn=ROLE)
    console.page.add_init_script("document.documentElement.style.fontSize = '200%'")
    console.page.evaluate("document.documentElement.style.fontSize = '200%'")
    for title in TITLES:
        console.step(title)
    assert console.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_address_of_a_step_opens_it(console, registry):
    icc = registry.create_icc(name="Addressed", userArn=ROLE)
    console.sign_in(registry.token("editor")).open(f"#/iccs?icc={icc['id']}&tab=check")
    expect(console.item("Check the policies").locator("summary").first).to_be_focused()
    expect(console.button("Check")).to_be_visible()
