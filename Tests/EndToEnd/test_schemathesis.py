"""The OpenAPI document compared with the real program: every check of schemathesis, with and without a token, including links;
and one organisation's requests for the ICCs of another."""

import collections
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
# After them the token that schemathesis sends is not valid any more.
ENDS_ITS_TOKEN = ["--exclude-operation-id", "rotateSession", "--exclude-operation-id", "endSession"]


def test_the_server_does_what_the_openapi_document_says(registry, command, tmp_path):
    """With a token that lives as long as any, since no token that it makes can outlive it."""
    made = command(
        "token", "create", "--role", "admin", "--name", "long", "--expires-in", "3650", "--database", registry.database)
    registry.token = made.stdout.strip()
    found = subprocess.run(
        [pathlib.Path(sys.executable).with_name("st"), "--config-file", HERE / "schemathesis.toml", "run",
         f"{registry.url}/openapi.json", "--header", f"Authorization: Bearer {registry.token}", "--checks", "all",
         "--phases", "examples,coverage,fuzzing,stateful",
         "--seed", "1", "--max-examples", "25", "--no-color", *ENDS_ITS_TOKEN],
        cwd=tmp_path, capture_output=True, text=True, timeout=500,
        env={**os.environ, "SCHEMATHESIS_HOOKS": str(HERE / "schemathesis_expiry.py")})
    assert found.returncode == 0, found.stdout[-8000:] + found.stderr[-2000:]
    assert " passed" in found.stdout


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
         "examples,coverage,fuzzing", "--seed", "1", "--max-examples", "25", "--no-color", "--include-path-regex", "^/v1/", *ENDS_ITS_TOKEN],
        cwd=tmp_path, capture_output=True, text=True, timeout=500,
        env={**os.environ, "SCHEMATHESIS_HOOKS": str(HERE / "schemathesis_stranger.py"),
             "STRANGERS": str(strangers)})
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]

    seen = collections.Counter(strangers.with_name("strangers.seen").read_text().splitlines())
    paths = {(line.split()[0], line.split()[1]) for line in seen if line.endswith(" 404")}
    routes = {(method.upper(), path) for path, operations in registry.get("/openapi.json")["paths"].items()
              if path.startswith("/v1/iccs/{id}") for method, operation in operations.items() if "editor" in operation["description"]}
    assert len(routes) == 22 and routes <= paths, f"never asked as far as the ICC: {routes - paths}"
    assert [registry.get(f"/v1/iccs/{icc['id']}/events")["items"] for icc in theirs] == before
