"""The OpenAPI document held against the real program: every check of schemathesis, with and without a token, links included."""

import pathlib
import subprocess
import sys

import pytest


@pytest.mark.timeout(300)
def test_the_document_tells_the_truth(registry, tmp_path):
    found = subprocess.run(
        [pathlib.Path(sys.executable).with_name("st"), "run", f"{registry.url}/openapi.json", "--header",
         f"Authorization: Bearer {registry.token}", "--checks", "all", "--phases", "examples,coverage,fuzzing,stateful",
         "--seed", "1", "--max-examples", "25", "--no-color"],
        cwd=tmp_path, capture_output=True, text=True, timeout=280)
    assert found.returncode == 0, found.stdout[-8000:] + found.stderr[-2000:]
    assert " passed" in found.stdout
