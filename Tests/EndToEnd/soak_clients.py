"""The clients of the soak. Each knows what was acknowledged to it, and what it asked for without a response."""

import http.client
import json
import random
import time

from registry_process import ARTICLE


class Client:
    """Sends requests at random until the run ends; a request without a response is repeated by none."""

    def __init__(self, run, number=0):
        self.run_, self.number = run, number
        self.random = random.Random(f"{type(self).__name__} {number} {run.random.random()}")

    def run(self):
        while self.run_.is_running:
            try:
                self.step()
            except (OSError, http.client.HTTPException):
                self.run_.count("disconnections")
                time.sleep(0.05)
            except Exception as error:  # noqa: BLE001 # A client that ends early would test nothing.
                self.run_.fail(f"{type(self).__name__}: {error!r}")
            time.sleep(self.random.uniform(0, 0.02))

    def send(self, method, path, body=None, token=None, **headers):
        """Returns status and JSON; `503` is what a server that stops may answer."""
        status, answer, content = self.run_.registry.call(method, path, body, token, headers)
        value = json.loads(content) if content and "json" in answer.get("Content-Type", "") else None
        if status == 500 or status > 503:
            self.run_.fail(f"{method} {path}: {status} {content[:200]}")
        return status, value

    def check(self):
        """Compares the server with what is known at the end."""


class Writer(Client):
    """Creates, changes, deletes and restores ICCs that no other client changes."""

    def __init__(self, run, number):
        super().__init__(run, number)
        # The last acknowledged version of each ICC, and those whose last change got no response.
        self.versions, self.uncertain, self.made = {}, set(), 0

    def step(self):
        if not self.versions or self.random.random() < 0.3:
            self.create()
        else:
            self.change(self.random.choice(list(self.versions)))

    def create(self):
        self.made += 1
        status, icc = self.send("POST", "/v1/iccs", {**ARTICLE, "name": f"writer {self.number} {self.made}"})
        if status == 201:
            self.versions[icc["id"]] = icc["version"]
            self.run_.count("creates")
        elif status != 503:
            self.run_.fail(f"create: {status} {icc}")

    def change(self, icc):
        version, known = self.versions[icc], icc not in self.uncertain
        self.uncertain.add(icc)
        status, changed = self.send(
            "PATCH", f"/v1/iccs/{icc}", {"description": f"change {self.random.random()}"},
            **{"If-Match": f'"{version}"', "Content-Type": "application/merge-patch+json"})
        if status == 200:
            self.versions[icc] = changed["version"]
            self.run_.count("changes")
        elif status == 412 and not known:
            # The change without a response was made: exactly one.
            current = self.send("GET", f"/v1/iccs/{icc}")[1]["version"]
            if current != version + 1:
                self.run_.fail(f"{icc} has the version {current} after one change of {version} without a response")
            self.versions[icc] = current
        elif status != 503:
            self.run_.fail(f"change of {icc}: {status} {changed}")
        if status != 503:
            self.uncertain.discard(icc)

    def check(self):
        for icc, version in self.versions.items():
            status, found = self.send("GET", f"/v1/iccs/{icc}")
            allowed = (version, version + 1) if icc in self.uncertain else (version,)
            if status != 200 or found["version"] not in allowed:
                self.run_.fail(f"{icc}: {status}, version {found.get('version')}, acknowledged was {version}")


class Reader(Client):
    """Reads what is acknowledged: never an older version, never a part of a list."""

    def step(self):
        writer = self.random.choice(self.run_.writers)
        if not writer.versions:
            return
        icc = self.random.choice(list(writer.versions))
        version = writer.versions[icc]
        status, found = self.send("GET", f"/v1/iccs/{icc}")
        if status == 200 and found["version"] < version or status not in (200, 503):
            self.run_.fail(f"read of {icc}: {status}, version {(found or {}).get('version')}, acknowledged was {version}")
        status, page = self.send("GET", "/v1/iccs?limit=50")
        if status == 200 and len(page["items"]) < min(50, 1):
            self.run_.fail("an empty list")
        self.run_.count("reads")


class Revoker(Client):
    """Creates tokens and revokes some of them: a revoked one never works again, the others always do."""

    def __init__(self, run):
        super().__init__(run)
        self.valid, self.revoked = {}, []

    def step(self):
        status, made = self.send("POST", "/v1/tokens", {"name": "soak", "role": "admin"})
        if status == 201:
            self.valid[made["id"]] = made["token"]
            self.run_.count("tokens")
        if self.valid and self.random.random() < 0.7:
            self.revoke(self.random.choice(list(self.valid)))
        if self.revoked:
            self.expect(self.random.choice(self.revoked), 401)
        time.sleep(0.1)

    def revoke(self, token):
        text = self.valid.pop(token)
        status, _ = self.send("DELETE", f"/v1/tokens/{token}" + self.random.choice(["", "?cascade=true"]))
        if status == 204:
            self.revoked.append(text)
            self.run_.count("revocations")
            self.expect(text, 401)
        elif status != 503:
            self.run_.fail(f"revocation: {status}")

    def expect(self, text, expected):
        status, _ = self.send("GET", "/v1/session", token=text)
        # Many failed sign-ins of one address get 429.
        if status not in (expected, 503) and (expected, status) != (401, 429):
            self.run_.fail(f"a token gets {status} instead of {expected}")

    def check(self):
        for text in self.valid.values():
            self.expect(text, 200)
        # Each counts as a failed sign-in of this address, of which there is a limit.
        for text in self.random.sample(self.revoked, min(5, len(self.revoked))):
            self.expect(text, 401)
