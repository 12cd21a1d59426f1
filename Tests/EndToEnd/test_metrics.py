"""`/metrics`: valid for Prometheus, counting what happened, and naming everything that dashboard and alert rules use."""

import contextlib
import json
import pathlib
import re
import socket
import subprocess

import pytest

from mounts import mounted
from registry_process import Registry
from scripted_aws import Peer
from waiting import until

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES = ROOT / "config/prometheus/icc-registry.rules.yml"
DASHBOARD = ROOT / "config/grafana/icc-registry.json"
SAMPLE = re.compile(r"^([a-z_]+)(\{.*\})? (\S+)$", re.MULTILINE)


def promtool(*words, text=None):
    done = subprocess.run(["promtool", *map(str, words)], input=text, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and not done.stderr.strip(), done.stdout + done.stderr


def scrape(registry):
    status, headers, content = registry.call("GET", "/metrics")
    assert status == 200 and headers["Content-Type"].startswith("text/plain; version=0.0.4")
    return content.decode()


def samples(text):
    """The values by name and labels."""
    return {name + (labels or ""): float(value) for name, labels, value in SAMPLE.findall(text)}


@pytest.fixture
def used(start, command, new_database):
    """A registry after requests of every kind that is counted."""
    peer = Peer()
    registry = start(environment=peer.environment())
    iccs = [registry.create(name=f"ICC {number}") for number in range(3)]
    registry.get(f"/v1/iccs/{iccs[0]['id']}")
    assert registry.call("POST", f"/v1/iccs/{iccs[0]['id']}/verify")[0] == 200
    made = json.loads(registry.call("POST", "/v1/tokens", {"name": "revoked", "role": "admin"})[2])
    assert registry.call("DELETE", f"/v1/tokens/{made['id']}")[0] == 204
    other = new_database()
    assert command("migrate", "--database", other).returncode == 0
    unknown = command("token", "create", "--role", "admin", "--name", "other", "--database", other)
    for header in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Bearer " + made["token"]},
                   {"Authorization": "Bearer " + unknown.stdout.strip()}):
        assert registry.call("GET", "/v1/iccs", headers={"Authorization": "", **header})[0] == 401
    yield registry
    peer.close()


@pytest.mark.both_stores
def test_the_counts_are_what_happened(used, postgresql):
    found = samples(scrape(used))
    create = 'method="POST",route="/v1/iccs"'
    assert found[f'icc_registry_requests_total{{{create},status="201"}}'] == 3
    buckets = [value for key, value in found.items()
               if key.startswith(f"icc_registry_request_duration_seconds_bucket{{{create},")]
    assert buckets == sorted(buckets) and buckets[-1] == 3 and len(buckets) == 17
    assert found[f"icc_registry_request_duration_seconds_count{{{create}}}"] == 3
    assert 0 < found[f"icc_registry_request_duration_seconds_sum{{{create}}}"] < 60
    refused = {reason: found[f'icc_registry_tokens_refused_total{{reason="{reason}"}}']
               for reason in ("missing", "malformed", "unknown", "expired", "revoked")}
    assert refused["revoked"] == 1 and refused["unknown"] == 1 and refused["expired"] == 0
    assert refused["missing"] + refused["malformed"] == 2
    assert found['icc_registry_verifications_total{verdict="verified"}'] == 1
    commits = found["icc_registry_commit_duration_seconds_count"]
    assert 5 <= commits == found["icc_registry_writes_per_commit_count"] <= found["icc_registry_writes_per_commit_sum"]
    assert found["icc_registry_database_bytes"] >= 4096
    assert found['icc_registry_store_failing{error="full"}'] == 0
    assert found['icc_registry_iccs{status="unverified"}'] == 2 and found['icc_registry_iccs{status="verified"}'] == 1
    assert found["icc_registry_shared_role_alarms_total"] == 0
    if postgresql:
        assert "icc_registry_wal_bytes" not in found and found["icc_registry_database_primary"] == 1
    else:
        # Each commit syncs the write-ahead log, and so does its first use at the start.
        assert found["icc_registry_wal_bytes"] > 0
        assert commits <= found['icc_registry_sync_duration_seconds_count{file="wal"}'] < commits + 20
        syncs = found['icc_registry_sync_duration_seconds_sum{file="wal"}']
        assert 0 < syncs <= found["icc_registry_commit_duration_seconds_sum"] + 10
    assert found["http_event_loop_lag_seconds_count"] > 10 and 0 < found["http_event_loop_lag_seconds_sum"] < 60
    assert 0 <= found["http_event_loop_busy_seconds"] < 10
    assert found["process_virtual_memory_bytes"] > found["process_resident_memory_bytes"]
    assert 0 < found["process_resident_memory_bytes"] < 1 << 30 and found["process_cpu_seconds_total"] > 0
    assert 5 < found["process_open_fds"] < found["process_max_fds"]
    assert any(key.startswith("icc_registry_build_info{version=") and value == 1 for key, value in found.items())


