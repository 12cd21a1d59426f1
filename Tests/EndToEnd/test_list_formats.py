"""The list of ICCs as CSV and NDJSON: the same ICCs as in JSON, whole or page by page, for everyone who sees the list."""

import csv
import io
import json
import re
import subprocess

import pytest

from moving import AWKWARD, full, ndjson

pytestmark = pytest.mark.both_stores

COUNT = 1_250
TYPES = {"csv": "text/csv", "ndjson": "application/x-ndjson"}


@pytest.fixture
def filled(registry, binary, tmp_path):
    """A registry with more ICCs than a part of a stream, some of them in a second organisation."""
    assert registry.call("POST", "/v1/organisations", {"id": "acme", "name": "Acme"})[0] == 201
    (tmp_path / "entries").write_bytes(ndjson(full(number) for number in range(COUNT)))
    done = subprocess.run([binary, "import", tmp_path / "entries", "--apply", "--database", registry.database], capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return registry


def pages(registry, format, path, **options):
    """The contents of all pages, as their Link headers lead to them; one without a limit."""
    found = []
    while path:
        status, headers, content = registry.call("GET", path, headers={"Accept": TYPES[format]}, **options)
        assert status == 200 and headers["Content-Type"].startswith(TYPES[format]), (status, content)
        assert headers["Content-Disposition"] == "attachment" and headers["Cache-Control"] == "no-store"
        found.append(content.decode())
        link = headers["Link"] and re.fullmatch(r'<(/v1/iccs\?[A-Za-z0-9._~%=&-]+)>; rel="next"', headers["Link"])
        assert link or headers["Link"] is None
        path = link and link[1]
    return found


def items(registry, query="", **options):
    """All items in JSON."""
    found, cursor = [], ""
    while cursor is not None:
        page = registry.get(f"/v1/iccs?limit=200{query}{cursor and '&cursor=' + cursor}", **options)
        found, cursor = found + page["items"], page["nextCursor"]
    return found


def rows(content):
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_lines_and_records_are_the_items_of_the_list(filled):
    for query in ("", "&order=newest", "&enabled=false", "&name=say+%22hi%22"):
        expected = items(filled, query)
        lines = pages(filled, "ndjson", "/v1/iccs?" + query[1:])
        assert [json.loads(line) for page in lines for line in page.splitlines()] == expected
        assert len(lines) == 1
        table = [row for page in pages(filled, "csv", "/v1/iccs?" + query[1:]) for row in rows(page)]
        assert [(row["id"], row["externalId"], row["status"]) for row in table] == [(one["id"], one["externalId"], one["status"]) for one in expected]
        for row, one in zip(table, expected):
            assert list(row) == list(one)
            for name in ("name", "prefix", "description"):
                starts_formula = one[name][:1] in ("=", "+", "-", "@", "\t", "\r", "\n") and one[name]
                assert row[name] == ("'" if starts_formula else "") + one[name]
            assert row["filenames"] == "\n".join(one["filenames"]) and row["userArn"] == (one["userArn"] or "")
            assert row["usable"] == ("true" if one["usable"] else "false")
            assert row["warnings"] == "\n".join(warning["code"] for warning in one["warnings"])


def test_pages_have_the_size_that_was_asked_for_and_keep_the_filters(filled):
    wanted = AWKWARD[0]
    found = pages(filled, "csv", "/v1/iccs?limit=7&name=say%20%22hi%22&order=newest")
    assert all(len(rows(page)) == 7 for page in found[:-1]) and 0 < len(rows(found[-1])) <= 7
    names = [row["name"] for page in found for row in rows(page)]
    assert len(names) == len(items(filled, "&name=say%20%22hi%22")) and all(name.startswith(wanted) for name in names)
    assert all(page.startswith("id,organisation,name,") for page in found)


def test_curl_reads_a_whole_list_and_the_next_one_on_its_connection(filled, tmp_path):
    words = ["curl", "--silent", "--show-error", "--fail", "--header", f"Authorization: Bearer {filled.token}"]
    url = f"http://127.0.0.1:{filled.port}/v1/iccs"
    for options, connections in ([], [1, 0]), (["--http1.0"], [1, 1]):
        files = [tmp_path / "a", tmp_path / "b"]
        one = ["--header", "Accept: text/csv", "--write-out", "%{num_connects}\n"]
        done = subprocess.run(
            [*words, *options, *one, "--output", files[0], url, "--next", *words[1:], *options, *one, "--output", files[1], url],
            capture_output=True, text=True, timeout=60, check=True)
        assert [int(line) for line in done.stdout.split()] == connections
        assert [len(rows(file.read_bytes().decode())) for file in files] == [COUNT, COUNT]
    header = subprocess.run([*words, "--head", "--header", "Accept: text/csv", url], capture_output=True, text=True, timeout=60, check=True)
    assert "Transfer-Encoding: chunked" in header.stdout and "Content-Length" not in header.stdout


def test_a_token_sees_its_own_organisation_only(filled):
    made = json.loads(filled.call("POST", "/v1/tokens", {"name": "x", "role": "viewer", "organisation": "acme"})[2])["token"]
    expected = items(filled, token=made)
    assert 0 < len(expected) < COUNT
    for format in TYPES:
        [content] = pages(filled, format, "/v1/iccs", token=made)
        assert content.count("icc_") == len(expected)
    assert {row["organisation"] for row in rows(pages(filled, "csv", "/v1/iccs", token=made)[0])} == {"acme"}
    monitor = json.loads(filled.call("POST", "/v1/tokens", {"name": "x", "role": "monitor"})[2])["token"]
    assert filled.call("GET", "/v1/iccs", token=monitor, headers={"Accept": "text/csv"})[0] == 403


def test_a_list_without_iccs_has_a_header_or_nothing(registry):
    assert pages(registry, "csv", "/v1/iccs")[0].count("\r\n") == 1
    assert pages(registry, "ndjson", "/v1/iccs") == [""]
    status, headers, content = registry.call("HEAD", "/v1/iccs", headers={"Accept": "text/csv"})
    assert status == 200 and content == b"" and headers["Content-Type"] == "text/csv; charset=utf-8"
