"""What the README says of settings and calls is what the program says."""

import json
import pathlib
import re
import subprocess
import urllib.request

README = (pathlib.Path(__file__).resolve().parents[2] / "README.md").read_text()
ROLES = {"admin", "connector", "editor", "viewer"}


def test_the_table_of_settings_is_the_programs(command):
    told = command("help", "settings").stdout
    settings = re.findall(r"^  (\w+)  (ICC_REGISTRY_\w+)  (--\S+)  \((.*)\)\n((?:      .*\n)+)", told, re.MULTILINE)
    assert len(settings) > 10
    for name, variable, option, default, meaning in settings:
        assert option == "--" + re.sub("[A-Z]", lambda letter: "-" + letter[0].lower(), name)
        assert f"| `{name}` | `{variable}` | `{default}` | {' '.join(meaning.split())} |\n" in README
    assert len(re.findall(r"`ICC_REGISTRY_\w+` \| `", README)) == len(settings)


def written_calls():
    """Method and path of each call in the README's table, with its roles."""
    table = README[README.index("| call | what it does | roles |"):].split("\n\n")[0]
    for row in table.splitlines()[2:]:
        _, calls, *_, roles, _ = row.split("|")
        for method, path in re.findall(r"`([A-Z]+) (\S+)`", calls):
            yield (method, path.replace("…", "/v1/iccs/{id}")), roles.strip()


def served_calls(document):
    for path, item in document["paths"].items():
        for method in {"get", "post", "patch", "put", "delete"} & item.keys():
            roles = re.search(r"For tokens of the roles: ([a-z, ]+)\.", item[method].get("description", ""))
            named = set(roles[1].split(", ")) if roles else set()
            text = "open" if not named else "all" if named == ROLES else ", ".join(sorted(named))
            yield (method.upper(), path), text


def test_the_table_of_calls_is_the_programs(registry):
    with urllib.request.urlopen(registry.url + "/openapi.json", timeout=30) as answer:
        served = dict(served_calls(json.load(answer)))
    files_of_the_console = {call for call in served if re.match("/console(/.|$)", call[1])}
    assert dict(written_calls()) == {call: roles for call, roles in served.items() if call not in files_of_the_console}


def the_session():
    """The shell of the README's first session and of its policy check, and all that it says is answered."""
    session = README.split("## A first session")[1].split("## How it is built")[0]
    check = README.split("**The policy check**")[1].split("## Configuration")[0]
    return "\n".join(re.findall(r"```sh\n(.*?)```", session + check, re.DOTALL)), session


def test_the_first_session_goes_as_it_is_written(registry, tmp_path):
    shell, session = the_session()
    token, identifier = re.search(r"TOKEN=(\S+)", shell)[1], re.search(r"^ID=(\S+)", shell, re.MULTILINE)[1]
    shell = shell.replace(token, registry.token).replace("http://127.0.0.1:8080", registry.url)
    shell = shell.replace(identifier, "$(curl -s -H \"$A\" $U/v1/iccs | grep -oE 'icc_[0-9a-z]{26}')")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "aws() { echo aws \"$@\"; }\n" + shell], cwd=tmp_path, capture_output=True,
        text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    panel = re.findall(r'^    "(\w+)":', session, re.MULTILINE)
    assert re.findall(r'^    "(\w+)":', done.stdout, re.MULTILINE) == panel
    for said in (
        "HTTP/1.1 201 Created", '"code":"user-arn.is-user"', '"status":"unverified"', '"trustPolicyChanged":false',
        "aws iam update-assume-role-policy", '"code":"trust.session-name-placeholder"', '"line":7', '"verdict":"blocked"',
    ):
        assert said in README and said in done.stdout, said
