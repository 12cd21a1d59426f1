"""Peers for the set-up kit: MiniStack, an AWS that enforces trust policies, and kits written by the registry's own code."""

import os
import pathlib
import subprocess

import pytest

from ministack import ministack, ministack_python  # noqa: F401 (fixtures)

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def kits(tmp_path_factory):
    """A folder with one folder per kit: `<n>-draft` and `<n>-live`."""
    folder = tmp_path_factory.mktemp("kits")
    subprocess.run(
        ["swift", "test", "--skip-build", "--filter", "SetupKitFiles"], cwd=ROOT, check=True, timeout=220,
        env=os.environ | {"SETUP_KIT_FOLDER": str(folder)}, stdout=subprocess.DEVNULL,
    )
    return folder


def all_kits(folder):
    found = sorted(folder.iterdir())
    assert len(found) > 80
    return found
