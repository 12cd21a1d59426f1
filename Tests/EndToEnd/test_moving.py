"""ICCs move in and out with `import` and `export`: nothing is lost, changed or imported twice."""

import hashlib
import json
import subprocess
import sys
import time

import pytest

from deep import DEEP
from moving import AWKWARD, entry, full, ndjson, read_table, secret, table
from stores import query
from waiting import until

SAMPLE = "d68b1db43ed52e7e0297dbaca2bad20f40d4faaf92b5349891f08fddde530e23"


@pytest.fixture
def database(command, new_database):
    """Makes empty databases that have the organisation `acme`."""

    def make():
        path = new_database()
        assert command("migrate", "--database", path).returncode == 0
        query(path, "INSERT INTO organisations (id, name, created_at, created_by) VALUES ('acme', 'Acme', 1, 'command-line')")
        return path

    return make


@pytest.fixture
def many(postgresql):
    """The number of ICCs of a long import. On PostgreSQL each one is some messages to the server."""
    return 1_500 if postgresql else 5_000


@pytest.fixture
def run(binary, tmp_path):
    """Runs `import` or `export`; the content of a file is the last word."""

    def run_one(name, database, *words, content=None):
        if content is not None:
            (tmp_path / "entries").write_bytes(content)
            words = (tmp_path / "entries", *words)
        return subprocess.run(
            [binary, name, *map(str, words), "--database", str(database)], capture_output=True, cwd=tmp_path, stdin=subprocess.DEVNULL,
            timeout=600)

    return run_one


def imported(done):
    assert done.returncode == 0, done.stderr.decode()[:2000]
    return done.stdout.decode()


