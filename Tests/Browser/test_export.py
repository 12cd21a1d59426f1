"""The export of the list as CSV for a spreadsheet."""

import csv
import io
import subprocess

from playwright.sync_api import expect

from moving import entry, ndjson


def exported(console):
    with console.page.expect_download() as download:
        console.button("Export").click()
    assert download.value.suggested_filename == "iccs.csv"
    content = download.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbfid,organisation,name,")
    expect(console.page.get_by_role("status").filter(has_text="iccs.csv downloaded")).to_be_visible()
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_export_has_all_iccs_of_the_list_and_no_formula(console, registry):
    names = ["=HYPERLINK(\"http://a\") exported", "\"quoted\", exported", "é 日本 exported"]
    for name in names:
        registry.create_icc(name=name, description="two\nlines")
    registry.create_icc(name="another")
    console.sign_in(registry.token("viewer"))
    console.search("exported")
    rows = exported(console)
    assert [row["name"] for row in rows] == [names[2], names[1], "'" + names[0]]
    assert {row["description"] for row in rows} == {"two\nlines"}
    shown = registry.call("GET", "/v1/iccs?name=exported&order=newest")["items"]
    assert [row["externalId"] for row in rows] == [one["externalId"] for one in shown]


def test_the_export_has_the_whole_list(console, registry, binary, tmp_path):
    (tmp_path / "entries").write_bytes(ndjson(entry(f"bulk {number}") for number in range(1_100)))
    words = [binary, "import", tmp_path / "entries", "--apply", "--database", registry.process.database]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    console.sign_in(registry.token("editor"))
    console.search("customer bulk")
    assert [row["name"] for row in exported(console)] == [f"Customer bulk {number}" for number in reversed(range(1_100))]


def test_a_failed_export_says_so(console, registry):
    console.sign_in(registry.token("editor"))
    problem = '{"title":"No","status":503,"detail":"The database is locked.","code":"unavailable"}'
    console.page.route("**/v1/iccs?order=newest", lambda route: route.fulfill(status=503, content_type="application/problem+json", body=problem))
    console.button("Export").click()
    expect(console.page.get_by_role("status").filter(has_text="The export failed. The database is locked.")).to_be_visible()
