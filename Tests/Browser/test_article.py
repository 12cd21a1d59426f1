"""The article's flow: from the sign-in to the copied External ID."""

import re

from playwright.sync_api import expect

ROLE = "arn:aws:iam::111122223333:role/article"


def fill_details(console, name, **others):
    values = {"Name": name, "Session Name": "acme-import", "Bucket name": "acme-data"} | others
    for label, value in values.items():
        console.field(label).fill(value)


def test_from_sign_in_to_the_copied_external_id(console, registry):
    console.sign_in(registry.token("editor"))
    console.page.get_by_role("link", name="Create new ICC").first.click()
    console.page.get_by_label("Connector type").select_option("s3-cross-account")
    fill_details(console, "Article", **{"User ARN": ROLE, "Prefix": "exports/"})
    console.button("Next").click()
    expect(console.heading("Files")).to_be_focused()
    expect(console.field("Filenames")).to_have_value("")
    expect(console.heading("Review")).to_be_visible()
    console.button("Submit").click()
    expect(console.panel_heading("Article")).to_be_focused()
    expect(console.page.get_by_role("link", name="Article", exact=True)).to_have_attribute("aria-current", "true")

    console.button("Copy External ID").click()
    external_id = console.clipboard()
    assert re.fullmatch("[0-9a-f]{64}", external_id)
    expect(console.page.get_by_role("status").filter(has_text="External ID copied")).to_be_visible()
    console.button("Copy Principal").click()
    principal = "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme-import"
    assert console.clipboard() == principal

    policy = console.page.get_by_role("region", name="Trust policy")
    expect(policy).to_be_visible()
    marked = policy.locator(".marked").all_inner_texts()
    assert principal in marked[0] and external_id in marked[1] and len(marked) == 2
    expect(console.page.get_by_text("Line 7 is the principal")).to_be_visible()
    console.button("Copy Trust policy").click()
    assert console.clipboard().split("\n")[6].strip() == f'"AWS": "{principal}"'


def test_an_example_does_not_look_like_a_value(console, registry):
    console.sign_in(registry.token("editor")).open("#/new")
    for field in console.page.get_by_role("textbox").all():
        assert field.get_attribute("placeholder").startswith("Example: ")
        style = "(field) => getComputedStyle(field, '::placeholder').fontStyle"
        assert field.evaluate(style) == "italic"


def test_an_error_is_shown_at_its_field(console, registry):
    console.sign_in(registry.token("editor")).open("#/new")
    fill_details(console, "Faulty", **{"User ARN": "arn:aws:iam::111122223333:user/me", "Session Name": "two words"})
    console.field("Bucket name").fill("acme-s3alias")
    console.button("Next").click()
    expect(console.field("User ARN")).to_be_focused()
    expect(console.note("User ARN")).to_contain_text("ARN of a user")
    expect(console.note("Session Name")).to_contain_text("a space")
    expect(console.note("Bucket name")).to_contain_text("-s3alias")
    expect(console.field("Bucket name")).to_have_attribute("aria-invalid", "true")
    expect(console.heading("Review")).to_have_count(0)
    console.field("Session Name").fill("Your Session Name")
    expect(console.note("Session Name")).to_contain_text("is the placeholder of the trust policy. Replace it")


def test_the_registry_validates_while_the_user_types(console, registry):
    registry.create_icc(name="Typed already")
    console.sign_in(registry.token("editor")).open("#/new")
    fill_details(console, "typed ALREADY")
    expect(console.note("Name")).to_contain_text("This name is already in use.")
    fill_details(console, "Typed anew", **{"Bucket name": "acme-s3alias", "Prefix": "exports"})
    expect(console.note("Bucket name")).to_contain_text("-s3alias")
    console.field("Bucket name").fill("acme-data")
    expect(console.note("Bucket name")).to_contain_text("Only the name")
    expect(console.note("Prefix")).to_contain_text("no slash at its end")
    expect(console.field("Prefix")).not_to_have_attribute("aria-invalid", "true")


def test_a_name_in_use(console, registry):
    registry.create_icc(name="Taken")
    console.sign_in(registry.token("editor")).open("#/new")
    fill_details(console, "taken")
    console.button("Next").click()
    expect(console.field("Name")).to_have_attribute("aria-invalid", "true")
    expect(console.field("Name")).to_be_focused()


def test_a_name_that_is_taken_during_the_review(console, registry):
    console.sign_in(registry.token("editor")).open("#/new")
    fill_details(console, "Race")
    console.button("Next").click()
    console.heading("Review").wait_for()
    registry.create_icc(name="Race")
    console.button("Submit").click()
    expect(console.field("Name")).to_have_attribute("aria-invalid", "true")
    expect(console.field("Bucket name")).to_have_value("acme-data")


