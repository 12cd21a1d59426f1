"""The admin scripts against the real registry."""

import json
import os
import pathlib
import subprocess

import pytest

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "config/admin"
NEEDED = ["--session-name", "acme-import", "--bucket", "acme-data"]


@pytest.fixture
def script(registry, tmp_path):
    """Runs a script; the token comes from the environment unless `environment` says otherwise."""

    def run(name, *words, prefix=(), environment=None):
        variables = {"ICCR_TOKEN": registry.token} if environment is None else environment
        return subprocess.run(
            [*prefix, SCRIPTS / name, *words], text=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "ICCR_URL": registry.url, **variables})

    return run


def made(script, *words, **options):
    done = script("create-icc", *words, *NEEDED, **options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_create_show_list_export(script, registry, tmp_path):
    icc = made(
        script, "--name", "Acme", "--user-arn", "arn:aws:iam::111122223333:role/infosum-import", "--prefix", "exports/")
    assert icc == registry.get(f"/v1/iccs/{icc['id']}") and icc["prefix"] == "exports/"
    assert json.loads(script("show-icc", icc["id"]).stdout) == icc
    assert script("show-icc", icc["id"], "external-id").stdout == icc["externalId"] + "\n"
    assert script("show-icc", icc["id"], "principal").stdout == icc["principal"] + "\n"
    assert json.loads(script("show-icc", icc["id"], "permission-policy").stdout) == icc["permissionPolicy"]
    done = script("export-trust-policy", icc["id"], tmp_path / "trust.json")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "trust.json").read_bytes() == registry.call("GET", f"/v1/iccs/{icc['id']}/trust-policy")[2]


@pytest.mark.parametrize("name", [
    'quotes " and \\ backslashes', "$(touch made) `touch made` ; touch made", "Zoë & Søn 株式会社", "@/etc/passwd", "--name", "a'b",
    '"nextCursor":"no"}'])
def test_names_are_passed_on_unchanged(script, tmp_path, name):
    assert made(script, "--name", name)["name"] == name
    found = script("list-iccs", "--name", name)
    assert [item["name"] for item in json.loads(found.stdout)["items"]] == [name], found.stderr
    assert not (tmp_path / "made").exists()


def test_the_list_reads_all_pages(script, registry):
    for number in range(205):
        registry.create(name=f"page {number}")
    pages = [json.loads(line) for line in script("list-iccs").stdout.splitlines()]
    assert [len(page["items"]) for page in pages] == [200, 5]
    assert {item["id"] for page in pages for item in page["items"]} == set(registry.ids())


def test_no_command_line_shows_the_token(script, registry, tmp_path):
    configuration = tmp_path / "curl.conf"
    configuration.write_text(f'header = "Authorization: Bearer {registry.token}"\n')
    trace = tmp_path / "trace"
    prefix = ["strace", "-f", "-s", "4096", "-e", "trace=execve", "-o", trace]
    for number, environment in enumerate([None, {"ICCR_CURL_CONFIG": str(configuration)}]):
        icc = made(script, "--name", f"traced {number}", prefix=prefix, environment=environment)
        seen = trace.read_text()
        for words in (["show-icc", icc["id"]], ["list-iccs"], ["export-trust-policy", icc["id"], str(tmp_path / "trust.json")]):
            done = script(*words, prefix=prefix, environment=environment)
            assert done.returncode == 0, done.stderr
            seen += trace.read_text()
        assert icc["externalId"] in (tmp_path / "trust.json").read_text()
        assert seen.count('"curl", ') >= 4, seen
        assert registry.token not in seen and registry.token[5:] not in seen


def test_errors_are_reported(script, registry, tmp_path):
    target = tmp_path / "trust.json"
    target.write_text("before")
    unknown = "icc_" + "0" * 26
    for words, code in (
        (["show-icc", unknown], 1), (["export-trust-policy", unknown, target], 1), (["create-icc", "--name", ""], 1),
        (["show-icc", "../../healthz"], 2), (["show-icc"], 2), (["list-iccs", "--nonsense"], 2),
        (["create-icc", "--name", "two\nlines"], 2), (["create-icc", "--name"], 2),
    ):
        done = script(*words)
        assert done.returncode == code and done.stdout == "" and done.stderr, (words, done)
    assert target.read_text() == "before" and [path.name for path in tmp_path.glob(".trust*")] == []
    assert script("list-iccs", environment={}).returncode == 2
    assert script("list-iccs", environment={"ICCR_TOKEN": "iccr_wrong"}).returncode == 1
    assert registry.ids() == []
    assert registry.stop() == 0
    assert script("list-iccs").returncode == 1


def test_update_rotate_and_set_up(script, registry):
    icc = made(script, "--name", "Acme")
    role = "arn:aws:iam::111122223333:role/infosum-import"
    changed = script("update-icc", icc["id"], "1", "--user-arn", role, "--name", 'a "b"')
    assert changed.returncode == 0, changed.stderr
    assert registry.get(f"/v1/iccs/{icc['id']}")["userArn"] == role and json.loads(changed.stdout)["name"] == 'a "b"'
    assert script("update-icc", icc["id"], "1", "--name", "late").returncode == 1
    pending = json.loads(script("rotate-external-id", icc["id"], "start").stdout)["pendingExternalId"]
    assert pending and script("rotate-external-id", icc["id"], "promote").returncode == 0
    assert registry.get(f"/v1/iccs/{icc['id']}")["externalId"] == pending
    for kind in ("guide", "cli", "cloudformation", "terraform"):
        assert pending in script("export-setup", icc["id"], kind).stdout
    refused = script("verify-icc", icc["id"])
    assert refused.returncode == 1 and "verification.not-configured" in refused.stderr


@pytest.mark.parametrize("name", sorted(path.name for path in SCRIPTS.iterdir() if path.name != "common.sh"))
def test_help_is_on_standard_output(script, name):
    done = script(name, "--help", environment={})
    assert done.returncode == 0 and done.stdout.startswith(f"usage: {name}") and done.stderr == ""
    wrong = script(name, "--nonsense")
    assert wrong.returncode == 2 and wrong.stdout == "" and wrong.stderr.startswith(f"{name}: ")
