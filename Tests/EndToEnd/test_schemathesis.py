"""The OpenAPI document compared with the real program: every check of schemathesis, with and without a token, including links;
and one organisation's requests for the ICCs of another."""

import collections
import json
import os
import pathlib
import subprocess
import sys

import pytest

from deep import DEEP

HERE = pathlib.Path(__file__).parent
# After them the token that schemathesis sends is not valid any more.
ENDS_ITS_TOKEN = ["--exclude-operation-id", "rotateSession", "--exclude-operation-id", "endSession"]


# The hooks restore what a request has deleted, so that later requests find it.
WITHOUT = ["--exclude-checks", "use_after_free"]

# At most so many of the calls meet a 404.
MOST_NOT_FOUND = 0.1


def with_tenants(registry, folder, role):
    """Two tenants with ICCs and tokens; the file that the hooks read, with those that a token of the role sees."""
    made = {"url": registry.url, "organisations": ["ours", "theirs"], "iccs": [], "tokens": []}
    for organisation in made["organisations"]:
        assert registry.call("POST", "/v1/organisations", {"id": organisation})[0] == 201
        for number in range(4):
            icc = registry.create(name=f"Of {organisation} {number}", organisation=organisation, bucketName=f"{organisation}-{number}",
                                  kmsKeyArn="arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
            if role == "admin" or organisation == "ours":
                made["iccs"].append(icc["id"])
        token = json.loads(registry.call("POST", "/v1/tokens", {"name": "x", "role": "viewer", "organisation": organisation})[2])
        if role == "admin" or organisation == "ours":
            made["tokens"].append(token["id"])
    path = folder / "tenants"
    path.write_text(json.dumps(made))
    return path


def run(registry, token, hooks, folder, *options, **environment):
    """Runs schemathesis with a token and its hooks, which are several files."""
    module = folder / "all_hooks.py"
    module.write_text("".join(f"exec(compile(open({str(HERE / name)!r}).read(), {name!r}, 'exec'))\n" for name in hooks))
    return subprocess.run(
        [pathlib.Path(sys.executable).with_name("st"), "--config-file", HERE / "schemathesis.toml", "run",
         f"{registry.url}/openapi.json", "--header", f"Authorization: Bearer {token}", "--seed", "1", "--no-color", *options, *ENDS_ITS_TOKEN],
        cwd=folder, capture_output=True, text=True, timeout=500,
        env={**os.environ, "SCHEMATHESIS_HOOKS": str(module), **environment})


def not_found(path):
    """The share of the calls that met a 404, and how many calls there were."""
    statuses = [line.split()[2] for line in path.with_name("tenants.statuses").read_text().splitlines()]
    return statuses.count("404") / len(statuses), len(statuses)


@pytest.mark.both_stores
@pytest.mark.parametrize("role,examples", [("admin", 25 if DEEP else 10), ("owner", 8 if DEEP else 5)])
def test_the_server_does_what_the_openapi_document_says(role, examples, registry, command, tmp_path):
    """For two tenants that both have ICCs. With a token that lives as long as any, since no token that it makes can outlive it."""
    tenants = with_tenants(registry, tmp_path, role)
    limit = [] if role == "admin" else ["--organisation", "ours"]
    made = command(
        "token", "create", "--role", role, "--name", "long", "--expires-in", "3650", *limit, "--database", registry.database)
    assert made.returncode == 0, made.stderr
    token = made.stdout.strip()
    tenants.write_text(json.dumps({**json.loads(tenants.read_text()), "role": role, "token": token}))
    found = run(registry, token, ["schemathesis_expiry.py", "schemathesis_tenants.py"], tmp_path, "--checks", "all", *WITHOUT, "--phases",
                "examples,coverage,fuzzing,stateful", "--max-examples", str(examples), TENANTS=str(tenants))
    assert found.returncode == 0, found.stdout[-8000:] + found.stderr[-2000:]
    assert " passed" in found.stdout
    share, calls = not_found(tenants)
    assert share < MOST_NOT_FOUND and calls > 1000, f"{share:.1%} of {calls} calls met a 404"


@pytest.mark.both_stores
def test_another_organisation_sees_nothing(registry, tmp_path):
    """An editor sends valid requests to every route, with another organisation's ICCs in the path."""
    for organisation in ("ours", "theirs"):
        assert registry.call("POST", "/v1/organisations", {"id": organisation})[0] == 201
    theirs = [registry.create(name=f"Their secret {number}", organisation="theirs", bucketName=f"theirs-{number}")
              for number in range(5)]
    for step, icc in zip(("disable", "external-id/rotate"), theirs):
        assert registry.call("POST", f"/v1/iccs/{icc['id']}/{step}", b"")[0] == 200
    assert registry.call("DELETE", f"/v1/iccs/{theirs[2]['id']}")[0] == 204
    before = [registry.get(f"/v1/iccs/{icc['id']}/events")["items"] for icc in theirs]
    content = registry.call("POST", "/v1/tokens", {"name": "ours", "role": "editor", "organisation": "ours"})[2]

    strangers = tmp_path / "strangers"
    secrets = [icc[member] for icc in theirs for member in ("externalId", "name", "bucketName")]
    strangers.write_text(json.dumps({"ids": [icc["id"] for icc in theirs], "secrets": secrets}))
    done = subprocess.run(
        [pathlib.Path(sys.executable).with_name("st"), "run", f"{registry.url}/openapi.json", "--header",
         f"Authorization: Bearer {json.loads(content)['token']}", "--checks", "nothing_of_a_stranger", "--phases",
         "examples,coverage,fuzzing", "--seed", "1", "--max-examples", "25" if DEEP else "10", "--no-color", "--include-path-regex", "^/(v1|api)/", *ENDS_ITS_TOKEN],
        cwd=tmp_path, capture_output=True, text=True, timeout=500,
        env={**os.environ, "SCHEMATHESIS_HOOKS": str(HERE / "schemathesis_stranger.py"),
             "STRANGERS": str(strangers)})
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]

    seen = collections.Counter(strangers.with_name("strangers.seen").read_text().splitlines())
    paths = {(line.split()[0], line.split()[1]) for line in seen if line.endswith(" 404")}
    routes = {(method.upper(), path) for path, operations in registry.get("/openapi.json")["paths"].items()
              if path.startswith("/v1/iccs/{id}") or "{config_id}" in path for method, operation in operations.items() if "editor" in operation["description"]}
    assert len(routes) == 29 and routes <= paths, f"never asked as far as the ICC: {routes - paths}"
    assert [registry.get(f"/v1/iccs/{icc['id']}/events")["items"] for icc in theirs] == before
