"""Clients of several registries that share a database, and the check that nothing acknowledged was lost or made twice."""

import http.client
import itertools
import json
import os
import threading
import urllib.parse

from registry_process import ARTICLE

DEEP = os.environ.get("TESTS_DEEP") == "1"


class RetryingWriters:
    """Clients that create ICCs and repeat each request with its idempotency key, on any instance, until it is acknowledged.

    `registries` may change meanwhile. Each client keeps a connection to each instance.
    """

    def __init__(self, registries, count, creates):
        self.registries, self.acknowledged, self.rejections = registries, {}, []
        self.is_stopping = threading.Event()
        self.threads = [
            threading.Thread(target=self.write, args=(number, creates), daemon=True) for number in range(count)]
        for thread in self.threads:
            thread.start()

    def write(self, number, creates):
        connections = {}
        for create in range(creates):
            if self.is_stopping.is_set():
                return
            key = f"{number}-{create}"
            for attempt in itertools.count(number + create):
                status, headers, content = self.post(self.registries[attempt % len(self.registries)], key, connections)
                if status == 201:
                    self.acknowledged[key] = json.loads(content)["id"]
                    break
                if status:
                    self.rejections.append((status, headers.get("Retry-After"), content))

    @staticmethod
    def post(registry, key, connections):
        """Sends a create on the connection to the instance; no status if the connection has ended."""
        connection = connections.get(registry) or connections.setdefault(registry, registry.connection())
        try:
            connection.request("POST", "/v1/iccs", json.dumps({**ARTICLE, "name": key}), {
                "Authorization": f"Bearer {registry.token}", "Content-Type": "application/json", "Idempotency-Key": key})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            return None, {}, b""

    def end(self, seconds=3_000 if DEEP else 300):
        """Waits until each client has made all its creates."""
        for thread in self.threads:
            thread.join(seconds)
            assert not thread.is_alive(), self.rejections[-3:]

    def stop(self):
        """Lets each client finish the create that it is making."""
        self.is_stopping.set()
        self.end()


class FeedReader:
    """Polls the change feed from its start, on any instance, and notes the numbers of the events."""

    def __init__(self, registries):
        self.registries, self.seen, self.is_stopping = registries, [], threading.Event()
        self.thread = threading.Thread(target=self.poll, daemon=True)
        self.thread.start()

    def poll(self):
        for turn in itertools.count():
            registry = self.registries[turn % len(self.registries)]
            is_last = self.is_stopping.is_set()
            with_query = urllib.parse.urlencode({"after": self.seen[-1] if self.seen else 0, "limit": 100})
            try:
                status, _, content = registry.call("GET", f"/v1/events?{with_query}")
            except (OSError, http.client.HTTPException):
                continue
            items = json.loads(content)["items"] if status == 200 else []
            self.seen += [item["seq"] for item in items]
            if is_last and status == 200 and not items:
                return

    def end(self, seconds=60):
        self.is_stopping.set()
        self.thread.join(seconds)
        assert not self.thread.is_alive()
        return self.seen


def check_complete(server, database, registry, writers, feed):
    """Checks that each acknowledged write is there once, and that the feed has shown each event once and in order."""
    ids = registry.ids()
    assert sorted(ids) == sorted(writers.acknowledged.values()) and len(set(ids)) == len(ids)
    assert feed == list(range(1, len(feed) + 1))
    assert server.query(database, "SELECT count(*), max(seq) FROM events") == [f"{len(feed)}|{len(feed)}"]
