"""Python clients that openapi-python-client generates."""

import importlib
import subprocess
import sys
from pathlib import Path

GENERATOR = Path(sys.executable).with_name("openapi-python-client")


def generate(document, package, folder, monkeypatch):
    """Generates a package from the document in the folder, yields a function that returns one of its modules, and unloads them all."""
    (folder / "config.yaml").write_text("post_hooks: []\n")
    done = subprocess.run(
        [GENERATOR, "generate", "--path", document, "--config", "config.yaml", "--meta", "none", "--output-path", package,
         "--fail-on-warning"],
        cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    monkeypatch.syspath_prepend(folder)
    yield lambda name: importlib.import_module(f"{package}.{name}")
    for name in [name for name in sys.modules if name.split(".")[0] == package]:
        del sys.modules[name]
