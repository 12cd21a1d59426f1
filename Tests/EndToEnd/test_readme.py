"""The commands and tables of the README and of the manual's pages, compared with the program."""

import json
import os
import pathlib
import re
import subprocess
import urllib.request

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = {path.stem: path.read_text() for path in (ROOT / "Sources/Manual/Pages").glob("*.md")}
README = (ROOT / "README.md").read_text()
WRITERS = {"admin", "owner", "editor"}
CHECKERS = WRITERS | {"viewer", "auditor"}
READERS = CHECKERS | {"connector"}
# The groups of roles that the API page defines.
GROUPS = {"writers": WRITERS, "checkers": CHECKERS, "readers": READERS, "all": READERS | {"monitor"}}


def shell_of(text):
    """The shell commands that a page shows."""
    return "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))


def written_calls():
    """Method and path of each endpoint in the API page's table, with its roles."""
    table = PAGES["api"][PAGES["api"].index("| endpoint | purpose | roles |"):].split("\n\n")[0]
    for row in table.splitlines()[2:]:
        _, calls, *_, roles, _ = row.split("|")
        for method, path in re.findall(r"`([A-Z]+) (\S+)`", calls):
            yield (method, path.replace("…", "/v1/iccs/{id}")), roles.strip()


def served_calls(document):
    for path, item in document["paths"].items():
        for method in {"get", "post", "patch", "put", "delete"} & item.keys():
            roles = re.search(r"Allowed roles: ([a-z, ]+)\.", item[method].get("description", ""))
            named = set(roles[1].split(", ")) if roles else set()
            group = next((name for name, roles in GROUPS.items() if roles == named), None)
            nobody = "link" if item[method].get("security") == [{"link": []}] else "open"
            text = nobody if not named else group or ", ".join(sorted(named))
            yield (method.upper(), path), text


def test_the_table_of_endpoints_is_the_programs(registry):
    with urllib.request.urlopen(registry.url + "/openapi.json", timeout=30) as answer:
        served = dict(served_calls(json.load(answer)))
    files = {call for call in served if re.match("/(console|manual)(/.|$)", call[1])}
    assert dict(written_calls()) == {call: roles for call, roles in served.items() if call not in files}


def run_session(text, registry, folder):
    """Runs the commands of a page against a registry, with its token in place of the one on the page."""
    shell = shell_of(text[text.index("TOKEN=") - 6:])
    shell = shell.replace(re.search(r"TOKEN=(\S+)", shell)[1], registry.token)
    shell = shell.replace("http://127.0.0.1:8080", registry.url)
    if identifier := re.search(r"^ID=(icc_\S+)", shell, re.MULTILINE):
        shell = shell.replace(identifier[1], "$(curl -s -H \"$A\" $U/v1/iccs | grep -oE 'icc_[0-9a-z]{26}')")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "aws() { echo aws \"$@\"; }\n" + shell], cwd=folder, capture_output=True,
        text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_readmes_session_ends_in_a_working_set_up(registry, tmp_path):
    said = run_session(README, registry, tmp_path)
    assert "aws iam create-role" in said and "aws iam put-role-policy" in said
    verdict = json.loads(said[said.index('{"verdict"'):])
    assert verdict["verdict"] == verdict["trustPolicy"]["verdict"] == "works"
    icc = registry.get("/v1/iccs/" + registry.ids()[0])
    assert icc["status"] == "unverified" and icc["userArn"] == "arn:aws:iam::111122223333:role/infosum-import"
    assert json.loads((tmp_path / "permission.json").read_text()) == icc["permissionPolicy"]


def test_the_session_of_getting_started_goes_as_it_is_written(registry, tmp_path):
    page = PAGES["getting-started"]
    said = run_session(page, registry, tmp_path)
    shown = re.findall(r'^    "(\w+)":', page, re.MULTILINE)
    assert len(shown) > 20 and re.findall(r'^    "(\w+)":', said, re.MULTILINE) == shown
    for text in (
        "HTTP/1.1 201 Created", '"code":"user-arn.is-user"', '"status":"unverified"', '"trustPolicyChanged":false',
        "aws iam create-role", "aws iam put-role-policy",
        '"code":"trust.session-name-placeholder"', '"line":7', '"verdict":"blocked"',
    ):
        assert text in page and text in said, text


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_command_of_a_page_is_one_that_the_program_has(command, page):
    """`icc-registry …` in code, with `--help` after it: an unknown command or option exits with 2."""
    written = re.findall(r"`icc-registry ([^`]+)`", PAGES[page])
    for block in re.findall(r"```(?:sh)?\n(.*?)```", PAGES[page], re.DOTALL):
        written += re.findall(r"^(?:[A-Z_]+=\S+ )*icc-registry (.+)$", block, re.MULTILINE)
    for words in written:
        sorted_words = re.findall(r"'[^']*'|\S+", words)
        if sorted_words[0] in ("help", "--version"):
            done = command(*[word.replace("PAGE", "api") for word in sorted_words])
        else:
            name = [word for word in sorted_words[:2] if re.fullmatch("[a-z-]+", word) and not word.startswith("--")]
            done = command(*name, "--help")
            for option in re.findall(r"--[a-z-]+", words):
                assert f"\n  {option}" in done.stdout, words
        assert done.returncode == 0, (words, done.stderr)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_page_is_printed_and_served(command, registry, name):
    assert command("help", name).stdout == re.sub(r"(?m)^!\[(.*)\]\(Pictures/.*\)$", r"(Picture: \1)", PAGES[name])
    with urllib.request.urlopen(f"{registry.url}/manual/{name}", timeout=30) as answer:
        html = answer.read().decode()
    title = PAGES[name].split("\n")[0].removeprefix("# ")
    assert f"<title>{title} – ICC registry</title>" in html and answer.headers["Content-Security-Policy"]


def test_the_start_script_starts_a_registry_in_any_folder(registry):
    """The README's first command; that it builds is what every other test here depends on."""
    script = ROOT / shell_of(README).split("\n")[0]
    assert os.access(script, os.X_OK) and "serve" in script.read_text()
