"""A registry's database after a busy life, for the tests that change or copy it."""

import hashlib
import json
import subprocess

from registry_process import Registry
from scripted_aws import Peer

MOVED = hashlib.sha256(b"moved").hexdigest()


class Life:
    """A registry's database after a busy life: `icc`, `viewer` and the others are identifiers."""

    def __init__(self, registry, command):
        self.registry, self.command, self.database = registry, command, registry.database

    def send(self, method, path, body=None, status=200, **options):
        found, _, content = self.registry.call(method, path, body, **options)
        assert found == status, (method, path, found, content)
        return json.loads(content) if content else None

    def token(self, role, **fields):
        return self.send("POST", "/v1/tokens", {"name": role, "role": role, **fields}, 201)

    def patch(self, icc, **fields):
        return self.merge(f"/v1/iccs/{icc}", fields)

    def merge(self, path, fields):
        return self.send("PATCH", path, fields, headers={"Content-Type": "application/merge-patch+json"})

    def fill(self):
        self.send("POST", "/v1/organisations", {"id": "late", "name": "Late"}, 201)
        self.send("POST", "/v1/organisations", {"id": "acme", "name": "Acme"}, 201)
        self.send("POST", "/v1/organisations", {"id": "gone", "name": "Gone"}, 201)
        self.icc = self.registry.create(name="first")["id"]
        self.other = self.registry.create(name="second", organisation="acme", userArn=None, description="a")["id"]
        viewer = self.token("viewer", organisation="acme")
        self.viewer, self.old_viewer = viewer["id"], self.token("viewer", organisation="gone")["id"]
        self.connector, self.revoked = self.token("connector")["id"], self.token("admin")["id"]
        self.limited = self.token("connector", organisations=["acme", "late"], addressBlocks=["192.0.2.0/24"])["id"]
        self.send("DELETE", f"/v1/tokens/{self.revoked}", status=204)
        self.rotated = self.send("POST", "/v1/session/rotate", status=201, token=viewer["token"])["id"]
        self.send("DELETE", "/v1/organisations/gone", status=204)
        self.merge("/v1/organisations/acme", {"name": "Acme Group"})

    def take_over(self):
        entry = {"name": "moved", "connectorType": "s3-cross-account", "sessionName": "acme-import", "bucketName": "acme-data",
                 "externalId": MOVED, "createdAt": "2024-05-06T07:08:09Z", "pendingExternalId": hashlib.sha256(b"pending").hexdigest()}
        file = self.registry.folder / "moved.ndjson"
        file.write_text(json.dumps(entry))
        words = [self.registry.binary, "import", str(file), "--apply", "--database", str(self.database)]
        subprocess.run(words, check=True, capture_output=True, timeout=60)
        self.moved = self.send("GET", "/v1/iccs?name=moved")["items"][0]["id"]
        self.send("POST", f"/v1/iccs/{self.moved}/external-id/promote")

    def change(self):
        path = f"/v1/iccs/{self.icc}"
        self.patch(self.icc, bucketName="acme-data-2", prefix="in/", description="what \"we\" need")
        self.patch(self.icc, kmsKeyArn="arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
        for step in ("rotate", "promote", "rotate", "cancel", "rotate"):
            self.send("POST", f"{path}/external-id/{step}")
        for step in ("disable", "enable"):
            self.send("POST", f"{path}/{step}")
        self.take_over()
        self.send("POST", f"{path}/verify")
        self.send("DELETE", path, status=204)
        self.send("POST", f"{path}/restore")
        self.patch(self.other, userArn=self.send("GET", path)["userArn"], name="Zweite é")
        self.send("DELETE", f"/v1/iccs/{self.registry.create(name='third')['id']}", status=204)
        # Newcomers on the role of the first: one is released, one stays held.
        self.send("POST", f"/v1/iccs/{self.other}/release")
        self.held = self.registry.create(name="held", organisation="late")["id"]
        dry = self.registry.call("POST", "/v1/iccs?dryRun=true", {"name": "x"})
        assert dry[0] == 422


def live(binary, folder):
    """The life of a registry that was restarted in the middle of it and has stopped."""
    peer, life = Peer(), None
    for part in (Life.fill, Life.change):
        registry = Registry(binary, folder, folder / "registry.db", environment=peer.environment(), token=life and life.registry.token)
        registry.wait_until_listening()
        if life:
            life.registry = registry
        else:
            life = Life(registry, None)
        part(life)
        assert registry.stop() == 0
    peer.close()
    return life
