"""A full disk: writes get 507, reads keep working, and writes work again when there is space."""

import json

from mounts import mounted
from registry_process import ARTICLE


def test_writes_work_again_after_a_full_disk(start, tmp_path):
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=4m", "tmpfs") as folder:
        (folder / "ballast").write_bytes(bytes(2 << 20))
        registry = start(database=folder / "registry.db")
        answered = []
        for number in range(3000):
            status, headers, content = registry.call("POST", "/v1/iccs", {**ARTICLE, "name": f"full {number}"})
            if status != 201:
                break
            answered.append(json.loads(content)["id"])
        assert status == 507, (status, content)
        assert headers["Content-Type"] == "application/problem+json" and len(answered) > 5

        for _ in range(3):
            assert registry.call("POST", "/v1/iccs", {**ARTICLE, "name": "no room"})[0] == 507
            assert sorted(registry.ids()) == sorted(answered)
            assert registry.get(f"/v1/iccs/{answered[-1]}")["id"] == answered[-1]
            assert registry.call("GET", "/healthz")[0] == 200

        (folder / "ballast").unlink()
        answered += [registry.create(name=f"room {number}")["id"] for number in range(5)]
        assert sorted(registry.ids()) == sorted(answered)
        assert registry.stop() == 0
        again = start(database=folder / "registry.db", token=registry.token)
        assert sorted(again.ids()) == sorted(answered)
        assert again.stop() == 0
