"""`check-policy`: the offline check, on files from a real registry."""

import json

import pytest

pytestmark = pytest.mark.both_stores
ARTICLE_PLACEHOLDER = "Your Session Name"


@pytest.fixture()
def files(registry, tmp_path):
    """An ICC and its trust policy, saved as an administrator would."""
    icc = registry.create(name="check-policy", sessionName="acme-import")
    (tmp_path / "icc.json").write_text(json.dumps(icc))
    (tmp_path / "trust.json").write_text(registry.call("GET", f"/v1/iccs/{icc['id']}/trust-policy")[2].decode())
    return tmp_path


@pytest.fixture()
def check(command, files):
    return lambda: command("check-policy", "--icc", files / "icc.json", "--trust-policy", files / "trust.json")


def test_the_generated_policy_works(check):
    done = check()
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["trustPolicy"]["verdict"] == "works"


def test_the_placeholder_is_reported_at_line_7(files, check):
    trust = files / "trust.json"
    trust.write_text(trust.read_text().replace("acme-import", ARTICLE_PLACEHOLDER))
    done = check()
    assert done.returncode == 1 and "blocked" in done.stderr
    findings = json.loads(done.stdout)["trustPolicy"]["findings"]
    assert [(found["code"], found["line"]) for found in findings] == [("trust.session-name-placeholder", 7)]


@pytest.mark.parametrize("text, message", [("[]", "must be a JSON object"), ("{", "icc.json:1"), ("{}", "no sessionName")])
def test_a_file_that_is_not_an_icc_is_a_usage_error(files, check, text, message):
    (files / "icc.json").write_text(text)
    done = check()
    assert done.returncode == 2 and message in done.stderr and done.stdout == ""
