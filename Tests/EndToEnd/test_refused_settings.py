"""Invalid settings: one line, the right exit code, and no file created."""

import json
import socket

import pytest


def test_a_port_in_use(command, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = command("serve", "--listen", address, "--database", tmp_path / "registry.db")
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert address in done.stderr and "cannot listen" in done.stderr
    assert "iccr_" not in done.stdout, "a token was shown by a server that never ran"


@pytest.mark.parametrize(("settings", "environment", "options", "word"), [
    ({"listenn": "127.0.0.1:0"}, {}, [], "listenn"), ({"threads": "many"}, {}, [], "threads"),
    ({"listen": "127.0.0.1:0", "database": 7}, {}, [], "database"),
    ({}, {"ICC_REGISTRY_NONSENSE": "1"}, [], "ICC_REGISTRY_NONSENSE"),
    ({}, {"ICC_REGISTRY_THREADS": "many"}, [], "ICC_REGISTRY_THREADS"), ({}, {}, ["--nonsense", "1"], "--nonsense"),
    ({}, {}, ["--threads", "-1"], "--threads"), ({}, {}, ["--listen", "127.0.0.1:99999"], "--listen"),
    ({"awsStsEndpoint": "https://user@sts.example"}, {}, [], "awsStsEndpoint"),
    ({"cloudFormationTemplateUrl": "http://templates.example/t.json"}, {}, [], "cloudFormationTemplateUrl"),
    ({"cloudFormationTemplateUrl": "https://user@templates.example/t.json"}, {}, [], "cloudFormationTemplateUrl"),
    ({"awsRegion": "eu-west-1.example"}, {}, [], "awsRegion"),
    ({"awsRegion": "cn-north-1"}, {"AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "S"}, [], "awsRegion"),
    ({"awsCredentials": "container"}, {}, [], "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"),
    ({"awsCredentials": "container"}, {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://keys.example/"}, [], "FULL_URI"),
], ids=["key", "kind", "database", "variable", "value", "option", "range", "port", "endpoint", "template", "template with a user", "region", "partition",
        "no container", "far container"])
def test_an_invalid_setting(command, tmp_path, settings, environment, options, word):
    (tmp_path / "settings.json").write_text(json.dumps(settings))
    done = command("serve", "--config", tmp_path / "settings.json", *options, environment=environment)
    assert done.returncode == 2 and done.stdout == "", done
    assert word in done.stderr and done.stderr.count("\n") == 1, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_the_file_of_the_working_folder_is_used_by_serve_only(command, start, tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config/icc-registry.json").write_text('{"listen": "127.0.0.1:0", "threads": 1, "database": "foreign.db"}')
    registry = start()
    assert registry.events("listening")[0]["configurationFile"] == "config/icc-registry.json"
    assert command("migrate").returncode == 0
    assert (tmp_path / "icc-registry.db").exists() and not (tmp_path / "foreign.db").exists()
    (tmp_path / "config/icc-registry.json").write_text('{"nonsense": 1}')
    assert command("migrate", "--status").returncode == 0
    assert command("serve").returncode == 2
