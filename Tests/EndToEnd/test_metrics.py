"""`/metrics`: valid for Prometheus, counting what happened, and naming everything that dashboard and alert rules use."""

import json
import pathlib
import re
import subprocess

import pytest

from scripted_aws import Peer

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
def used(start, command):
    """A registry after requests of every kind that is counted."""
    peer = Peer()
    registry = start(environment=peer.environment())
    iccs = [registry.create(name=f"ICC {number}") for number in range(3)]
    registry.get(f"/v1/iccs/{iccs[0]['id']}")
    assert registry.call("POST", f"/v1/iccs/{iccs[0]['id']}/verify")[0] == 200
    made = json.loads(registry.call("POST", "/v1/tokens", {"name": "revoked", "role": "admin"})[2])
    assert registry.call("DELETE", f"/v1/tokens/{made['id']}")[0] == 204
    assert command("migrate", "--database", registry.folder / "other.db").returncode == 0
    unknown = command("token", "create", "--role", "admin", "--name", "other", "--database", registry.folder / "other.db")
    for header in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Bearer " + made["token"]},
                   {"Authorization": "Bearer " + unknown.stdout.strip()}):
        assert registry.call("GET", "/v1/iccs", headers={"Authorization": "", **header})[0] == 401
    yield registry
    peer.close()


def test_the_counts_are_what_happened(used):
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
    assert found["icc_registry_database_bytes"] >= 4096 and found["icc_registry_wal_bytes"] > 0
    assert found['icc_registry_store_failing{error="full"}'] == 0
    assert 0 < found["process_resident_memory_bytes"] < 1 << 30 and found["process_cpu_seconds_total"] > 0
    assert 5 < found["process_open_fds"] < found["process_max_fds"]
    assert any(key.startswith("icc_registry_build_info{version=") and value == 1 for key, value in found.items())


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
