"""The role as a thing: who uses it, its one trust policy, joint rotation, and the warning before deleting."""

import json

from playwright.sync_api import expect


def role_of(name):
    return f"arn:aws:iam::111122223333:role/{name}"


def make(registry, role, *names):
    return [registry.create_icc(name=name, userArn=role_of(role), sessionName=f"session-{number}") for number, name in enumerate(names)]


def box(console):
    return console.page.get_by_role("region", name="Role", exact=True)


def test_who_uses_the_role_and_the_size_of_its_policy(console, registry):
    iccs = make(registry, "used-by-three", "Used <b>1</b>", "Used 2", "Used 3")
    console.sign_in(registry.token("viewer")).select("Used 2")
    expect(box(console)).to_contain_text("Used by 3 ICCs, which share one trust policy:")
    policy = registry.call("GET", f"/v1/trust-policy?userArn={role_of('used-by-three')}")
    expect(box(console)).to_contain_text(f"{policy['characters']:,} of 2,048 characters. AWS's default limit; on request AWS raises it to 8,192.")
    expect(console.button("Rotate all External IDs")).to_have_count(0)
    console.button("Copy trust policy of the role").click()
    assert all(icc["externalId"] in console.clipboard() for icc in iccs)
    assert console.violations() == []
    box(console).get_by_role("link", name="Used <b>1</b>").click()
    console.panel_heading("Used <b>1</b>").wait_for()


def test_a_policy_over_the_default_limit(console, registry):
    make(registry, "crowded", *(f"Crowded {number}" for number in range(8)))
    console.sign_in(registry.token("editor")).select("Crowded 7")
    expect(box(console)).to_contain_text("of 8,192 characters. AWS's default limit is 2,048 characters.")
    assert console.violations() == []


def test_all_external_ids_of_a_role_are_rotated_together(console, registry):
    made = make(registry, "rotated", "Together 1", "Together 2", "Together 3")
    path = f"/v1/iccs/{made[1]['id']}"
    registry.call("POST", path + "/external-id/rotate", token=registry.token("editor"))
    console.sign_in(registry.token("editor")).select("Together 3")
    expect(box(console)).to_contain_text("Together 2 · rotation in progress")
    console.button("Rotate the others too").click()
    expect(console.page.get_by_role("dialog")).to_contain_text("Rotate 2 External IDs?")
    assert console.violations() == []
    console.confirm("Start rotations")
    expect(console.button("Rotate the others too")).to_have_count(0)
    waiting = [registry.call("GET", f"/v1/iccs/{icc['id']}") for icc in made]
    assert all(icc["pendingExternalId"] for icc in waiting)
    console.button("Copy trust policy of the role").click()
    assert all(icc["externalId"] in console.clipboard() and icc["pendingExternalId"] in console.clipboard() for icc in waiting)
    console.button("Complete all rotations").click()
    expect(console.page.get_by_role("dialog")).to_contain_text("Complete the rotation of 3 External IDs?")
    console.confirm("Complete rotations")
    expect(console.button("Rotate all External IDs")).to_be_visible()
    after = [registry.call("GET", f"/v1/iccs/{icc['id']}") for icc in made]
    assert [icc["externalId"] for icc in after] == [icc["pendingExternalId"] for icc in waiting]


def test_an_icc_that_changed_meanwhile_is_named_and_the_others_are_done(console, registry):
    made = make(registry, "half-rotated", "Half 1", "Half 2")
    console.sign_in(registry.token("editor")).select("Half 1")
    expect(box(console)).to_contain_text("Used by 2 ICCs")
    registry.call("PATCH", f"/v1/iccs/{made[1]['id']}", {"description": "changed"}, registry.token("editor"))
    console.button("Rotate all External IDs").click()
    console.confirm("Start rotations")
    dialog = console.page.get_by_role("dialog", name="1 of 2 failed")
    expect(dialog).to_contain_text("Half 2")
    assert console.violations() == []
    dialog.get_by_role("button", name="Close").click()
    assert registry.call("GET", f"/v1/iccs/{made[0]['id']}")["pendingExternalId"]
    assert registry.call("GET", f"/v1/iccs/{made[1]['id']}")["pendingExternalId"] is None


def test_deleting_warns_that_the_others_need_the_role(console, registry):
    make(registry, "needed", "Needed 1", "Needed 2", "Needed 3")
    console.sign_in(registry.token("editor")).select("Needed 1")
    console.button("Delete").click()
    dialog = console.page.get_by_role("dialog")
    expect(dialog).to_contain_text("The other 2 ICCs on this role still need it:")
    expect(dialog).to_contain_text("Needed 3")
    assert console.violations() == []
    dialog.get_by_role("button", name="Cancel").click()
    expect(console.button("Delete")).to_be_focused()


def test_a_pasted_policy_says_whom_it_shuts_out(console, registry):
    make(registry, "pasted", "Pasted 1", "Pasted 2")
    console.sign_in(registry.token("viewer")).select("Pasted 1")
    console.tab("Check my policy")
    policy = registry.find_icc("Pasted 1")
    full = registry.call("GET", f"/v1/iccs/{policy['id']}/trust-policy?single=true")
    console.page.get_by_role("textbox", name="Trust policy").fill(json.dumps(full))
    console.button("Check").click()
    expect(console.page.get_by_text("This policy shuts out 1 of your other ICCs")).to_be_visible()
    assert console.violations() == []
