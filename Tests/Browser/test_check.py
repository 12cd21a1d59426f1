"""Check my policy."""

import json

from playwright.sync_api import expect

LEFT_AS_IT_WAS = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {
        "AWS": "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/Your Session Name"
      },
      "Action": "sts:AssumeRole",
      "Condition": {"StringEquals": {"sts:ExternalId": "EXTERNAL-ID"}}
    }
  ]
}"""


def test_a_placeholder_is_found_at_its_line(console, registry):
    icc = registry.create_icc(name="Checked")
    console.sign_in(registry.token("viewer")).select("Checked")
    console.tab("Check my policy")
    text = LEFT_AS_IT_WAS.replace("EXTERNAL-ID", icc["externalId"])
    console.page.get_by_role("textbox", name="Trust policy").fill(text)
    console.button("Check").click()
    expect(console.page.get_by_text("Blocked")).to_be_visible()
    line = console.page.get_by_role("list", name="Trust policy with findings").get_by_role("listitem").nth(6)
    expect(line).to_contain_text("line 7")
    difference = console.page.get_by_role("region", name="Corrected trust policy")
    expect(difference.locator(".removed")).to_contain_text("Your Session Name")
    expect(difference.locator(".added").first).to_contain_text(icc["sessionName"])
    assert console.violations() == []


def test_the_generated_policy_passes_the_check(console, registry):
    registry.create_icc(name="Sound")
    console.sign_in(registry.token("viewer")).select("Sound")
    console.tab("Set-up")
    console.step("Let InfoSum assume the role")
    console.button("Copy Trust policy").click()
    text = console.clipboard()
    console.tab("Check my policy")
    console.page.get_by_role("textbox", name="Trust policy").fill(text)
    console.button("Check").click()
    expect(console.page.get_by_text("Works", exact=True)).to_be_visible()


def test_an_unsafe_policy_is_as_red_as_its_findings(console, registry):
    registry.create_icc(name="Open to all")
    console.sign_in(registry.token("viewer")).select("Open to all")
    console.tab("Check my policy")
    text = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}'
    console.page.get_by_role("textbox", name="Trust policy").fill(text)
    console.button("Check").click()
    expect(console.page.locator(".notice.error")).to_contain_text("Unsafe")
    expect(console.page.locator(".finding.error").first).to_be_visible()


def test_a_check_without_a_policy(console, registry):
    registry.create_icc(name="Empty")
    console.sign_in(registry.token("viewer")).select("Empty")
    console.tab("Check my policy")
    console.button("Check").click()
    expect(console.page.get_by_text("Paste a policy first.")).to_be_visible()


def test_who_else_gets_access_and_which_iccs_are_served(console, registry):
    role = "arn:aws:iam::111122223333:role/shared"
    first = registry.create_icc(name="First", userArn=role)
    second = registry.create_icc(name="Second", userArn=role, sessionName="second-session")
    trust = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": first["principal"]}, "Action": "sts:AssumeRole",
         "Condition": {"StringEquals": {"sts:ExternalId": first["externalId"]}}},
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999988887777:root"}, "Action": "sts:AssumeRole",
         "Condition": {"StringEquals": {"sts:ExternalId": "vendor-id"}}}]}
    console.sign_in(registry.token("viewer")).select("First")
    console.tab("Check my policy")
    console.page.get_by_role("textbox", name="Trust policy").fill(json.dumps(trust, indent=2))
    console.button("Check").click()
    expect(console.page.get_by_text("Works", exact=True)).to_be_visible()
    result = console.page.get_by_role("region", name="Trust policy: result")
    expect(result).to_contain_text("arn:aws:iam::999988887777:root · another account or identity provider")
    expect(result).to_contain_text("Only if sts:ExternalId StringEquals vendor-id.")
    expect(result).to_contain_text(f"{second['name']} · cannot assume the role")
    assert console.violations() == []
