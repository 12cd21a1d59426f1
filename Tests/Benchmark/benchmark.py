"""The measuring that Tests/Benchmark/run does: the release build beside bare servers in C and Go, in one run on one machine.

For each number of ICCs it seeds a database with a valid event chain and measures

- reading ICCs by identifier at random, with 1, 64 and 1,000 connections, beside `floor.c` (the same bytes from memory) and
  `server.c` (the same rows, the same bytes) and the peer in Go (one table, one index);
- creating ICCs durably with 1 and 64 connections, beside `server.c`, which commits the same rows, and the peer in Go;
- start to first response, with the database in the page cache and without it; memory; bytes on disk per ICC;
- every filter of the list;
- TLS beside plain HTTP, and PostgreSQL beside SQLite;
- one client's latency beside others that list, create, and beside the sweep of expired keys.

CPU is the server's own time for 10,000 requests. A ratio is taken within a round, in which all servers run one after another;
the table shows its median and its range. Neither of the peers checks tokens or writes a log.
"""

import argparse
import contextlib
import datetime
import os
import pathlib
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))
from batches import BATCH, Connection, request, run_nanoseconds  # noqa: E402
from measuring import memory_megabytes, milliseconds_of, rounds  # noqa: E402
from neighbours import measure_neighbours  # noqa: E402
from postgresql_costs import measure_failover, measure_postgresql  # noqa: E402
from servers import Seeded, build_c, build_go, free_megabytes, peer, registry, whole_response  # noqa: E402
from tls_costs import measure_tls  # noqa: E402

SIZES, LARGE = [10_000, 1_000_000], 10_000_000
# Identifiers that are read at random: more than the registry keeps in its caches.
SAMPLE = 100_000
LOOPS = len(os.sched_getaffinity(0))
FILTERS = [
    ("all, oldest first", "limit=50"), ("all, newest first", "order=newest&limit=50"), ("`name`, one match", "name=000000007"),
    ("`name`, no match", "name=nothing+has+this"), ("`bucketName`, no match", "bucketName=acme-nothing"),
    ("`userArn`, no match", "userArn=arn:aws:iam::111122223333:role/none"), ("`status=verified`, no match", "status=verified"),
    ("`status=unverified`", "status=unverified&limit=50"), ("`deleted=true`, no match", "deleted=true"),
    ("`organisation`", "organisation=default&limit=50"),
]


class Table:
    """Rows that are printed as they come and make a table in Markdown at the end."""

    def __init__(self, title, *columns):
        self.lines = [f"### {title}", "", "| " + " | ".join(columns) + " |", "|---" * len(columns) + "|"]
        print(f"\n{title}: {', '.join(columns)}", flush=True)

    def add(self, *cells):
        self.lines.append("| " + " | ".join(cells) + " |")
        print("  " + " | ".join(cells), flush=True)


def ratio(ours, theirs):
    """The median of the ratios within each round, and their range."""
    ratios = [mine["cpu"] / other["cpu"] for mine, other in zip(ours, theirs) if other["cpu"] > 0]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})" if ratios else "–"


def median(runs, key):
    return statistics.median(run[key] for run in runs)


def add_runs(table, case, runs):
    ours = runs["icc-registry"]
    for name, found in runs.items():
        table.add(
            case, name, f"{median(found, 'cpu'):.3f} s", f"{median(found, 'rate'):,.0f}/s", f"{median(found, 'p50'):.2f}",
            f"{median(found, 'p99'):.2f}", f"{median(found, 'p999'):.2f}", "" if found is ours else ratio(ours, found))


def check(servers, identifier):
    """All servers return the same ICC: the registry and the peer in C the same bytes."""
    path = f"/v1/iccs/{identifier}"
    ours = servers["icc-registry"].call(path)
    assert servers["C, same rows"].call(path) == ours
    theirs = servers["Go, one table"].call(path)
    assert len(theirs) == len(ours) and identifier.encode() in theirs, (ours, theirs)


def measure_requests(options, seeded, programs, tables):
    """Reads, then creates. Returns the bytes on disk that a create took."""
    sample = seeded.sample(SAMPLE, random.Random(seeded.count))
    identifier = sample.read_text().split()[0]
    size = f"{seeded.count:,}"
    with contextlib.ExitStack() as stack:
        servers = {
            "icc-registry": stack.enter_context(registry(options.binary, seeded)),
            "C, same rows": stack.enter_context(peer(programs / "server", LOOPS, seeded.copy())),
            "Go, one table": stack.enter_context(peer(programs / "gopeer", seeded.peer_table()))}
        check(servers, identifier)
        answer = programs / "answer"
        answer.write_bytes(whole_response(servers["icc-registry"], f"/v1/iccs/{identifier}"))
        reading = {**servers, "C, fixed bytes": stack.enter_context(peer(programs / "floor", LOOPS, answer))}
        for connections in (1, 64, 1000):
            runs = rounds(reading, options.rounds, connections, options.seconds, lambda name, number: [sample])
            add_runs(tables["requests"], f"read, {size} ICCs, {connections} connections", runs)
        before, created = seeded.path.stat().st_size, 0
        for connections in (1, 64):
            runs = rounds(servers, options.rounds, connections, options.seconds, lambda name, number:
                          ["create", f"{seeded.count}-{connections}-{number + 1}"])
            created += sum(run["requests"] for run in runs["icc-registry"])
            add_runs(tables["requests"], f"create, {size} ICCs, {connections} connections", runs)
        peak = memory_megabytes(servers["icc-registry"].process.pid, "VmHWM")
    # The log is empty once the registry has stopped.
    return (seeded.path.stat().st_size - before) / created, peak