@pytest.mark.both_stores
def test_connections_are_counted_by_their_state(start, postgresql):
    registry = start()
    with contextlib.ExitStack() as open_connections:
        for sent in (b"", b"", b"GET /healthz HT", b"POST /v1/iccs HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nAuthorization: Bearer "
                     + registry.token.encode() + b"\r\n\r\n{"):
            connection = open_connections.enter_context(socket.create_connection(("127.0.0.1", registry.port)))
            connection.sendall(sent)

        def counted():
            found = samples(scrape(registry))
            return {state: found[f'http_connections{{state="{state}"}}'] for state in ("idle", "reading", "handling", "closing")}

        # On SQLite the scrape's own connection is not counted before it waits; that of the scrape before may be closing.
        expected = {"idle": 2, "reading": 2, "handling": 1 if postgresql else 0}
        until(lambda: counted().items() >= expected.items(), "four connections", 10)
    until(lambda: counted()["idle"] + counted()["reading"] == 0, "their end", 10)


@pytest.mark.both_stores
def test_an_alarm_about_a_shared_role_is_counted(start):
    registry = start()
    registry.create()
    assert registry.call("POST", "/v1/organisations", {"id": "other"})[0] == 201
    held = registry.create(organisation="other")
    assert samples(scrape(registry))["icc_registry_shared_role_alarms_total"] == 1
    assert samples(scrape(registry))['icc_registry_alarms{state="held"}'] == 1
    assert registry.call("POST", f"/v1/iccs/{held['id']}/release")[0] == 200
    assert samples(scrape(registry))['icc_registry_alarms{state="held"}'] == 0
    assert registry.stop() == 0
    assert samples(scrape(start(token=registry.token)))["icc_registry_shared_role_alarms_total"] == 1


def test_lines_that_a_full_disk_does_not_take_are_counted_and_reported(binary, tmp_path):
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=64k", "tmpfs") as small:
        registry = Registry(binary, tmp_path, tmp_path / "registry.db", log_folder=small)
        try:
            registry.wait_until_listening()
            filler = small / "filler"
            with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
                while file.write(b"x" * 512):
                    pass
            name = 'log_lines_dropped_total{reason="write-failed"}'
            until(lambda: registry.call("GET", "/v1/iccs")[0] == 200 and samples(scrape(registry))[name] > 20, "lost lines", 30)
            filler.unlink()
            registry.create()
            # The line before may be cut short; the warning begins on a new one.
            warnings = until(
                lambda: [line for line in registry.log_text().splitlines() if '"event":"log-lines-dropped"' in line], "the warning", 10)
            lost = samples(scrape(registry))[name]
            warning = json.loads(warnings[0])
            assert (warning["level"], warning["reason"]) == ("warning", "write-failed") and 20 < warning["count"] <= lost
            assert registry.stop() == 0
        finally:
            registry.process.kill()
            registry.process.wait()


@pytest.mark.both_stores
def test_prometheus_accepts_the_page(used):
    promtool("check", "metrics", text=scrape(used))


def test_the_alert_rules_fire_on_their_conditions():
    promtool("check", "rules", RULES)
    promtool("test", "rules", pathlib.Path(__file__).with_name("alert_rules_test.yml"))
    tested = set(re.findall(r"alertname: (\w+)", pathlib.Path(__file__).with_name("alert_rules_test.yml").read_text()))
    assert tested == set(re.findall(r"alert: (\w+)", RULES.read_text()))


def test_dashboard_and_rules_name_metrics_that_exist(used):
    # The server has no label of its own that Prometheus adds, and `up` is Prometheus' own.
    text = scrape(used)
    names = {name for name, _, _ in SAMPLE.findall(text)} | set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))
    expressions = [target["expr"] for panel in json.loads(DASHBOARD.read_text())["panels"] for target in panel["targets"]]
    assert len(expressions) > 20
    written = "\n".join(expressions) + RULES.read_text()
    asked = set(re.findall(r"\b(?:icc_registry|http|process|log)_[a-z_]+\b", written))
    assert asked and asked <= names, asked - names
