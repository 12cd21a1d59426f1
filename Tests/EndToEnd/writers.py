"""Clients that each keep one connection and create ICCs one after another until they are stopped or disconnected."""

import http.client
import itertools
import json
import threading

from registry_process import ARTICLE
from waiting import until


class Writers:
    """`answered` has the identifier of every 201 response that a client has read completely; `others` has every other status."""

    def __init__(self, registry, count=12):
        self.registry, self.answered, self.others = registry, [], []
        self.is_stopping = threading.Event()
        self.numbers = itertools.count()
        self.threads = [threading.Thread(target=self.write, daemon=True) for _ in range(count)]
        for thread in self.threads:
            thread.start()

    def write(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.registry.port, timeout=120)
        headers = {"Authorization": f"Bearer {self.registry.token}", "Content-Type": "application/json"}
        try:
            while not self.is_stopping.is_set():
                body = json.dumps({**ARTICLE, "name": f"writer {self.registry.port} {next(self.numbers)}"})
                connection.request("POST", "/v1/iccs", body, headers)
                answer = connection.getresponse()
                content = answer.read()
                if answer.status == 201:
                    self.answered.append(json.loads(content)["id"])
                else:
                    self.others.append((answer.status, content))
        except (OSError, http.client.HTTPException):
            pass  # Disconnected: the request in progress was not acknowledged.
        finally:
            connection.close()

    def wait_for(self, count, seconds=120):
        """Waits until this many ICCs are acknowledged."""
        until(lambda: len(self.answered) >= count, f"{count} creates; others: {self.others[:3]}", seconds)

    def end(self):
        """Stops the clients and waits for them."""
        self.is_stopping.set()
        for thread in self.threads:
            thread.join(30)
            assert not thread.is_alive()
