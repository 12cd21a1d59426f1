"""What the README says of settings and calls is what the program says."""

import json
import pathlib
import re
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
