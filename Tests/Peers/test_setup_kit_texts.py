"""Each text of the kit is accepted by its tool, for every awkward prefix and filename, and contains the registry's policies."""

import json
import pathlib
import shutil
import subprocess
import sys

import hcl2

from conftest import all_kits


def test_shellcheck_has_no_findings_in_the_scripts(kits):
    scripts = [kit / "cli" for kit in all_kits(kits)]
    result = subprocess.run(["shellcheck", *scripts], capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stdout[-4000:]


def test_cfn_lint_has_no_findings_in_the_templates(kits, tmp_path):
    for kit in all_kits(kits):
        shutil.copy(kit / "cloudformation", tmp_path / f"{kit.name}.json")
    result = subprocess.run(
        [pathlib.Path(sys.executable).with_name("cfn-lint"), *sorted(tmp_path.iterdir())], capture_output=True, text=True, timeout=200)
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-4000:]


def test_the_terraform_text_parses_and_contains_the_policies(kits):
    for kit in all_kits(kits):
        text = (kit / "terraform").read_text()
        resources = {kind: body for block in hcl2.loads(text)["resource"] for kind, body in block.items()}
        resources = {kind.strip('"'): next(iter(body.values())) for kind, body in resources.items()}
        assert policy(resources["aws_iam_role"]["assume_role_policy"]) == json.loads((kit / "trust").read_text())
        assert policy(resources["aws_iam_role_policy"]["policy"]) == json.loads((kit / "permission").read_text())


def policy(value):
    """The policy in a here-document; the parser leaves the markers, quotes and template escapes to its caller."""
    if value.startswith('"<<'):
        value = value[1:-1]
    lines = value.split("\n")
    if lines[0].startswith("<<"):
        assert lines[0] == "<<POLICY" and lines[-1] == "POLICY"
        lines = lines[1:-1]
    return json.loads("\n".join(lines).replace("$${", "${").replace("%%{", "%{"))
