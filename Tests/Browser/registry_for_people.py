"""One registry for all browser tests, with a token for each role; ICCs are made over its API."""

import json
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone

from registry_process import Registry

ORGANISATION = "default"


class PeoplesRegistry:
    """A running registry with what the tests of the console need."""

    wrong_token = "iccr_" + "A" * 43 + "_AAAAAA"

    def __init__(self, binary, folder, environment=None):
        self.process = Registry(binary, folder, folder / "registry.db", environment=environment).wait_until_listening()
        self.url = self.process.url
        self.tokens = {}

    def call(self, method, path, body=None, token=None):
        request = urllib.request.Request(
            self.url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {token or self.process.token}", "Content-Type": "application/merge-patch+json" if method == "PATCH" else "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            content = answer.read()
        return json.loads(content) if content else None

    def token(self, role, fresh=False):
        """A token of the role: the same one each time, or a fresh one that the test may revoke."""
        if fresh or role not in self.tokens:
            new = {"name": f"browser tests: {role}", "role": role}
            if role in ("owner", "editor", "viewer"):
                new["organisation"] = ORGANISATION
            self.tokens[role if not fresh else object()] = made = self.call("POST", "/v1/tokens", new)
            if fresh:
                return made["token"]
        return self.tokens[role]["token"]

    def expiring_token(self, role):
        """A token of the default organisation that expires in an hour, or when `Console.expire` says so."""
        end = (datetime.now(timezone.utc) + timedelta(hours=1)).isoformat(timespec="milliseconds")
        new = {"name": "browser tests: expiring", "role": role, "organisation": ORGANISATION,
               "expiresAt": end.replace("+00:00", "Z")}
        self.tokens[object()] = made = self.call("POST", "/v1/tokens", new)
        return made["token"]

    def revoke(self, text):
        """Revokes a token that was created here: from now on it is refused, with the same response as an expired one."""
        made = next(entry for entry in self.tokens.values() if entry["token"] == text)
        self.call("DELETE", f"/v1/tokens/{made['id']}")

    def create_icc(self, name, **others):
        values = {"name": name, "connectorType": "s3-cross-account", "sessionName": "acme-import", "bucketName": "acme-data"}
        return self.call("POST", "/v1/iccs", values | others, self.token("editor"))

    def announce(self, id, key, description):
        """Announces that an import job uses the ICC."""
        end = (datetime.now(timezone.utc) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.call("PUT", f"/v1/iccs/{id}/usages/{key}", {"description": description, "expiresAt": end})

    def find_icc(self, name):
        query = urllib.parse.urlencode({"name": name, "limit": 200})
        page = self.call("GET", f"/v1/iccs?{query}", token=self.token("editor"))
        return next(icc for icc in page["items"] if icc["name"] == name)