def test_the_second_page_limits_the_import_to_files(console, registry):
    console.sign_in(registry.token("editor")).open("#/new")
    fill_details(console, "Some files", Prefix="exports/")
    console.button("Next").click()
    filenames = console.field("Filenames")
    filenames.fill("*.csv\n/orders.csv\n")
    filenames.blur()
    expect(console.note("Filenames")).to_contain_text("“/orders.csv” starts with a slash.")
    console.button("Submit").click()
    expect(filenames).to_be_focused()
    filenames.fill("*.csv\n\n2026/./a.csv")
    expect(console.note("Filenames")).to_contain_text("“2026/./a.csv”: The filename contains “.” or “..” as a path segment.")
    filenames.fill("*.csv\nexports/b.csv")
    expect(console.note("Filenames")).to_contain_text("The filename “exports/b.csv” starts with the prefix")
    expect(filenames).not_to_have_attribute("aria-invalid", "true")
    console.button("Back").click()
    expect(console.field("Prefix")).to_have_value("exports/")
    console.button("Next").click()
    expect(console.field("Filenames")).to_have_value("*.csv\nexports/b.csv")
    filenames.fill("*.csv\n2026/orders.parquet")
    console.button("Submit").click()
    expect(console.panel_heading("Some files")).to_be_focused()
    console.tab("Details")
    icc = registry.find_icc("Some files")
    assert icc["filenames"] == ["*.csv", "2026/orders.parquet"]
    expect(console.page.get_by_role("definition").filter(has_text="2026/orders.parquet")).to_be_visible()


def test_filenames_that_are_too_long_for_aws_are_refused_on_their_page(console, registry):
    console.sign_in(registry.token("editor")).open("#/new")
    fill_details(console, "Too many files")
    console.button("Next").click()
    console.field("Filenames").fill("\n".join("x" * 200 + str(number) for number in range(60)))
    console.field("Filenames").blur()
    expect(console.note("Filenames")).to_contain_text("the permission policy has")
    console.button("Submit").click()
    expect(console.field("Filenames")).to_be_focused()
    expect(console.note("Filenames")).to_contain_text("more than AWS's limit of 10240")


def test_filenames_are_edited_line_by_line(console, registry):
    registry.create_icc(name="Edited files", filenames=["*.csv", "a b.txt"])
    console.sign_in(registry.token("editor")).select("Edited files")
    console.button("Edit").click()
    expect(console.field("Filenames")).to_have_value("*.csv\na b.txt")
    console.field("Filenames").fill("*.json")
    console.button("Save").click()
    expect(console.page.get_by_role("definition").filter(has_text="*.json")).to_be_visible()
    assert registry.find_icc("Edited files")["filenames"] == ["*.json"]
    console.tab("History")
    expect(console.page.get_by_role("list", name="History")).to_contain_text("*.csv, a b.txt")
    console.tab("Details")
    console.button("Edit").click()
    console.field("Filenames").fill("")
    console.button("Save").click()
    expect(console.page.get_by_text("All under the prefix")).to_be_visible()
    assert registry.find_icc("Edited files")["filenames"] == []


def test_a_draft_gets_its_role_later(console, registry):
    registry.create_icc(name="Draft")
    console.sign_in(registry.token("editor")).select("Draft")
    console.button("Set the User ARN").click()
    expect(console.field("User ARN")).to_be_focused()
    console.field("User ARN").fill(ROLE + "-of-a-draft")
    console.button("Save").click()
    expect(console.page.get_by_role("definition").filter(has_text=ROLE)).to_be_visible()
    expect(console.page.get_by_text("The User ARN is missing")).to_have_count(0)


def test_joining_a_role_asks_for_its_trust_policy(console, registry):
    registry.create_icc(name="First on the role", userArn=ROLE + "-of-two")
    registry.create_icc(name="Second on the role")
    console.sign_in(registry.token("editor")).select("Second on the role")
    console.button("Set the User ARN").click()
    console.field("User ARN").fill(ROLE + "-of-two")
    expect(console.note("User ARN")).to_contain_text("“First on the role”")
    console.button("Save").click()
    expect(console.page.get_by_role("dialog")).to_contain_text("Other ICCs of your organisation use this role.")
    console.confirm("Save")
    expect(console.page.get_by_text("Update the trust policy in AWS now")).to_be_visible()
    expect(console.page.get_by_text("“First on the role”").first).to_be_visible()
