"""The test suites: which run one after another, which side by side, and how many of their tests passed.

Two lanes of a stage run side by side, each in a scratch folder of its own. The attacks run alone, because they measure
how long an honest client waits. A suite whose build failed is not run and counts as failed.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parent.parent
LOGS = ROOT / ".build/test-logs"
SHOWN_ON_FAILURE = 150


def one(text, status):
    """A command that is a test by itself."""
    return (1, 0) if status == 0 else (0, 1)


def swift_testing(text, status):
    """The tests of Swift Testing. A run that crashed has no total.

    Where all passed, its own total counts: beside tests that print control characters, lines of outcomes get lost.
    """
    outcomes = re.findall(r"^[✔✘] Test (?!run with ).* (passed|failed) after [\d.]+ seconds", text, re.MULTILINE)
    skipped = len(re.findall(r"^➜ Test .* skipped", text, re.MULTILINE))
    total = re.search(r"^[✔✘] Test run with (\d+) tests? ", text, re.MULTILINE)
    passed, failed = outcomes.count("passed"), outcomes.count("failed")
    if total and status == 0 and not failed:
        passed = int(total[1]) - skipped
    return at_least_one_failure(passed, failed, status == 0 and total)


def pytest(text, status):
    """The tests of pytest. A skipped test is a missing peer, and counts as failed."""
    lines = re.findall(r"^(?:=+ )?(\d+ [a-z]+(?:, \d+ [a-z]+)*) in [\d.]+s", text, re.MULTILINE)
    found = {word: int(number) for number, word in re.findall(r"(\d+) ([a-z]+)", lines[-1])} if lines else {}
    failed = sum(found.get(word, 0) for word in ("failed", "error", "errors", "skipped", "xfailed", "xpassed"))
    return at_least_one_failure(found.get("passed", 0), failed, status == 0)


def fuzzing(text, status):
    """The fuzz targets, each of which ends with what libFuzzer did."""
    return at_least_one_failure(len(re.findall(r"^Done \d+ runs in ", text, re.MULTILINE)), 0, status == 0)


def at_least_one_failure(passed, failed, is_good):
    """The counts, with a failure where the suite failed without naming one, or ran nothing."""
    return passed, failed if failed or (is_good and passed) else 1


@dataclass
class Suite:
    """A command and how its tests are counted. `needs` names the suite that must have passed before it."""

    name: str
    command: list[str]
    count: callable = one
    needs: str | None = None
    environment: dict[str, str] = field(default_factory=dict)
    is_only_run_when_named: bool = False


def stages(deep, seconds):
    """Stages one after another; the lanes of a stage side by side; the suites of a lane one after another."""
    python_tests = [sys.executable, "-m", "pytest", "-c", "Tests/pytest.ini"]
    # In the order of Tests/conftest.py.
    in_parallel = ["--numprocesses", "4", "--dist", "loadgroup", "--no-loadscope-reorder", "--durations", "15"]
    scripts = "shellcheck --external-sources config/admin/* config/package/*-* config/package/debian/p* Tests/run .ci/run Tests/*/run"
    debug = Suite("build", ["swift", "build", "--build-tests"])
    unit = Suite("unit", ["swift", "test", "--skip-build"], swift_testing, "build")
    # One after another, so that they share a few connections and one database.
    unit_on_postgresql = Suite("unit-postgresql", [
        "swift", "test", "--skip-build", "--no-parallel", "--filter", "RegistryAPITests",
    ], swift_testing, "build", {"REGISTRY_TEST_STORE": "postgresql"})
    release = Suite("release", ["config/package/build-release"])
    sanitized = ["swift", "test", "--scratch-path", ".build/thread-sanitizer", "--sanitize=thread"]
    # The server's tests run by themselves: others beside them would delay the answers that they wait for.
    server_sanitizer = Suite("thread-sanitizer-server", [
        *sanitized, "--filter", "HTTPServerTests",
    ], swift_testing)
    sanitizer = Suite("thread-sanitizer", [
        *sanitized, "--filter", "RegistrySQLiteTests|RegistryPostgreSQLTests|VerifierTests|RegistryAPITests",
    ], swift_testing)
    fuzz = Suite("fuzz", ["Tests/Fuzz/run", "600" if deep else "30"], fuzzing)
    attacks = Suite("attacks", [*python_tests, "Tests/Attacks"], pytest, "release")
    processes = Suite("processes", [
        *python_tests, *in_parallel, "--ignore", "Tests/Attacks", "Tests"], pytest, "release")
    processes_on_postgresql = Suite("processes-postgresql", [
        *python_tests, *in_parallel, "--store", "postgresql", "Tests/EndToEnd"], pytest, "release")
    soak = Suite(
        "soak", [sys.executable, "Tests/EndToEnd/soak.py", "--seconds", str(seconds)], needs="release",
        is_only_run_when_named=True)
    return [
        [[debug, unit, unit_on_postgresql, release],
         [Suite("scripts", ["sh", "-c", scripts]),
          Suite("format", "swift format lint --strict --parallel --recursive Sources Tests Package.swift".split()),
          server_sanitizer, sanitizer, fuzz]],
        [[attacks]],
        [[processes, processes_on_postgresql]],
        [[soak]],
    ]


class Run:
    """One run of the chosen suites and what came of each."""

    def __init__(self, chosen, deep):
        self.chosen, self.deep, self.results, self.lock = chosen, deep, {}, threading.Lock()

    def lane(self, suites):
        for suite in suites:
            if suite.name in self.chosen or not (self.chosen or suite.is_only_run_when_named):
                self.results[suite.name] = self.outcome(suite)

    def outcome(self, suite):
        """Runs the suite and reports it; its passed and failed tests."""
        if self.results.get(suite.needs, (1, 0))[1]:
            self.report(f"--- {suite.name}: FAILED, not run because {suite.needs} failed")
            return 0, 1
        log, started = LOGS / f"{suite.name}.log", time.monotonic()
        with open(log, "wb") as output:
            process = subprocess.Popen(
                suite.command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                env=os.environ | suite.environment | ({"TESTS_DEEP": "1"} if self.deep else {}))
            _, status, used = os.wait4(process.pid, 0)
        text = log.read_text(errors="replace")
        passed, failed = suite.count(text, os.waitstatus_to_exitcode(status))
        times = f"in {time.monotonic() - started:.0f} s, CPU {used.ru_utime + used.ru_stime:.0f} s"
        if failed:
            shown = "\n".join(text.splitlines()[-SHOWN_ON_FAILURE:])
            self.report(f"{shown}\n--- {suite.name}: FAILED {times}: {passed} passed, {failed} failed; see {log}")
        else:
            self.report(f"--- {suite.name}: {passed} passed {times}")
        return passed, failed

    def report(self, text):
        with self.lock:
            print(text, flush=True)


def main():
    parser = argparse.ArgumentParser(prog="Tests/run", description=__doc__.splitlines()[0])
    parser.add_argument("--deep", action="store_true", help="run the slow variants too")
    parser.add_argument("--seconds", type=int, default=600, help="the time of the suite soak, which runs only when named")
    parser.add_argument("suites", nargs="*", metavar="SUITE", help="only these suites")
    options = parser.parse_args()
    plan = stages(options.deep, options.seconds)
    suites = [suite for stage in plan for lane in stage for suite in lane]
    names = [suite.name for suite in suites]
    if unknown := set(options.suites) - set(names):
        parser.error(f"unknown suite: {', '.join(sorted(unknown))}; the suites are {', '.join(names)}")
    LOGS.mkdir(parents=True, exist_ok=True)
    run = Run(options.suites, options.deep)
    for stage in plan:
        threads = [threading.Thread(target=run.lane, args=(lane,)) for lane in stage]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    expected = len(options.suites or [suite for suite in suites if not suite.is_only_run_when_named])
    passed = sum(result[0] for result in run.results.values())
    failed = sum(result[1] for result in run.results.values()) + expected - len(run.results)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
