"""The registry as a process: start it, send requests, stop it, kill it."""

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import time
import urllib.parse

from waiting import until

TOKEN = re.compile(r"iccr_[A-Za-z0-9]{43}_[A-Za-z0-9]{6}")
ARTICLE = {
    "name": "Acme", "connectorType": "s3-cross-account", "userArn": "arn:aws:iam::111122223333:role/infosum-import",
    "sessionName": "acme-import", "bucketName": "acme-data", "prefix": "exports/",
}


class Registry:
    """One run of `serve`, whose standard output is a terminal. `token` is the first administrator's, if this run created it.

    `tls` is the context of this process as its client, if the options say that it uses TLS.
    """

    def __init__(
            self, binary, folder, database, options=(), prefix=(), environment=None, token=None, log_folder=None, tls=None,
            listen="127.0.0.1:0", pass_fds=()):
        self.tls = tls
        self.binary, self.folder, self.database, self.token = binary, folder, database, token
        self.output_path = folder / f"output-{time.monotonic_ns()}"
        self.log_path = (log_folder or folder) / f"log-{time.monotonic_ns()}"
        words = [*prefix, binary, "serve", "--listen", listen, "--database", str(database), *map(str, options)]
        self.terminal, output = os.openpty()
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=output, stderr=log, cwd=folder, pass_fds=pass_fds,
                env={"PATH": os.environ["PATH"], **(environment or {})})
        os.close(output)
        self.port = None

    @property
    def is_running(self):
        return self.process.poll() is None

    @property
    def url(self):
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def wait_until_listening(self, seconds=60):
        """Waits for the log's `listening`, which follows the first token if one is created."""
        until(lambda: self.events("listening") or not self.is_running, "the server to listen", seconds)
        events = self.events("listening")
        assert events, f"ended with {self.process.poll()}: {self.log_text()}"
        self.port = urllib.parse.urlsplit(events[0]["url"]).port
        self.keep_output()
        if self.token is None:
            found = TOKEN.search(self.output_path.read_text())
            self.token = found and found.group()
        return self

    def keep_output(self):
        """Writes to a file what the server has said on its terminal, all of it before it listens, and closes the terminal."""
        os.set_blocking(self.terminal, False)
        said = b""
        with contextlib.suppress(BlockingIOError):
            while chunk := os.read(self.terminal, 65536):
                said += chunk
        self.output_path.write_bytes(said)
        os.close(self.terminal)

    def log_text(self):
        return self.log_path.read_text(errors="replace")

    def events(self, name=None):
        """The events of the log so far, as objects."""
        text = self.log_text()
        lines = [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines() if line.startswith("{")]
        return [line for line in lines if name is None or line["event"] == name]

    def stop(self, number=signal.SIGTERM, seconds=60):
        """Asks the server to end and returns its exit status."""
        self.process.send_signal(number)
        return self.process.wait(seconds)

    def kill(self):
        """Ends the server as `kill -9` does."""
        self.process.kill()
        self.process.wait(10)

    def connection(self, seconds=120):
        """A new connection, not yet connected."""
        if self.tls:
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=seconds, context=self.tls)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)

    def call(self, method, path, body=None, token=None, headers=None):
        """Sends one request on a new connection; returns status, headers and content."""
        connection = self.connection()
        try:
            content = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
            sent = {"Authorization": f"Bearer {token or self.token}", **(headers or {})}
            if content is not None:
                sent.setdefault("Content-Type", "application/json")
            connection.request(method, path, content, sent)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def get(self, path, **options):
        """Returns the JSON of a GET that must succeed."""
        status, _, content = self.call("GET", path, **options)
        assert status == 200, (status, content)
        return json.loads(content)

    def create(self, **members):
        """Creates an ICC with the article's fields, except for those given."""
        status, _, content = self.call("POST", "/v1/iccs", {**ARTICLE, **members})
        assert status == 201, (status, content)
        return json.loads(content)

    def ids(self):
        """Returns the identifiers of all ICCs that are not deleted, read page by page."""
        found, cursor = [], ""
        while cursor is not None:
            page = self.get("/v1/iccs?limit=200" + (f"&cursor={cursor}" if cursor else ""))
            found += [item["id"] for item in page["items"]]
            cursor = page["nextCursor"]
        return found
