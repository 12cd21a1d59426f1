"""Many connections that create ICCs as fast as the registry answers."""

import json
import selectors
import socket
import time

from registry_process import ARTICLE


class Creator:
    """One connection: sends up to `window` creates ahead and reads the responses in order."""

    def __init__(self, registry, names, window):
        self.token, self.names, self.window = registry.token, names, window
        self.socket = socket.create_connection(("127.0.0.1", registry.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.under_way = 0
        self.is_done = False

    def send(self):
        """Fills the window."""
        requests = []
        while self.under_way < self.window and (name := next(self.names, None)) is not None:
            body = json.dumps({**ARTICLE, "name": name})
            requests.append(
                f"POST /v1/iccs HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer {self.token}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}")
            self.under_way += 1
        self.socket.sendall("".join(requests).encode())
        self.is_done = self.under_way == 0

    def receive(self):
        """The complete responses that have arrived: the status and content of each."""
        chunk = self.socket.recv(1 << 18)
        if not chunk:
            raise ConnectionError("the registry closed the connection")
        self.received += chunk
        answers, start = [], 0
        while (end := self.received.find(b"\r\n\r\n", start)) >= 0:
            at = self.received.find(b"Content-Length: ", start, end)
            length = int(self.received[at + 16 : self.received.find(b"\r\n", at)])
            if len(self.received) < end + 4 + length:
                break
            answers.append((int(self.received[start + 9 : start + 12]), self.received[end + 4 : end + 4 + length]))
            start = end + 4 + length
            self.under_way -= 1
        self.received = self.received[start:]
        return answers


def create_many(registry, count, on_answer, connections=64, window=8, seconds=120, prefix="load"):
    """Creates `count` ICCs; `on_answer(status, content)` sees each response and stops the run by returning True. A broken
    connection stops it too. Returns whether all were answered."""
    names = iter([f"{prefix} {number}" for number in range(count)])
    selector = selectors.DefaultSelector()
    creators = [Creator(registry, names, window) for _ in range(connections)]
    deadline = time.monotonic() + seconds
    try:
        for creator in creators:
            creator.send()
            selector.register(creator.socket, selectors.EVENT_READ, creator)
        while not all(creator.is_done for creator in creators):
            assert time.monotonic() < deadline, "too slow"
            for key, _ in selector.select(1):
                for answer in key.data.receive():
                    if on_answer(*answer):
                        return False
                key.data.send()
        return True
    except ConnectionError:
        return False
    finally:
        selector.close()
        for creator in creators:
            creator.socket.close()
