"""The benchmark's programs follow the registry: seeded databases are intact, and the bare server returns and writes the same."""

import json
import urllib.request

import pytest

from registry_process import ARTICLE
from servers import Seeded, build_c, peer


@pytest.fixture
def programs(tmp_path):
    build_c(tmp_path)
    return tmp_path


def test_a_seeded_database_is_the_registrys(binary, command, programs, start, tmp_path):
    seeded = Seeded(binary, programs, tmp_path / "data", 300)
    done = command("verify-database", "--database", seeded.path)
    assert done.returncode == 0, done.stderr
    identifiers = seeded.ids.read_text().split()
    registry = start(database=seeded.path, token=seeded.token)
    assert registry.ids() == identifiers and len(identifiers) == 300
    path = f"/v1/iccs/{identifiers[123]}"
    ours = registry.call("GET", path)[2]
    assert registry.stop() == 0

    with peer(programs / "server", 2, seeded.path) as bare:
        assert bare.call(path) == ours
        request = urllib.request.Request(bare.url + "/v1/iccs", method="POST", data=json.dumps(ARTICLE).encode())
        with urllib.request.urlopen(request, timeout=30) as response:
            created = json.loads(response.read())
    done = command("verify-database", "--database", seeded.path)
    assert done.returncode == 0, done.stderr
    again = start(database=seeded.path, token=seeded.token)
    assert again.get(f"/v1/iccs/{created['id']}") == created
    assert [event["type"] for event in again.get(f"/v1/iccs/{created['id']}/events")["items"]] == ["icc.created"]
