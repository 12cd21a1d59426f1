"""Fixtures for all tests of the running program: the real binary on a free port with its own database."""

import itertools
import os
import pathlib
import subprocess

import pytest

from deep import DEEP
from postgresql_server import PostgreSQLServer
from registry_process import Registry

ROOT = pathlib.Path(__file__).resolve().parent.parent
# They run for minutes, and need the packages that only `Tests/run --deep` installs.
DEEP_FILES = ["EndToEnd/test_container.py", "EndToEnd/test_systemd.py", "EndToEnd/test_testssl.py"]
collect_ignore = [] if DEEP else DEEP_FILES


def pytest_addoption(parser):
    parser.addoption(
        "--store", choices=["sqlite", "postgresql"], default="sqlite",
        help="the store of the registries; with postgresql, only the tests with the marker both_stores run")


# Folders whose tests take longest, one by one. They start first, so that none of them runs at the end beside idle workers.
SLOW_FOLDERS = ["Peers", "Browser"]


def pytest_collection_modifyitems(config, items):
    """Groups run in parallel: files, and of the peers' files each function."""
    if config.getoption("--store") == "postgresql":
        left_out = [item for item in items if not item.get_closest_marker("both_stores")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item.get_closest_marker("both_stores")]
    items.sort(key=lambda item: item.path.parent.name not in SLOW_FOLDERS)
    for item in items:
        name = f"{item.path.stem}.{item.originalname}" if item.path.parent.name == "Peers" else item.path.stem
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


@pytest.fixture(scope="session")
def postgresql(request):
    """A server for the tests that run on both stores, with an empty database of the registry; None for SQLite."""
    if request.config.getoption("--store") == "sqlite":
        yield None
        return
    server = PostgreSQLServer("fsync=off", "max_connections=400")
    server.empty = server.create_database()
    path = os.environ.get("REGISTRY_BINARY", ROOT / ".build/release/icc-registry")
    subprocess.run(
        [path, "migrate", "--database", server.empty], check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    yield server
    server.close()


@pytest.fixture
def new_database(postgresql, tmp_path):
    """Names a database that nothing has used, in the store under test."""
    numbers = itertools.count(1)

    def name():
        return postgresql.create_database(postgresql.empty) if postgresql else tmp_path / f"registry-{next(numbers)}.db"

    return name


@pytest.fixture
def start(request, binary, tmp_path):
    """Starts registries; those still running at the end are stopped and must exit with 0."""
    running = []
    usual = tmp_path / "registry.db"
    if request.config.getoption("--store") == "postgresql":
        usual = request.getfixturevalue("new_database")()

    def start_one(*options, database=None, **settings):
        registry = Registry(binary, tmp_path, database or usual, options, **settings)
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


@pytest.fixture
def stopped_registry(registry):
    """A registry with some ICCs, after its stop."""
    for number in range(20):
        registry.create(name=f"kept {number}")
    assert registry.stop() == 0
    return registry
