"""The admin scripts against the real registry."""

import datetime
import json
import os
import pathlib
import re
import subprocess

import pytest

from scripted_aws import Peer

pytestmark = pytest.mark.both_stores

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
    done = script("create-icc", "--json", *words, *NEEDED, **options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_create_show_list_export(script, registry, tmp_path):
    icc = made(
        script, "--name", "Acme", "--user-arn", "arn:aws:iam::111122223333:role/infosum-import", "--prefix", "exports/")
    assert icc == registry.get(f"/v1/iccs/{icc['id']}") and icc["prefix"] == "exports/"
    assert json.loads(script("show-icc", icc["id"], "--json").stdout) == icc
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
    found = script("list-iccs", "--json", "--name", name)
    assert [item["name"] for item in json.loads(found.stdout)["items"]] == [name], found.stderr
    assert not (tmp_path / "made").exists()


def test_the_list_is_searched_and_sorted(script):
    for name in ["c first", "A second", "b First"]:
        made(script, "--name", name)
    found = script("list-iccs", "--json", "--search", "FIRST acme-data", "--order", "name").stdout
    assert [item["name"] for item in json.loads(found)["items"]] == ["b First", "c first"]
    assert script("list-iccs", "--order", "none").returncode == 1


def test_the_list_reads_all_pages(script, registry):
    for number in range(205):
        registry.create(name=f"page {number}")
    pages = [json.loads(line) for line in script("list-iccs", "--json").stdout.splitlines()]
    assert [len(page["items"]) for page in pages] == [200, 5]
    assert {item["id"] for page in pages for item in page["items"]} == set(registry.ids())


def test_usages_are_listed_and_named_in_a_refusal(script, registry):
    icc = made(script, "--name", "Busy")
    tomorrow = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    announced = {"description": "Weekly\timport", "expiresAt": tomorrow}
    assert registry.call("PUT", f"/v1/iccs/{icc['id']}/usages/job-7", announced)[0] == 201
    lines = script("list-usages", icc["id"]).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["KEY", "job-7"] and "Weekly?import" in lines[1]
    assert json.loads(script("list-usages", "--json", icc["id"]).stdout)["items"][0]["key"] == "job-7"
    refused = script("update-icc", icc["id"], "1", "--bucket", "another")
    assert refused.returncode == 1 and "icc.in-use" in refused.stderr and "job-7 until" in refused.stderr


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
    changed = script("update-icc", "--json", icc["id"], "1", "--user-arn", role, "--name", 'a "b"')
    assert changed.returncode == 0, changed.stderr
    assert registry.get(f"/v1/iccs/{icc['id']}")["userArn"] == role and json.loads(changed.stdout)["name"] == 'a "b"'
    assert script("update-icc", icc["id"], "1", "--name", "late").returncode == 1
    pending = json.loads(script("rotate-external-id", "--json", icc["id"], "start").stdout)["pendingExternalId"]
    assert pending and script("rotate-external-id", icc["id"], "promote").returncode == 0
    assert registry.get(f"/v1/iccs/{icc['id']}")["externalId"] == pending
    for kind in ("guide", "cli", "cloudformation", "terraform"):
        assert pending in script("export-setup", icc["id"], kind).stdout
    refused = script("verify-icc", icc["id"])
    assert refused.returncode == 1 and "verification.not-configured" in refused.stderr


def cells(table):
    """The rows of a table with a header, each as a dictionary; columns are at least two spaces apart."""
    header, *rows = [re.split(" {2,}", line) for line in table.splitlines()]
    return [dict(zip(header, row, strict=True)) for row in rows]


def fields(text):
    return dict(re.split(" {2,}", line, maxsplit=1) for line in text.splitlines())


def test_an_icc_is_printed_as_a_table(script, registry):
    done = script("create-icc", "--name", "Zoë & Søn", "--description", 'a "b" \\', *NEEDED)
    assert done.returncode == 0, done.stderr
    shown = fields(done.stdout)
    icc = registry.get(f"/v1/iccs/{shown['id']}")
    for name in ("name", "description", "status", "sessionName", "bucketName", "externalId", "principal", "createdAt"):
        assert shown[name] == icc[name]
    assert (shown["usable"], shown["notUsableBecause"], shown["version"]) == ("false", "draft", "1")
    assert "prefix" not in shown and "{" not in done.stdout
    assert script("show-icc", icc["id"]).stdout == done.stdout
    assert fields(script("update-icc", icc["id"], "1", "--bucket", "other-data").stdout)["bucketName"] == "other-data"
    files = ["--filename", "*.csv", "--filename", "2026/a b.parquet"]
    assert fields(script("update-icc", icc["id"], "2", *files).stdout)["filenames"] == "*.csv, 2026/a b.parquet"
    assert registry.get(f"/v1/iccs/{icc['id']}")["filenames"] == ["*.csv", "2026/a b.parquet"]
    assert "filenames" not in script("update-icc", icc["id"], "3", "--filename", "").stdout
    pending = fields(script("rotate-external-id", icc["id"], "start").stdout)["pendingExternalId"]
    assert pending == registry.get(f"/v1/iccs/{icc['id']}")["pendingExternalId"]


def test_the_list_is_printed_as_one_table(script, registry):
    header = "ID  STATUS  USABLE  ORGANISATION  BUCKET  ROLE  NAME"
    assert script("list-iccs").stdout.splitlines() == [header]
    for number in range(201):
        registry.create(name=f"Zoë {number}")
    made(script, "--name", "draft")
    rows = cells(script("list-iccs").stdout)
    assert [row["NAME"] for row in rows] == [f"Zoë {number}" for number in range(201)] + ["draft"]
    assert {row["ID"] for row in rows} == set(registry.ids())
    assert (rows[0]["STATUS"], rows[0]["USABLE"], rows[-1]["STATUS"], rows[-1]["USABLE"], rows[-1]["ROLE"]) == (
        "unverified", "yes", "draft", "no", "-")
    starts = {line.index(row["BUCKET"]) for line, row in zip(script("list-iccs").stdout.splitlines()[1:], rows, strict=True)}
    assert len(starts) == 1
    assert len(cells(script("list-iccs", "--usable").stdout)) == 201


def test_policies_are_checked(script, registry, tmp_path):
    icc = registry.create()
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(script("show-icc", icc["id"], "trust-policy").stdout)
    done = script("check-policies", icc["id"], "--trust-policy", good, "--permission-policy", good)
    assert done.returncode == 1 and "verdict is" in done.stderr, done
    done = script("check-policies", icc["id"], "--trust-policy", good)
    assert done.returncode == 0 and cells(done.stdout)[0]["VERDICT"] == "works", done
    bad.write_text('{\n\t"Version": "2012-10-17",\n\t"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",'
                   ' "Principal": {"AWS": "*"}}]\r\n}')
    done = script("check-policies", icc["id"], "--trust-policy", bad)
    assert done.returncode == 1 and {row["VERDICT"] for row in cells(done.stdout)} == {"unsafe"}
    assert ("trust.principal-everyone", "3") in {(row["CODE"], row["LINE"]) for row in cells(done.stdout)}
    found = json.loads(script("check-policies", "--json", icc["id"], "--trust-policy", bad).stdout)
    sent = registry.call("POST", f"/v1/iccs/{icc['id']}/check", {"trustPolicy": bad.read_bytes().decode()})
    assert found == json.loads(sent[2])
    assert script("check-policies", icc["id"], "--trust-policy", tmp_path / "missing").returncode == 2


def test_a_verification_is_printed_as_a_table(start, tmp_path):
    peer = Peer()
    registry = start(environment=peer.environment())
    icc = registry.create()

    def verify(*words):
        return subprocess.run(
            [SCRIPTS / "verify-icc", *words], text=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
            env={"PATH": os.environ["PATH"], "ICCR_URL": registry.url, "ICCR_TOKEN": registry.token})

    done = verify(icc["id"])
    assert done.returncode == 0, done.stderr
    first, table = done.stdout.split("\n", 1)
    assert first == f"{icc['id']}: version 1 is verified"
    assert [row["STATUS"] for row in cells(table)] == ["passed"] * 7
    peer.trusts_all = True
    done = verify(icc["id"], "--json")
    assert done.returncode == 1 and json.loads(done.stdout)["verdict"] == "insecure" and "insecure" in done.stderr
    assert registry.stop() == 0
    peer.close()


def test_an_error_is_printed_with_what_to_do(script):
    done = script("create-icc", "--name", "a", "--session-name", "acme-import", "--bucket", "UPPER")
    assert done.returncode == 1 and done.stdout == ""
    assert "validation-failed: " in done.stderr and "/bucketName: " in done.stderr and "request req-" in done.stderr
    assert "{" not in done.stderr
    done = script("create-icc", "--json", "--name", "a", "--session-name", "acme-import", "--bucket", "UPPER")
    assert json.loads(done.stderr.splitlines()[0])["code"] == "validation-failed"


def test_json_as_the_value_of_an_option_is_a_value(script):
    assert fields(script("create-icc", "--name", "--json", *NEEDED).stdout)["name"] == "--json"
    assert cells(script("list-iccs", "--name", "--json").stdout)[0]["NAME"] == "--json"


@pytest.mark.parametrize("name", sorted(path.name for path in SCRIPTS.iterdir() if path.name != "common.sh"))
def test_help_is_on_standard_output(script, name):
    done = script(name, "--help", environment={})
    assert done.returncode == 0 and done.stdout.startswith(f"usage: {name}") and done.stderr == ""
    assert len(done.stdout.splitlines()) > 3 and "#" not in done.stdout and "shellcheck" not in done.stdout
    wrong = script(name, "--nonsense")
    assert wrong.returncode == 2 and wrong.stdout == "" and wrong.stderr.startswith(f"{name}: ")
