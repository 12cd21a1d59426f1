"""The measuring that Tests/Benchmark/run does: all in one run on one machine, of the release build. Prints:

- durable creates a second over 64 connections, beside commits.c, which commits the same rows one create at a time on the same
  disk, and beside the server with one connection (aim: several times);
- reading ICCs by their ids, 1,000 of them at random over 64 connections, authentication included: the server's CPU time a request
  (user and system, from /proc), beside that of floor.c, which answers the very same bytes from memory with as many loops (aim: at
  most 2.5 times). A server keeps tokens until somebody commits, and ICCs until their version changes, so there are the same
  of all ICCs at random, which are more than it keeps, and while another process commits a hundred times a second;
- the same without a log line a request;
- what authentication costs: the CPU time of an answer that takes nothing else but a good token, less that of the one without;
- milliseconds from start to the first answer, the median of ten starts of an existing database;
- memory (RSS) of an idle server after one request.

Needs Debian's wrk, gcc and libsqlite3-dev. The figures mean most on a machine that does nothing else.
Usage: Tests/Benchmark/run [--seconds N] [--folder FOLDER] [--binary BINARY]
"""

import argparse
import contextlib
import http.client
import json
import os
import pathlib
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))
from batches import BATCH, Connection, request, run_nanoseconds  # noqa: E402
from registry_process import ARTICLE, TOKEN  # noqa: E402

CONNECTIONS = 64
THREADS = 2
ICCS = 1000
COMMITS_A_SECOND = 100
LOOPS = os.process_cpu_count() if hasattr(os, "process_cpu_count") else os.cpu_count()


def compiled(folder, name, *options):
    """The program made of one of the C files here."""
    program = folder / name
    subprocess.run(["gcc", "-O2", "-Wall", "-Werror", "-o", program, HERE / f"{name}.c", *options], check=True)
    return program


def wrk(url, seconds, *options, connections=CONNECTIONS, arguments=()):
    """One run of wrk: answers, and answers a second. Every answer must be a success."""
    threads = min(THREADS, connections)
    words = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", *options, url, "--", *arguments]
    output = subprocess.run(words, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout
    assert "Non-2xx" not in output and "Socket errors" not in output, output
    count = int(re.search(r"(\d+) requests in", output).group(1))
    return count, float(re.search(r"Requests/sec:\s*([\d.]+)", output).group(1))


def cpu_seconds(process):
    """User and system time so far (proc_pid_stat(5), fields 14 and 15)."""
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def reading_cost(process, url, seconds, *options, **more):
    """Microseconds of CPU a request, and requests a second."""
    wrk(url, 1, *options, **more)
    before = cpu_seconds(process)
    count, rate = wrk(url, seconds, *options, **more)
    return (cpu_seconds(process) - before) / count * 1e6, rate


@contextlib.contextmanager
def committing(database):
    """Another process's commits while this lasts, as the server sees them: a connection of its own, with its own locks."""
    program = ("import sqlite3, sys, time\n"
               "connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)\n"
               "while True:\n"
               "    connection.execute('PRAGMA user_version = 1')\n"
               f"    time.sleep({1 / COMMITS_A_SECOND})\n")
    process = subprocess.Popen([sys.executable, "-c", program, database])
    try:
        yield
        assert process.poll() is None, "the commits ended"
    finally:
        process.kill()
        process.wait()


def whole_answer(registry, path):
    """The bytes of an answer as they come from the socket."""
    request = f"GET {path} HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer {registry.token}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", registry.port)) as connection:
        connection.sendall(request.encode())
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0 or len(received) < end + 4 + length(received):
            received += connection.recv(65536)
    assert received.startswith(b"HTTP/1.1 200 "), received
    return received


def length(answer):
    return int(re.search(rb"Content-Length: (\d+)", answer).group(1))


@contextlib.contextmanager
def floor(program, answer, folder):
    """The C server with this answer: its process and its address."""
    path = folder / "answer"
    path.write_bytes(answer)
    process = subprocess.Popen([program, str(LOOPS), path], stdout=subprocess.PIPE, text=True)
    try:
        yield process.pid, f"http://127.0.0.1:{int(process.stdout.readline())}/"
    finally:
        process.kill()
        process.wait()


