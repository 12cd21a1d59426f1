"""How the outcome of a suite is counted: a run that ended early, ran nothing or missed a peer never counts as passed."""

import pytest

import suites

SWIFT = """\
◇ Test "a b" started.
✔ Test "a passed after 3 seconds" passed after 0.001 seconds.
✔ Test `b`(row:) with 3 test cases passed after 0.002 seconds.
✔ Suite "S" passed after 0.1 seconds.
"""


@pytest.mark.parametrize(("count", "text", "status", "expected"), [
    (suites.one, "", 0, (1, 0)),
    (suites.one, "", 2, (0, 1)),
    (suites.swift_testing, SWIFT + "✔ Test run with 2 tests in 1 suite passed after 0.2 seconds.", 0, (2, 0)),
    (suites.swift_testing, SWIFT + "✘ Test c() failed after 0.1 seconds with 1 issue.\n"
        "✘ Test run with 3 tests in 1 suite failed after 0.2 seconds with 1 issue.", 1, (2, 1)),
    (suites.swift_testing, SWIFT + "➜ Test \"Files\" skipped.\n✔ Test run with 3 tests in 1 suite passed after 0.2 seconds.",
        0, (2, 0)),
    (suites.swift_testing, SWIFT, 0, (2, 1)),
    (suites.swift_testing, SWIFT + "✔ Test run with 4 tests in 1 suite passed after 0.2 seconds.", 0, (4, 0)),
    (suites.swift_testing, "✔ Test run with 0 tests in 0 suites passed after 0.001 seconds.", 0, (0, 1)),
    (suites.swift_testing, "error: Exited with unexpected signal code 11", 1, (0, 1)),
    (suites.pytest, "....\n4 passed in 3.10s", 0, (4, 0)),
    (suites.pytest, "1 failed, 3 passed in 83.10s (0:01:23)", 1, (3, 1)),
    (suites.pytest, "1 failed, 2 passed, 1 skipped, 2 errors in 3.10s", 1, (2, 4)),
    (suites.pytest, "3 passed, 1 skipped in 3.10s", 0, (3, 1)),
    (suites.pytest, "3 passed, 2 warnings in 3.10s", 0, (3, 0)),
    (suites.pytest, "no tests ran in 0.01s", 5, (0, 1)),
    (suites.pytest, "INTERNALERROR> in 5s", 3, (0, 1)),
    (suites.fuzzing, "Done 1200 runs in 31 second(s)\nDone 7 runs in 31 second(s)", 0, (2, 0)),
    (suites.fuzzing, "Done 1200 runs in 31 second(s)\n==1==ERROR: AddressSanitizer", 1, (1, 1)),
])
def test_the_tests_of_a_suite_are_counted(count, text, status, expected):
    assert count(text, status) == expected


def suite(name, command, **options):
    return suites.Suite(name, ["sh", "-c", command], **options)


@pytest.mark.parametrize(("plan", "last", "status"), [
    ([[[suite("a", "true")], [suite("b", "true")]]], "2 passed, 0 failed", 0),
    ([[[suite("a", "false"), suite("b", "true")]], [[suite("c", "true")]]], "2 passed, 1 failed", 1),
    ([[[suite("a", "false"), suite("b", "true", needs="a")]]], "0 passed, 2 failed", 1),
    ([[[suite("a", "kill -9 $$")], [suite("b", "true")]]], "1 passed, 1 failed", 1),
    ([[[suite("a", "true", count=suites.pytest)]]], "0 passed, 1 failed", 1),
])
def test_all_suites_run_and_the_last_line_is_their_count(plan, last, status, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(suites, "LOGS", tmp_path)
    monkeypatch.setattr(suites, "stages", lambda deep, seconds: plan)
    monkeypatch.setattr("sys.argv", ["Tests/run"])
    assert suites.main() == status
    assert capsys.readouterr().out.splitlines()[-1] == last
    assert len(list(tmp_path.iterdir())) == sum(len(lane) for stage in plan for lane in stage) - last.startswith("0 passed, 2")


def test_a_suite_that_runs_only_when_it_is_named(monkeypatch, tmp_path, capsys):
    plan = [[[suite("a", "true")]], [[suite("long", "true", is_only_run_when_named=True)]]]
    monkeypatch.setattr(suites, "stages", lambda deep, seconds: plan)
    monkeypatch.setattr(suites, "LOGS", tmp_path)
    for words, ran in (([], ["a"]), (["long"], ["long"]), (["a", "long"], ["a", "long"])):
        monkeypatch.setattr("sys.argv", ["Tests/run", *words])
        assert suites.main() == 0
        output = capsys.readouterr().out
        assert [name for name in ("a", "long") if f"--- {name}:" in output] == ran
        assert output.splitlines()[-1] == f"{len(ran)} passed, 0 failed"
