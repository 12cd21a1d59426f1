"""Fixtures for all tests of the running program: the real binary on a free port with its own database."""

import os
import pathlib
import subprocess

import pytest

from registry_process import Registry

ROOT = pathlib.Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items):
    """Files run in parallel, except for the peers' files: they install MiniStack and run the Swift package's tests."""
    for item in items:
        name = "peers" if item.path.parent.name == "Peers" else item.path.stem
        item.add_marker(pytest.mark.xdist_group(name))


@pytest.fixture(scope="session")
def binary():
    """The program under test: REGISTRY_BINARY, or the release build."""
    path = pathlib.Path(os.environ.get("REGISTRY_BINARY", ROOT / ".build/release/icc-registry"))
    assert path.exists(), f"{path} is missing: config/package/build-release"
    return str(path)


@pytest.fixture
def command(binary, tmp_path):
    """Runs the command to its end in an empty folder and returns its result."""

    def run(*words, environment=None, cwd=tmp_path, **options):
        return subprocess.run(
            [binary, *map(str, words)], env={"PATH": os.environ["PATH"], **(environment or {})}, cwd=cwd, text=True,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=60, **options)

    return run


@pytest.fixture
def start(binary, tmp_path):
    """Starts registries; those still running at the end are stopped and must exit with 0."""
    running = []

    def start_one(*options, database=None, **settings):
        registry = Registry(binary, tmp_path, database or tmp_path / "registry.db", options, **settings)
        running.append(registry)
        registry.wait_until_listening()
        return registry

    yield start_one
    for registry in running:
        if registry.is_running:
            assert registry.stop() == 0, registry.log_text()
        assert "panicked" not in registry.log_text() and "Fatal error" not in registry.log_text()


@pytest.fixture
def registry(start):
    """A registry with the default settings."""
    return start()
