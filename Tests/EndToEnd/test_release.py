"""The program as it is installed: hardened, without paths of this machine, with a true bill of materials, and its keys from the service manager."""

import json
import pathlib
import re
import subprocess
import urllib.parse

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Opened when a verification or a PostgreSQL database first needs it.
ON_DEMAND = {"libcurl.so.4", "libexpat.so.1", "libpq.so.5"}


def readelf(binary, *options):
    return subprocess.run(["readelf", "--wide", *options, binary], check=True, capture_output=True, text=True, timeout=60).stdout


def linked(binary):
    return set(re.findall(r"\(NEEDED\).*\[(.+)\]", readelf(binary, "--dynamic")))


@pytest.fixture(scope="module")
def bill(binary):
    return json.loads(pathlib.Path(binary + ".cdx.json").read_text())


def test_the_program_has_full_relro_and_a_random_address(binary):
    dynamic, segments = readelf(binary, "--dynamic"), readelf(binary, "--segments")
    assert re.search(r"\(FLAGS_1\).*\bNOW\b.*\bPIE\b", dynamic), dynamic
    assert "GNU_RELRO" in segments
    assert re.search(r"GNU_STACK +\S+ \S+ \S+ \S+ \S+ RW ", segments), "the stack is executable"
    assert "TEXTREL" not in dynamic


def test_the_program_contains_swifts_runtime_and_no_path_of_this_machine(binary):
    assert not [name for name in linked(binary) if re.match("libswift|libFoundation|libdispatch|lib_", name)]
    assert not re.search("RPATH|RUNPATH", readelf(binary, "--dynamic"))
    assert ".symtab" not in readelf(binary, "--sections") and ".debug_" not in readelf(binary, "--sections")
    content = pathlib.Path(binary).read_bytes()
    for path in (str(ROOT), str(pathlib.Path.home()) + "/", "/.build/"):
        assert path.encode() not in content, path


def test_the_bill_of_materials_is_valid(bill):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps({**bill, "components": "none"})) is not None


def test_the_bill_of_materials_lists_what_is_linked(binary, bill):
    files = {each["value"]: component for component in bill["components"] for each in component.get("properties", [])
             if each["name"] == "icc-registry:file"}
    assert files.keys() == linked(binary) | ON_DEMAND
    for name, component in files.items():
        installed = subprocess.run(
            ["dpkg-query", "--show", "--showformat=${Version}\n", component["name"]], check=True, capture_output=True, text=True,
            timeout=60).stdout.split()[0]
        assert component["version"] == installed
        assert urllib.parse.quote(installed, safe="~") in component["purl"]
        assert component["scope"] == ("optional" if name in ON_DEMAND else "required")
        owned = subprocess.run(["dpkg-query", "--listfiles", component["name"]], check=True, capture_output=True, text=True, timeout=60)
        assert name in {pathlib.Path(path).name for path in owned.stdout.split()}
    swift = next(component for component in bill["components"] if component["name"] == "swift-runtime")
    assert f"Swift version {swift['version']} " in subprocess.run(
        ["swift", "--version"], check=True, capture_output=True, text=True, timeout=60).stdout
    assert set(bill["dependencies"][0]["dependsOn"]) == {component["bom-ref"] for component in bill["components"]}


def test_the_bill_of_materials_is_of_this_program(binary, bill, command):
    about = bill["metadata"]["component"]
    digest = subprocess.run(["sha256sum", binary], check=True, capture_output=True, text=True, timeout=60).stdout.split()[0]
    assert about["hashes"] == [{"alg": "SHA-256", "content": digest}]
    commit = next(each["value"] for each in about["properties"] if each["name"] == "icc-registry:commit")
    assert command("--version").stdout.strip() == f"icc-registry {about['version']} (commit {commit})"


def opened(registry):
    """The libraries of ON_DEMAND that the process has opened."""
    maps = pathlib.Path(f"/proc/{registry.process.pid}/maps").read_text()
    return {name for name in ON_DEMAND if f"/{name}" in maps}


def test_aws_keys_come_from_a_systemd_credential(start, tmp_path):
    """Without them nothing is verified; with them the registry opens libcurl and tries, here at a port where nothing listens."""
    folder = tmp_path / "credentials"
    folder.mkdir()
    statuses = []
    for keys in (None, "AWS_ACCESS_KEY_ID=A\nAWS_SECRET_ACCESS_KEY=S=1\n"):
        if keys:
            (folder / "icc-registry.aws").write_text(keys)
        registry = start(database=tmp_path / f"{bool(keys)}.db", environment={
            "CREDENTIALS_DIRECTORY": str(folder), "ICC_REGISTRY_AWS_STS_ENDPOINT": "http://127.0.0.1:1"})
        icc = registry.create()
        assert opened(registry) == set()
        status, _, content = registry.call("POST", f"/v1/iccs/{icc['id']}/verify")
        said = json.loads(content)
        statuses.append((status, said.get("verdict", said.get("code")), "libcurl.so.4" in opened(registry)))
    assert statuses == [(409, "verification.not-configured", False), (200, "inconclusive", True)]
