"""Clients of several registries that share a database, and the check that nothing acknowledged was lost or made twice."""

import http.client
import itertools
import json
import threading

from deep import DEEP
from registry_process import ARTICLE



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
    """Polls the change feed from its start, on any instance. `last` is the number of the last event if none was missed or seen
    twice; `unexpected` has the first events that did not follow the one before. Keeps a connection to each instance."""

    def __init__(self, registries):
        self.registries, self.last, self.unexpected, self.is_stopping = registries, 0, [], threading.Event()
        self.connections = {}
        self.thread = threading.Thread(target=self.poll, daemon=True)
        self.thread.start()

    def poll(self):
        for turn in itertools.count():
            is_last = self.is_stopping.is_set()
            items = self.page(self.registries[turn % len(self.registries)])
            for item in items or []:
                if item["seq"] != self.last + 1:
                    self.unexpected = (self.unexpected + [(self.last, item["seq"])])[:10]
                self.last = item["seq"]
            if is_last and items == []:
                return

    def page(self, registry):
        """Returns the next events that the instance shows; None if it does not respond with them."""
        connection = self.connections.get(registry) or self.connections.setdefault(registry, registry.connection())
        try:
            connection.request(
                "GET", f"/v1/events?after={self.last}&limit=200", headers={"Authorization": f"Bearer {registry.token}"})
            response = connection.getresponse()
            content = response.read()
            return json.loads(content)["items"] if response.status == 200 else None
        except (OSError, http.client.HTTPException):
            connection.close()
            return None

    def end(self, seconds=60):
        """Reads what is left, and returns the number of the last event."""
        self.is_stopping.set()
        self.thread.join(seconds)
        assert not self.thread.is_alive() and not self.unexpected, self.unexpected
        return self.last


def check_complete(server, database, registry, writers, last):
    """Checks that each acknowledged write is there once, and that the feed, which has shown each event in order, has shown all."""
    ids = registry.ids()
    assert sorted(ids) == sorted(writers.acknowledged.values()) and len(set(ids)) == len(ids)
    assert server.query(database, "SELECT count(*), max(seq) FROM events") == [f"{last}|{last}"]
