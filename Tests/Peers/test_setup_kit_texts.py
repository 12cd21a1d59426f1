"""Each text of the kit is accepted by its tool, for every awkward prefix and filename, and contains the registry's policies."""

import json
import pathlib
import shutil
import subprocess
import sys

from conftest import all_kits
from kit_documents import of_configuration


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
        trust, permission = of_configuration((kit / "terraform").read_text())
        assert trust == json.loads((kit / "trust").read_text())
        assert permission == json.loads((kit / "permission").read_text())
