"""Advice does no harm: no text outside the set-up kit, which looks first, replaces a policy that others may use."""

import re

import pytest

from swift_source import ROOT, SOURCES

PAGES = [ROOT / "README.md", *sorted((SOURCES / "Manual/Pages").glob("*.md"))]
TEXTS = PAGES + sorted(
    path for folder in (ROOT / "config", SOURCES / "Console/Files") for path in folder.rglob("*") if path.suffix in ("", ".sh", ".js", ".html"))
# Each replaces all that the role, the bucket or the key has.
REPLACING = re.compile(r"update-assume-role-policy|put-bucket-policy|put-key-policy")


@pytest.mark.parametrize("path", [path for path in TEXTS if path.is_file()], ids=lambda path: path.name)
def test_no_text_replaces_a_policy(path):
    assert not REPLACING.search(path.read_text())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_policy_of_a_role_has_the_name_of_its_icc(path):
    """A fixed name would replace the policy of another ICC on the role."""
    assert all("$ID" in name for name in re.findall(r"--policy-name (\S+)", path.read_text()))
