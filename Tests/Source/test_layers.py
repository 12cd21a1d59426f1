"""The layers: no module depends on one above it, and no folder of a module on one that depends on it in turn."""

import json
import re
import subprocess

import pytest

from swift_source import ROOT, SOURCES, files, read

# From the bottom to the top. A module imports modules of lower layers only.
LAYERS = [
    {"CSQLite", "COpenSSL", "CCurl", "CExpat", "CLibpq", "CLinux", "CBuild", "CEmbeddedFiles"},
    {"System", "Text", "EmbeddedFiles"},
    {"JSON", "HTTPWire", "SQLiteKit", "PostgreSQLKit", "OpenSSLKit"},
    {"AWSPolicy", "AWSClient", "HTTPServer"},
    {"Registry"},
    {"RegistryStorage"},
    {"PolicyCheck", "SetupKit", "FilterLanguage", "Verifier", "RegistrySQLite", "RegistryPostgreSQL", "Console"},
    {"Manual"},
    {"RegistryAPI"},
    {"icc-registry"},
]
LAYER = {module: number for number, modules in enumerate(LAYERS) for module in modules}
# The domain knows no technology except for System's lock and OpenSSL's digest of a token; the API never sees a socket or a
# database; HTTP does not depend on JSON.
FORBIDDEN = {
    "Registry": {"SQLiteKit", "PostgreSQLKit", "HTTPWire", "HTTPServer", "AWSClient"} | LAYERS[0],
    "RegistryAPI": {"HTTPServer", "SQLiteKit", "PostgreSQLKit", "RegistryStorage", "RegistrySQLite", "RegistryPostgreSQL", "AWSClient"} | LAYERS[0],
    "HTTPServer": {"JSON", "OpenSSLKit"},
    "AWSPolicy": {"Registry"},
}
TOOLCHAIN = {"Swift", "Glibc", "Synchronization", "Foundation", "FoundationEssentials"}
IMPORT = re.compile(r"^(?:@\w+ +)*(?:public |package |internal |private |fileprivate )?import (?:struct |class |enum |func |protocol )?(\w+)", re.MULTILINE)
MODIFIERS = r"(?:@\w+(?:\([^)\n]*\))? +)*(?:(?:public|package|internal|final|indirect|nonisolated) +)*"
TYPE = re.compile(rf"^{MODIFIERS}(?:struct|class|enum|protocol|actor|typealias) (\w+)", re.MULTILINE)


@pytest.fixture(scope="module")
def dependencies():
    """The dependencies that Package.swift declares for each module below Sources."""
    shown = subprocess.run(
        ["swift", "package", "--scratch-path", ".build/layers", "dump-package"], cwd=ROOT, check=True, capture_output=True,
        text=True, timeout=200).stdout
    return {
        target["name"]: {each["byName"][0] for each in target["dependencies"]}
        for target in json.loads(shown)["targets"]
        if target["type"] in ("regular", "executable") and not (target.get("path") or "").startswith("Tests")}


def test_each_module_depends_on_lower_layers_only(dependencies):
    assert len(dependencies) > 10
    wrong = [
        f"{module} depends on {other}"
        for module, others in dependencies.items() for other in others
        if LAYER[other] >= LAYER[module] or other in FORBIDDEN.get(module, ())]
    assert wrong == []


def test_each_import_is_a_dependency_and_each_dependency_is_imported(dependencies):
    wrong = []
    for module, declared in dependencies.items():
        imported = {name for path in files(SOURCES / module) for name in IMPORT.findall(read(path.read_text()).code)}
        wrong += [f"{module} imports {name} without declaring it" for name in imported - declared - TOOLCHAIN]
        wrong += [f"{module} declares {name} and never imports it" for name in declared - imported]
    assert wrong == []


@pytest.mark.parametrize("module", sorted(path.name for path in SOURCES.iterdir() if path.is_dir()))
def test_no_folders_of_a_module_depend_on_each_other(module):
    circles = circles_of(SOURCES / module)
    assert not circles, "\n" + "\n".join(circles)


def circles_of(module):
    """The circles between the folders of a module, each with the uses that make it."""
    declared, texts = {}, {}
    for path in files(module):
        folder = path.relative_to(module).parts[0]
        if path.parent == module:
            continue
        code = read(path.read_text()).code
        texts.setdefault(folder, []).append((path, code))
        for name in TYPE.findall(code):
            declared.setdefault(name, set()).add(folder)
    uses = {}
    for folder, sources in texts.items():
        for path, code in sources:
            for word in set(re.findall(r"\b[A-Z]\w*", code)):
                for other in declared.get(word, ()):
                    if folder not in declared[word]:
                        uses.setdefault((folder, other), []).append(f"{path.name} uses {word}")
    return [
        f"{' -> '.join([*circle, circle[0]])} ({'; '.join(uses[edge][0] for edge in zip(circle, [*circle[1:], circle[0]]))})"
        for circle in shortest_circles({edge for edge in uses})]


def shortest_circles(edges):
    """A shortest circle through each edge that lies on one, each circle once."""
    found = {}
    for start, end in sorted(edges):
        ways, seen = [[end]], {end}
        while ways:
            way = ways.pop(0)
            if way[-1] == start:
                circle = [start, *way[:-1]]
                least = circle.index(min(circle))
                found[tuple(circle[least:] + circle[:least])] = None
                break
            for a, b in sorted(edges):
                if a == way[-1] and b not in seen:
                    seen.add(b)
                    ways.append([*way, b])
    return list(found)


def test_circles_are_found():
    assert shortest_circles({("a", "b"), ("b", "c")}) == []
    assert shortest_circles({("a", "b"), ("b", "a"), ("c", "a")}) == [("a", "b")]
    assert shortest_circles({("c", "a"), ("a", "b"), ("b", "c")}) == [("a", "b", "c")]
