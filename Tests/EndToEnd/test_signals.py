"""Signals to the server other than those that end it, and what a crash leaves behind."""

import datetime
import json
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


def reloaded(registry, event="settings-reloaded"):
    """The line of a reload that begins now."""
    before = len(registry.events(event))
    registry.process.send_signal(signal.SIGHUP)
    return until(lambda: registry.events(event)[before:], f"the event {event}", 10)[0]


def test_sighup_applies_the_settings_that_can_change_and_names_the_others(start, tmp_path, command):
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"maxTokenDays": 30, "defaultTokenDays": 10}))
    registry = start("--config", file)
    made = command("token", "create", "--role", "admin", "--name", "long", "--database", registry.database)
    registry.token = made.stdout.strip()

    def days_of_a_new_token():
        status, _, content = registry.call("POST", "/v1/tokens", {"name": "t", "role": "admin"})
        assert status == 201, content
        ends = datetime.datetime.fromisoformat(json.loads(content)["expiresAt"])
        return round((ends - datetime.datetime.now(datetime.UTC)).total_seconds() / 86_400)

    assert days_of_a_new_token() == 10
    assert registry.call("GET", "/metrics", headers={"Authorization": ""})[0] == 401
    line = reloaded(registry)
    assert "changed" not in line and "needRestart" not in line and line["level"] == "info"
    file.write_text(json.dumps({
        "maxTokenDays": 30, "defaultTokenDays": 1, "metricsOpen": True, "trustedProxies": ["127.0.0.1"],
        "trustedProxyHeader": "Forwarded", "logLevel": "debug", "idleSeconds": 7}))
    line = reloaded(registry)
    assert line["changed"] == "logLevel metricsOpen trustedProxies trustedProxyHeader defaultTokenDays"
    assert line["needRestart"] == "idleSeconds" and line["level"] == "warning"
    assert days_of_a_new_token() == 1
    assert registry.call("GET", "/metrics", headers={"Authorization": ""})[0] == 200
    assert registry.call("GET", "/healthz", headers={"Forwarded": "for=192.0.2.7"})[0] == 200
    until(lambda: [event for event in registry.events("request")
                   if (event["route"], event["address"], event["level"]) == ("/healthz", "192.0.2.7", "debug")],
          "the health check at debug, under the address that the proxy gave", 10)
    # A setting that needs a restart is named again until there was one.
    assert reloaded(registry)["needRestart"] == "idleSeconds"
    file.write_text("{}")
    assert set(reloaded(registry)["changed"].split()) == {
        "logLevel", "metricsOpen", "trustedProxies", "trustedProxyHeader", "defaultTokenDays", "maxTokenDays"}
    assert registry.call("GET", "/metrics", headers={"Authorization": ""})[0] == 401


@pytest.mark.parametrize(("content", "message"), [
    ('{"metricsOpen": true,', "settings.json"), ('{"metricsOpen": true, "logLevel": "loud"}', "logLevel"),
    ('{"metricsOpen": true, "nonsense": 1}', "nonsense"), (None, "settings.json"),
], ids=["not JSON", "a bad value", "an unknown name", "no file"])
def test_after_an_error_sighup_changes_nothing(start, tmp_path, content, message):
    file = tmp_path / "settings.json"
    file.write_text('{"metricsOpen": false}')
    registry = start("--config", file)
    if content is None:
        file.unlink()
    else:
        file.write_text(content)
    line = reloaded(registry, "settings-not-reloaded")
    assert line["level"] == "error" and message in line["message"], line
    assert registry.call("GET", "/metrics", headers={"Authorization": ""})[0] == 401
    file.write_text('{"metricsOpen": true}')
    assert reloaded(registry)["changed"] == "metricsOpen"


def test_a_usual_file_that_is_gone_is_an_error_and_not_a_return_to_the_defaults(start, tmp_path):
    (tmp_path / "config").mkdir()
    file = tmp_path / "config/icc-registry.json"
    file.write_text('{"metricsOpen": true}')
    registry = start()
    file.unlink()
    assert "does not exist any more" in reloaded(registry, "settings-not-reloaded")["message"]
    assert registry.call("GET", "/metrics", headers={"Authorization": ""})[0] == 200


def test_a_level_that_is_turned_off_and_on_again(start, tmp_path):
    file = tmp_path / "settings.json"
    file.write_text('{"logLevel": "info"}')
    registry = start("--config", file)
    file.write_text('{"logLevel": "off"}')
    assert reloaded(registry)["changed"] == "logLevel"
    registry.create(name="unlogged")
    file.write_text('{"logLevel": "info"}')
    assert reloaded(registry)["changed"] == "logLevel"
    registry.create(name="logged")
    until(lambda: registry.events("request"), "the line of the second request", 10)
    assert len(registry.events("request")) == 1


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