def exported(run, database, *words):
    done = run("export", database, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def count(database):
    return int(query(database, "SELECT count(*) FROM iccs")[0][0])


@pytest.mark.both_stores
@pytest.mark.parametrize("format", ["ndjson", "csv"])
def test_what_was_exported_and_imported_is_exported_again_byte_for_byte(database, run, command, format):
    first, entries = database(), [full(number) for number in range(300)]
    assert "300 ICCs were imported, 0 were" in imported(run("import", first, "--apply", content=ndjson(entries)))
    lines, content = exported(run, first), exported(run, first, "--format", format)
    second = database()
    imported(run("import", second, "--apply", "--format", format, content=content))
    assert exported(run, second, "--format", format) == content and exported(run, second) == lines
    assert lines.count(b"\n") == 300
    done = command("verify-database", "--database", first)
    assert "organisation acme: it exists" in done.stdout and len(done.stdout.splitlines()) == 1, done.stdout


@pytest.mark.both_stores
def test_python_reads_what_was_imported(database, run):
    entries = [full(number) for number in range(200)]
    path = database()
    imported(run("import", path, "--apply", content=ndjson(entries)))
    defaults = {"organisation": "default", "userArn": None, "bucketOwner": None, "kmsKeyArn": None, "pendingExternalId": None}
    found = [json.loads(line) for line in exported(run, path).splitlines()]
    assert [{**one, "id": None} for one in found] == [{"id": None, **defaults, **one} for one in entries]
    assert read_table(exported(run, path, "--format", "csv")) == found


@pytest.mark.both_stores
@pytest.mark.parametrize("ending", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_table_that_python_wrote_is_read(database, run, ending, mark):
    first, second, entries = database(), database(), [full(number) for number in range(200)]
    imported(run("import", first, "--apply", content=ndjson(entries)))
    columns = ["name", "externalId", *[name for name in full(8) if name not in ("name", "externalId")], "bucketOwner", "userArn", "organisation", "kmsKeyArn"]
    content = mark + table(entries, ending, list(dict.fromkeys(columns)))
    imported(run("import", second, "--apply", "--format", "csv", content=content))
    with_ids = [json.loads(line) for line in exported(run, first).splitlines()]
    assert [{**json.loads(line), "id": one["id"]} for line, one in zip(exported(run, second).splitlines(), with_ids, strict=True)] == with_ids


@pytest.mark.both_stores
def test_lines_end_in_any_way_and_blank_ones_are_skipped(database, run):
    path = database()
    content = b"\xef\xbb\xbf" + b"\r\n".join(json.dumps(entry(number)).encode() for number in range(3)) + b"\r\n\r\n \n" + json.dumps(entry(3)).encode()
    assert "4 ICCs can be imported" in imported(run("import", path, content=content))
    assert count(path) == 0
    assert "0 ICCs can be imported" in imported(run("import", path, content=b""))


TRUST_POLICY = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {
        "AWS": "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme-import"
      },
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": {
          "sts:ExternalId": "7d9c0f5a1b3e4c6d8f2a90b1c3d5e7f9182736455463728190abcdef0123fe4b"
        }
      }
    }
  ]
}
"""


@pytest.mark.both_stores
def test_the_trust_policy_is_the_one_that_the_customer_has(registry, run):
    taken = json.loads(TRUST_POLICY)["Statement"][0]["Condition"]["StringEquals"]["sts:ExternalId"]
    content = ndjson([entry(1, externalId=taken, createdAt="2024-05-06T07:08:09.123Z", enabled=False, userArn="arn:aws:iam::111122223333:role/r")])
    imported(run("import", registry.database, "--apply", content=content))
    [icc] = registry.get("/v1/iccs")["items"]
    assert (icc["externalId"], icc["createdAt"], icc["createdBy"], icc["enabled"], icc["status"], icc["version"]) == (
        taken, "2024-05-06T07:08:09.123Z", "command-line", False, "unverified", 1)
    assert registry.call("GET", f"/v1/iccs/{icc['id']}/trust-policy")[2].decode() == TRUST_POLICY
    [event] = registry.get(f"/v1/iccs/{icc['id']}/events")["items"]
    assert event["type"] == "icc.imported" and event["actor"] == "command-line"
    assert event["changes"]["fileSha256"] == {"before": None, "after": hashlib.sha256(content).hexdigest()}
    assert event["changes"]["createdAt"] == {"before": None, "after": "2024-05-06T07:08:09.123Z"}
    assert event["changes"]["externalId"]["after"] == taken


@pytest.mark.both_stores
def test_an_imported_icc_lives_on(registry, run):
    imported(run("import", registry.database, "--apply", content=ndjson([entry(1, pendingExternalId=secret("next"))])))
    [icc] = registry.get("/v1/iccs")["items"]
    for step in ("promote", "rotate", "cancel"):
        assert registry.call("POST", f"/v1/iccs/{icc['id']}/external-id/{step}")[0] == 200
    assert registry.get(f"/v1/iccs/{icc['id']}")["externalId"] == secret("next")
    done = run("import", registry.database, "--apply", content=ndjson([entry(1)]))
    assert done.returncode == 1 and f"externalId: The external ID is a retired one of the ICC {icc['id']}.".encode() in done.stderr
    assert registry.call("DELETE", f"/v1/iccs/{icc['id']}")[0] == 204
    assert exported(run, registry.database) == b""
    done = run("import", registry.database, content=ndjson([entry(1, externalId=secret("next"))]))
    assert done.returncode == 1 and b"which is deleted" in done.stderr and b"/restore" in done.stderr
    assert registry.stop() == 0
    done = run("verify-database", registry.database)
    assert done.returncode == 0, done.stdout


def line(**fields):
    return ndjson([entry(1, **fields)])


# A file, and the lines of its errors.
ERRORS = {
    "missing": (b"{}", [b"1: name: The field name is required.", b"1: connectorType:", b"1: sessionName:", b"1: bucketName:", b"1: externalId:"]),
    "fields": (line(name=" ", sessionName="Your Session Name", bucketName="s3://a/b", userArn="arn:aws:iam::111122223333:user/a",
                    prefix="/a", filenames=["/x", 7], connectorType="sftp", kmsKeyArn="alias/x", bucketOwner="1", description="\0"),
               [b"1: name:", b"1: description:", b"1: connectorType:", b"1: userArn: This is the ARN of a user;", b"1: sessionName:",
                b"1: bucketName:", b"1: bucketOwner:", b"1: prefix:", b"1: filenames/1:", b"1: kmsKeyArn:"]),
    "own-fields": (line(id="icc_x", organisation="A", enabled="yes", createdAt="yesterday", pendingExternalId="", status="verified", bucket="x"),
                   [b"1: id: This is not", b"1: organisation:", b"1: enabled:", b"1: pendingExternalId: An external ID has 64", b"1: createdAt:",
                    b"1: status: The field status cannot be set here", b"1: bucket: Unknown field. Did you mean bucketName?"]),
    "unknown-organisation": (line(organisation="nobody"), [b"1: organisation: The organisation nobody does not exist."]),
    "sample": (line(externalId=SAMPLE), [b"1: externalId: This is the sample"]),
    "uppercase": (line(externalId=secret(1).upper()), [b"1: externalId: An external ID has 64 lowercase hexadecimal digits; this one has uppercase"]),
    "predictable": (line(externalId="ab" * 32), [b"1: externalId: The external ID can be guessed: it uses few different digits."]),
    "future": (line(createdAt="2999-01-01T00:00:00Z", id="icc_7zzzzzzzzzzzzzzzzzzzzzzzzz"), [b"1: id: The time in id", b"1: createdAt: The time"]),
    "pending-is-current": (line(pendingExternalId=secret(1)), [b"1: pendingExternalId: The pending external ID is also the current one."]),
    "twice": (ndjson([entry(1), entry(2), entry(3, name="CUSTOMER 1", externalId=secret(2))]),
              [b"3: externalId: Line 2 has the same external ID.", b"3: name: Line 1 has the same name."]),
    "twice-pending": (ndjson([entry(1), entry(2, pendingExternalId=secret(1))]), [b"2: pendingExternalId: Line 1 has this external ID."]),
    "twice-id": (ndjson([entry(number, id="icc_01m8ey567yrbtwcy97bg9z1xhy") for number in (1, 2)]), [b"2: id: Line 1 has the same identifier."]),
    "no-json": (b"nonsense\n[]\n\n7\n{\"a\":1,\"a\":2}\n", [b"1: This word is not a JSON value", b"2: The line is an array", b"4: The line is a number",
                                                         b"5: This object has the field \"a\" twice. (column 8)"]),
    "invalid-utf8": (line().replace(b"Customer", b"Cust\xff"), [b"1: These bytes are not UTF-8"]),
    "nul": (line().replace(b"Customer", b"Cust\0"), [b"1: A string contains the control character U+0000"]),
    "long": (b"[" * 1_000_000 + b"\n" + line(name="x" * 129), [b"1: The line is longer than 64 KiB.", b"2: name: The name has 129"]),
    "deep": (b"[" * 60_000, [b"1: Arrays and objects are nested deeper"]),
    "terminal": (b'{"\\u001b[31m":1}', [b"1: name:", b"1: connectorType:", b"1: sessionName:", b"1: bucketName:", b"1: externalId:", b"1: ?[31m: Unknown"]),
}


@pytest.mark.both_stores
@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("words", [(), ("--apply",)])
def test_every_error_is_printed_with_its_line_and_nothing_is_written(database, run, name, words):
    path, (content, expected) = database(), ERRORS[name]
    done = run("import", path, *words, content=content)
    *lines, last = done.stderr.splitlines()
    assert done.returncode == 1 and done.stdout == b"" and count(path) == 0
    assert b"cannot be imported, so nothing was written" in last
    found = [found.partition(b"/entries:")[2] for found in lines]
    assert len(found) == len(expected) and all(one.startswith(start) for one, start in zip(found, expected)), found


HEADER = b"name,connectorType,sessionName,bucketName,externalId\r\n"
ROW = f"A,s3-cross-account,acme-import,acme-data,{secret(1)}\r\n".encode()
TABLE_ERRORS = {
    "empty": (b"", [b"1: The file has no header."]),
    "header": (b"name,Name,role,name\r\n", [b"1: Name: Unknown field. Did you mean name?", b"1: role: Unknown", b"1: connectorType: The field connectorType is",
                                           b"1: sessionName:", b"1: bucketName:", b"1: externalId:", b"1: name: The column name occurs twice."]),
    "semicolons": (HEADER.replace(b",", b";"), [b"1: The header has one column. Separate cells by commas."]),
    "cells": (HEADER + ROW + b"\r\nB,C\r\n" + ROW.replace(b"A,", b"A,,"), [b"4: The entry has 2 cells, but the header has 5.", b"5: The entry has 6"]),
    "line-numbers": (HEADER.replace(b"name", b"description,name") + b"\"a\r\nb\nc\"," + ROW + b"\"x\n\"," + ROW.replace(b"A", b""),
                     [b"5: name: The field name is required."]),
    "quotes": (HEADER + b"A\"b,,,,\r\n\"A\"b,,,,\r\n" + ROW.replace(b"A", b"\"A"),
               [b"2: A quotation mark is in a cell", b"3: Text follows", b"4: The file ends inside a cell."]),
    "invalid-utf8": (HEADER + ROW.replace(b"A", b"\xe4") + ROW.replace(b"A", b"A\0"), [b"2: The entry is not UTF-8.", b"3: name: The name contains"]),
    "long": (HEADER + b"\"" + b"x" * 1_000_000 + ROW, [b"2: The entry is longer than 64 KiB. The entries after it were not checked."]),
}


@pytest.mark.both_stores
@pytest.mark.parametrize("name", TABLE_ERRORS)
def test_every_error_of_a_table_is_printed_with_its_line(database, run, name):
    path, (content, expected) = database(), TABLE_ERRORS[name]
    done = run("import", path, "--format", "csv", "--apply", content=content)
    found = [found.partition(b"/entries:")[2] for found in done.stderr.splitlines()[:-1]]
    assert done.returncode == 1 and count(path) == 0
    assert len(found) == len(expected) and all(one.startswith(start) for one, start in zip(found, expected)), found


@pytest.mark.both_stores
def test_an_entry_that_the_registry_has_otherwise_is_an_error(database, run):
    path = database()
    imported(run("import", path, "--apply", content=ndjson([entry(1, description="a"), entry(2, id="icc_01m8ey567yrbtwcy97bg9z1xhy")])))
    before = exported(run, path)
    changed = [
        entry(1, description="b", prefix="x/"), entry(2, id="icc_01m8ey567yrbtwcy97bg9z1xhz", organisation="acme"), entry(3, name="customer 2"),
        entry(4, id="icc_01m8ey567yrbtwcy97bg9z1xhy"), entry(5, pendingExternalId=secret(1))]
    done = run("import", path, "--apply", content=ndjson(changed))
    found = [found.partition(b"/entries:")[2].decode() for found in done.stderr.splitlines()[:-1]]
    assert done.returncode == 1 and exported(run, path) == before and len(found) == 6, found
    assert "which differs in description, prefix." in found[0] and "which differs in id, organisation." in found[1], found
    assert found[2].startswith("3: name: The ICC icc_") and found[3].startswith("4: id: An ICC"), found
    assert found[4].startswith("5: pendingExternalId: Line 1 has") and found[5].startswith("5: pendingExternalId: The external ID is the current one"), found


@pytest.mark.both_stores
def test_an_import_is_limited_to_an_organisation(database, run):
    path = database()
    done = run("import", path, "--organisation", "acme", "--apply", content=ndjson([entry(1), entry(2, organisation="default")]))
    assert done.returncode == 1 and b":2: organisation: The entry belongs to default, not to acme." in done.stderr
    imported(run("import", path, "--organisation", "acme", "--apply", content=ndjson([entry(1), entry(2, organisation="acme")])))
    imported(run("import", path, "--apply", content=ndjson([entry(3)])))
    assert [json.loads(one)["name"] for one in exported(run, path, "--organisation", "acme").splitlines()] == ["Customer 1", "Customer 2"]
    done = run("export", path, "--organisation", "other")
    assert done.returncode == 1 and b"there is no organisation \"other\"" in done.stderr


@pytest.mark.both_stores
@pytest.mark.parametrize(("words", "message"), [
    (("--apply", "--dry-run"), b"--apply and --dry-run exclude each other"), (("--format", "xml"), b"--format must be ndjson or csv"),
    (("--organisation", "A"), b"--organisation must be"), (("other",), b"unexpected argument")])
def test_wrong_usage_exits_with_2(database, run, words, message):
    done = run("import", database(), *words, content=b"")
    assert done.returncode == 2 and message in done.stderr


@pytest.mark.both_stores
@pytest.mark.parametrize(("file", "message"), [("missing", b"there is no file"), ("/dev/null", b"not a regular file"), (".", b"not a regular file")])
def test_a_file_that_cannot_be_read_twice_exits_with_2(database, run, file, message):
    done = run("import", database(), file)
    assert done.returncode == 2 and message in done.stderr


@pytest.mark.both_stores
def test_a_role_of_another_organisation_is_held(registry, run):
    assert registry.call("POST", "/v1/organisations", {"id": "acme", "name": "Acme"})[0] == 201
    role = "arn:aws:iam::111122223333:role/r"
    content = ndjson([entry(1, userArn=role), entry(2, userArn=role, organisation="acme")])
    assert b"1 are held, because another organisation uses their role" in run("import", registry.database, "--apply", content=content).stdout
    [alarm] = registry.get("/v1/alarms")["items"]
    assert alarm["icc"]["name"] == "Customer 2" and alarm["held"], alarm


@pytest.mark.both_stores
def test_a_killed_import_is_repeated(database, run, binary, tmp_path, many):
    path, entries = database(), [entry(number) for number in range(many)]
    (tmp_path / "entries").write_bytes(ndjson(entries))
    before = 0
    for kill in range(4):
        with subprocess.Popen([binary, "import", tmp_path / "entries", "--apply", "--database", path], stdout=subprocess.PIPE) as process:
            until(lambda: count(path) > before or process.poll() is not None, "an ICC to be imported", 120)
            time.sleep(0.03 * kill)
            process.kill()
        before = count(path)
        assert before % 250 == 0 and before <= many
    assert 0 < before
    output = imported(run("import", path, "--apply", content=ndjson(entries)))
    assert f"{many - before} ICCs were imported, {before} were in the registry already" in output
    assert [json.loads(one)["externalId"] for one in exported(run, path).splitlines()] == [one["externalId"] for one in entries]
    lines = run("verify-database", path).stdout.splitlines()
    assert [one for one in lines if b"organisation acme" not in one] == []
    assert query(path, "SELECT count(*), count(DISTINCT subject) FROM events") == [(str(many), str(many))]


@pytest.mark.both_stores
def test_a_server_goes_on_serving(registry, run, binary, tmp_path, many):
    (tmp_path / "entries").write_bytes(ndjson([entry(number) for number in range(many)]))
    longest, made = 0, 0
    with subprocess.Popen([binary, "import", tmp_path / "entries", "--apply", "--database", registry.database], stdout=subprocess.PIPE) as process:
        while process.poll() is None:
            start = time.monotonic()
            registry.create(name=f"made {made}", userArn=None)
            made, longest = made + 1, max(longest, time.monotonic() - start)
        assert process.returncode == 0
    assert made > 3 and longest < 5, (made, longest)
    assert len(registry.ids()) == many + made


@pytest.mark.both_stores
def test_a_spreadsheet_formula_is_kept_for_programs(database, run):
    path = database()
    imported(run("import", path, "--apply", content=ndjson([entry(1, name=AWKWARD[2])])))
    assert b",=1+1," in exported(run, path, "--format", "csv")


# Runs a command and prints its processor time and its peak memory. In a small process of its own, because a command's peak
# is at least that of the process that starts it.
MEASURED = """
import json, resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([usage.ru_utime + usage.ru_stime, usage.ru_maxrss]))
"""


@pytest.mark.both_stores
def test_many_iccs_take_little_time_and_memory(database, binary, tmp_path, many):
    lines = 100_000 if DEEP else many
    path = database()
    with open(tmp_path / "entries", "wb") as file:
        for number in range(lines):
            file.write(ndjson([full(number)]))
    peaks = []
    for words in ((), ("--apply",), ("--apply",)):
        command = [binary, "import", str(tmp_path / "entries"), *words, "--database", str(path)]
        done = subprocess.run([sys.executable, "-c", MEASURED, *map(str, command)], capture_output=True, text=True, check=True)
        seconds, peak = json.loads(done.stdout.splitlines()[-1])
        assert seconds < lines * 0.002, "seconds of processor time"
        peaks.append(peak)
    assert count(path) == lines
    assert max(peaks) < 80_000, f"{peaks} KB"