class Server:
    """A run of `serve` on a port that is known beforehand, so that nothing has to be read before the first request."""

    def __init__(self, options, database, settings=(), token=None):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url, self.log = f"http://127.0.0.1:{self.port}", options.folder / f"log-{time.monotonic_ns()}"
        output = options.folder / f"output-{time.monotonic_ns()}"
        words = [options.binary, "serve", "--listen", f"127.0.0.1:{self.port}", "--database", database, *settings]
        self.started = time.monotonic()
        with open(output, "wb") as out, open(self.log, "wb") as log:
            self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=log)
        self.milliseconds_to_first_answer = self.wait()
        self.token = token or self.first_token(output)

    def wait(self):
        while time.monotonic() < self.started + 30:
            with contextlib.suppress(ConnectionError):
                assert self.call("GET", "/healthz")[0] == 200
                return (time.monotonic() - self.started) * 1000
            time.sleep(0.0005)
        raise AssertionError("the server did not answer: " + self.log.read_text())

    def first_token(self, output):
        """It is shown once the server listens already."""
        while time.monotonic() < self.started + 30:
            if found := TOKEN.search(output.read_text()):
                return found.group()
            time.sleep(0.01)
        raise AssertionError("no first token: " + self.log.read_text())

    def call(self, method, path, body=None, **headers):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def create(self):
        """Besides the ICC, it gives the log something: an empty one costs every read a system call to ask the file's length."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        body = {**ARTICLE, "name": f"Acme {time.monotonic_ns()}"}
        status, content = self.call("POST", "/v1/iccs", json.dumps(body), **headers)
        assert status == 201, content

    def paths(self):
        """The paths of all ICCs."""
        paths, cursor = [], ""
        while cursor is not None:
            query = "?limit=200" + (f"&cursor={cursor}" if cursor else "")
            status, content = self.call("GET", "/v1/iccs" + query, Authorization=f"Bearer {self.token}")
            assert status == 200, content
            page = json.loads(content)
            paths += ["/v1/iccs/" + icc["id"] for icc in page["items"]]
            cursor = page["nextCursor"]
        return paths


@contextlib.contextmanager
def serving(options, database, *settings, token=None):
    server = Server(options, database, settings, token)
    try:
        yield server
    finally:
        server.process.terminate()
        assert server.process.wait(15) == 0, server.log.read_text()[-2000:]


def idle_memory(process):
    """Resident memory in MB: all of it, and what of it is the process's own and no file's."""
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    return [int(re.search(rf"{name}:\s*(\d+) kB", status).group(1)) / 1024 for name in ("VmRSS", "RssAnon")]


def measure_idle(options, database, token, path):
    with serving(options, database, token=token) as registry:
        whole_answer(registry, path)
        time.sleep(1)
        return idle_memory(registry.process.pid)


def start_milliseconds(options, database, token):
    with serving(options, database, token=token) as registry:
        return registry.milliseconds_to_first_answer


class Reads:
    """Reads of ICCs beside the same number of answers of the floor."""

    def __init__(self, options, database, token, paths):
        self.options, self.database, self.token = options, database, token
        self.some, self.all = options.folder / "some-paths", options.folder / "all-paths"
        self.some.write_text("\n".join(paths[-ICCS:]))
        self.all.write_text("\n".join(paths))
        self.path, self.count = paths[-1], len(paths)
        self.floor_program = compiled(options.folder, "floor", "-pthread")

    def cost(self, process, url, file):
        script = ("-s", str(HERE / "read.lua"))
        return reading_cost(process, url, self.options.seconds, *script, arguments=[self.token, str(file)])

    def show(self, name, registry, file):
        ours, rate = self.cost(registry.process.pid, registry.url, file)
        answer = whole_answer(registry, self.path)
        with floor(self.floor_program, answer, self.options.folder) as (process, url):
            least, least_rate = self.cost(process, url, file)
        print(f"read ICCs by id, {name} ({len(answer)} bytes): {ours:.2f} us CPU, floor {least:.2f} us, "
              f"ratio {ours / least:.2f}  ({rate:.0f}/s, floor {least_rate:.0f}/s)", flush=True)

    def measure(self):
        with serving(self.options, self.database, token=self.token) as registry:
            registry.create()
            self.show(f"{ICCS} at random", registry, self.some)
            self.show(f"all {self.count} at random", registry, self.all)
            with committing(self.database):
                self.show(f"{ICCS} at random, {COMMITS_A_SECOND} commits a second beside", registry, self.some)
        with serving(self.options, self.database, "--log-level", "warning", token=self.token) as registry:
            registry.create()
            self.show(f"{ICCS} at random, log level warning", registry, self.some)


def measure_authentication(options, database, token):
    """A path with an identifier that cannot be one is answered without asking for an ICC: 404 once the token is found good, 401
    without any. The two differ in the authentication alone, and in that the log names the token."""
    costs = {404: [], 401: []}
    batches = {404: request("GET", "/v1/iccs/none", token), 401: request("GET", "/v1/iccs/none")}
    with serving(options, database, token=token) as registry:
        registry.create()
        for _ in range(40):
            connection = Connection(registry.port)
            for status, found in costs.items():
                requests = (batches[status] * BATCH).encode()
                connection.nanoseconds(requests, status)
                before = run_nanoseconds(registry.process.pid)
                for _ in range(200):
                    connection.nanoseconds(requests, status)
                found.append((run_nanoseconds(registry.process.pid) - before) / 200 / BATCH / 1000)
    known, unknown = (statistics.median(found) for found in costs.values())
    spread = max(statistics.quantiles(found, n=10)[8] - statistics.quantiles(found, n=10)[0] for found in costs.values())
    print(f"authentication: {known - unknown:.2f} us CPU (404 with a token {known:.2f} us, 401 without {unknown:.2f} us, {BATCH} at a "
          f"time; medians of 40 runs, of which the middle 80 % differ by up to {spread:.2f} us)", flush=True)


def measure_creates(options, database, token):
    """Prints what creates cost; gives the paths of all that was created."""
    script = ["-s", str(HERE / "create.lua")]
    with serving(options, database, token=token) as registry:
        _, many = wrk(registry.url, options.seconds, *script, arguments=[token, "many"])
        _, one = wrk(registry.url, options.seconds, *script, connections=1, arguments=[token, "one"])
        paths = registry.paths()
    program = compiled(options.folder, "commits", "-lsqlite3")
    output = subprocess.run([program, database, str(options.seconds)], check=True, capture_output=True, text=True).stdout
    bare = float(output)
    print(f"durable creates: {many:.0f}/s over {CONNECTIONS} connections, one commit each {bare:.0f}/s (C), "
          f"ratio {many / bare:.1f}; {one:.0f}/s over one connection, ratio {many / one:.1f}", flush=True)
    return paths


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=5, help="how long each load lasts")
    parser.add_argument("--folder", type=pathlib.Path, help="where the database lies, on the disk to be measured; .build unless given")
    parser.add_argument("--binary", type=pathlib.Path, help="a release build; built unless given")
    options = parser.parse_args()
    if options.binary is None:
        subprocess.run(["swift", "build", "-c", "release", "--product", "icc-registry"], cwd=ROOT, check=True)
        options.binary = ROOT / ".build/release/icc-registry"
    options.binary = options.binary.resolve()
    place = options.folder or ROOT / ".build"
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place, prefix="benchmark-") as folder:
        options.folder = pathlib.Path(folder)
        database = options.folder / "icc-registry.db"
        print(f"{LOOPS} processors, {CONNECTIONS} connections, {options.seconds} s each", flush=True)
        with serving(options, database) as registry:
            token = registry.token
            registry.create()
            path = registry.paths()[0]
        starts = [start_milliseconds(options, database, token) for _ in range(10)]
        print(f"start to first answer: {statistics.median(starts):.1f} ms (median of {len(starts)})")
        resident, own = measure_idle(options, database, token, path)
        print(f"idle memory after one request: {resident:.1f} MB resident, {own:.1f} MB of it anonymous", flush=True)
        paths = measure_creates(options, database, token)
        Reads(options, database, token, paths).measure()
        measure_authentication(options, database, token)


if __name__ == "__main__":
    main()
