"""Signals to the server other than those that end it, and what a crash leaves behind."""

import signal

import pytest

from waiting import until


def test_sighup_opens_the_log_again_and_the_server_goes_on(start):
    registry = start()
    rotated = registry.log_path.with_suffix(".1")
    registry.log_path.rename(rotated)
    registry.create(name="before")
    until(lambda: '"status":201' in rotated.read_text(), "the line of the request in the moved file", 10)
    registry.process.send_signal(signal.SIGHUP)
    until(lambda: registry.log_path.exists() and registry.events("log-reopened"), "the new file", 10)
    registry.create(name="after")
    until(lambda: any(event.get("status") == 201 for event in registry.events("request")), "a line in the new file", 10)
    assert rotated.read_text().count('"status":201') == 1
    assert registry.stop() == 0
    assert registry.events("stopped")


def test_sighup_where_the_log_cannot_be_opened_is_an_error_in_the_log(start, tmp_path):
    registry = start()
    moved = tmp_path / "moved"
    registry.log_path.rename(moved)
    registry.log_path.mkdir()
    registry.process.send_signal(signal.SIGHUP)
    until(lambda: "log-not-reopened" in moved.read_text(), "the error in the file that stays open", 10)
    assert registry.call("GET", "/healthz")[0] == 200
    registry.log_path.rmdir()
    moved.rename(registry.log_path)


def test_sigusr1_is_ignored(start):
    registry = start()
    registry.process.send_signal(signal.SIGUSR1)
    assert registry.call("GET", "/healthz")[0] == 200
    assert registry.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGILL], ids=lambda number: number.name)
def test_a_crash_leaves_no_backtrace_and_no_core(start, tmp_path, number):
    registry = start(environment={"SWIFT_BACKTRACE": "enable=yes,color=no"})
    registry.process.send_signal(number)
    assert registry.process.wait(30) == -number
    text = registry.log_text()
    assert "Registers" not in text and "Backtrace" not in text and "Crash" not in text
    assert not list(tmp_path.glob("core*"))
