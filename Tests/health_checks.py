"""Clients that go on asking whether a server is well, while the server is restarted."""

import http.client
import threading

from waiting import until


class HealthChecks:
    """Four clients that send health checks while the block runs, each on a connection of its own."""

    def __init__(self, port):
        self.port, self.answered, self.failures, self.stop = port, 0, [], threading.Event()
        self.threads = [threading.Thread(target=self._run) for _ in range(4)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def wait_for_more(self, count=20):
        """Waits until this many further checks are answered, or one has failed."""
        wanted = self.answered + count
        until(lambda: self.answered >= wanted or self.failures, "further health checks")

    def _run(self):
        while not self.stop.is_set():
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                connection.request("GET", "/healthz", headers={"Connection": "close"})
                response = connection.getresponse()
                assert response.status == 200 and response.read() == b'{"status":"ok"}'
                self.answered += 1
                connection.close()
            except Exception as failure:
                self.failures.append(repr(failure))