def measure_starts(options, seeded):
    """The median start in milliseconds with the database cached, one start without, and the memory of an idle server."""
    cached, idle = [], 0
    for _ in range(options.rounds):
        with registry(options.binary, seeded) as server:
            cached.append(server.first_response)
            idle = memory_megabytes(server.process.pid)
    seeded.drop_from_cache()
    with registry(options.binary, seeded) as server:
        uncached = server.first_response
    return statistics.median(cached), uncached, idle


def measure_lists(options, seeded, table):
    with registry(options.binary, seeded) as server:
        for name, query in FILTERS:
            path, count = f"/v1/iccs?{query}", options.rounds * 4
            milliseconds_of(server.port, path, seeded.token, 1)
            before = run_nanoseconds(server.process.pid)
            taken = milliseconds_of(server.port, path, seeded.token, count)
            used = (run_nanoseconds(server.process.pid) - before) / count / 1e6
            table.add(f"{seeded.count:,}", name, f"{statistics.median(taken):.2f} ms", f"{max(taken):.2f} ms", f"{used:.2f} ms")


def measure_authentication(options, seeded, table):
    """The CPU time of a 404 with a good token, less that of a 401 without any: neither looks for an ICC."""
    costs = {404: [], 401: []}
    batches = {404: request("GET", "/v1/iccs/none", seeded.token), 401: request("GET", "/v1/iccs/none")}
    with registry(options.binary, seeded) as server:
        for _ in range(options.rounds * 4):
            connection = Connection(server.port)
            for status, found in costs.items():
                requests = (batches[status] * BATCH).encode()
                connection.nanoseconds(requests, status)
                before = run_nanoseconds(server.process.pid)
                for _ in range(100):
                    connection.nanoseconds(requests, status)
                found.append((run_nanoseconds(server.process.pid) - before) / 100 / BATCH / 1000)
    known, unknown = (statistics.median(found) for found in costs.values())
    table.add("authentication", f"{known - unknown:.2f} µs of CPU a request")


def machine():
    """The machine, the date and the commit, for the table's heading."""
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    return (f"{model[1] if model else platform.machine()}, {LOOPS} processors, Linux {platform.release()}, "
            f"{datetime.date.today()}, commit {commit}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help=f"measure {LARGE:,} ICCs as well: takes about 40 GB of disk")
    parser.add_argument("--sizes", help="the numbers of ICCs, separated by commas")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3, help="the duration of each load")
    parser.add_argument("--folder", type=pathlib.Path, help="where the databases are, on the disk to be measured; default .build")
    parser.add_argument("--table", type=pathlib.Path, help="a file for the table in Markdown")
    parser.add_argument("--binary", type=pathlib.Path, help="a release build; built if not given")
    options = parser.parse_args()
    options.sizes = [int(size) for size in options.sizes.split(",")] if options.sizes else SIZES + [LARGE] * options.large
    return options


def main():
    options = arguments()
    if options.binary is None:
        subprocess.run(["swift", "build", "-c", "release", "--product", "icc-registry"], cwd=ROOT, check=True)
        options.binary = ROOT / ".build/release/icc-registry"
    options.binary = options.binary.resolve()
    place = options.folder or ROOT / ".build"
    place.mkdir(exist_ok=True)
    needed = max(options.sizes) * 4000 >> 20
    assert free_megabytes(place) > needed, f"{place} needs {needed} MB of free disk"
    print(machine(), flush=True)
    tables = {
        "requests": Table(
            "Requests", "case", "server", "CPU for 10,000", "rate", "p50 ms", "p99 ms", "p99.9 ms", "CPU of icc-registry to it"),
        "life": Table("Start, memory and disk", "ICCs", "start, cached", "start, uncached", "memory, idle", "memory, peak",
                      "bytes per ICC, seeded", "bytes per create", "seeding"),
        "lists": Table("Lists", "ICCs", "filter", "median", "slowest", "CPU"),
        "tls": Table("TLS", "what", "CPU", "ratio to plain HTTP"),
        "postgresql": Table(
            "PostgreSQL", "case", "CPU of the instances for 10,000", "CPU of PostgreSQL", "rate", "p50 ms", "p99 ms"),
        "neighbours": Table("Beside others", "ICCs", "request", "median", "p99"),
        "authentication": Table("Authentication", "what", "cost")}
    for size in options.sizes:
        with tempfile.TemporaryDirectory(dir=place, prefix="benchmark-") as folder:
            folder = pathlib.Path(folder)
            build_c(folder)
            build_go(folder)
            seeded = Seeded(options.binary, folder, folder / "data", size)
            bytes_per_icc = seeded.path.stat().st_size / size
            cached, uncached, idle = measure_starts(options, seeded)
            measure_lists(options, seeded, tables["lists"])
            if size == options.sizes[0]:
                measure_authentication(options, seeded, tables["authentication"])
            bytes_per_create, peak = measure_requests(options, seeded, folder, tables)
            tables["life"].add(
                f"{size:,}", f"{cached:.1f} ms", f"{uncached:.1f} ms", f"{idle:.1f} MB", f"{peak:.1f} MB", f"{bytes_per_icc:.0f}",
                f"{bytes_per_create:.0f}", f"{seeded.seconds:.1f} s")
            if size == options.sizes[0]:
                measure_tls(options, seeded, folder, tables["tls"])
                measure_failover(options, seeded, tables["postgresql"])
            if size == options.sizes[0] or options.large:
                measure_postgresql(options, seeded, tables["postgresql"])
            measure_neighbours(options, seeded, tables["neighbours"])
    if options.table:
        blocks = ["\n".join(table.lines) for table in tables.values()]
        options.table.write_text(f"Measured on {machine()}.\n\n" + "\n\n".join(blocks) + "\n")


if __name__ == "__main__":
    main()
