"""Attacks a running server and measures the effect on an honest client.

    python3 Tests/Attacks/hostile.py --port PORT --pid PID [--scale 0.1] [--attack NAME]... [--token TOKEN --path PATH]
    python3 Tests/Attacks/hostile.py soak --port PORT --pid PID [--scale 0.1]
    python3 Tests/Attacks/hostile.py idle --port PORT --pid PID [--count 10000]

The first attacks. The second soaks: a million good requests and a hundred thousand broken ones, with the server's descriptors and
resident memory after each tenth, which must stay level from the second tenth on; it takes about a minute. The third says what idle connections
cost in memory, of the server and of the kernel.

The honest client, the attackers and the load are C programs beside this file, each a process of its own that hardly uses the processor, so that
what is measured is the server. The honest client makes a new connection every 20 ms, first alone and then beside each attack. Printed for
each: the share of requests answered, the median and the 99th percentile, and the server's descriptors and resident memory before,
during and after. Loopback only; needs gcc and Python's standard library; every attack is bounded in time.
"""
import argparse
import contextlib
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from waiting import until

PROGRAMS = HERE.parent.parent / ".build/attacks"
PATH = "/healthz"


def program(name):
    """The program built from a C file in this folder, rebuilt if it is older than its sources."""
    made, sources = PROGRAMS / name, [HERE / f"{name}.c", HERE / "loopback.h"]
    if not made.exists() or made.stat().st_mtime < max(source.stat().st_mtime for source in sources):
        PROGRAMS.mkdir(parents=True, exist_ok=True)
        subprocess.run(["gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", made, sources[0], "-lpthread"], check=True)
    return str(made)


@contextlib.contextmanager
def running(words):
    """Runs a program while the block runs."""
    process = subprocess.Popen([str(word) for word in words], stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def resident_kib(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def sockets_kib():
    """The buffers of the kernel's TCP sockets of all processes, plus its slab of socket structures."""
    with open("/proc/net/sockstat") as stat:
        pages = next(int(line.split()[-1]) for line in stat if line.startswith("TCP:"))
    with open("/proc/meminfo") as memory:
        slab = next(int(line.split()[1]) for line in memory if line.startswith("Slab:"))
    return pages * resource.getpagesize() // 1024 + slab


def honest(port, seconds):
    """The share of requests answered, the median and the 99th percentile in milliseconds."""
    sent, answered, *times = counted(start_honest(port, seconds))
    times = sorted(times)
    if not times:
        return 0.0, float("inf"), float("inf")
    return answered / sent, times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]


def start_honest(port, seconds, delay_ms=0, every_us=20_000, address="127.0.0.1"):
    """Starts a client that sends each request this long after the handshake, from this address."""
    return subprocess.Popen(
        [str(word) for word in (program("honest"), port, seconds, delay_ms, every_us, address)], stdout=subprocess.PIPE, text=True)


def counted(client):
    """Waits for the client; returns how many requests it sent, how many were answered, and the milliseconds of each of these."""
    output, _ = client.communicate(timeout=120)
    assert client.returncode == 0
    sent, answered, *times = output.split()
    return int(sent), int(answered), *map(float, times)


def flood(port, rate):
    """Opens this many connections a second with half a head each while the block runs."""
    return running([program("flood"), port, rate])


def attacks(scale, path=PATH, token=None):
    """The attacks by name: number of clients, first bytes, milliseconds between further bytes, receive buffer."""
    post = b"POST /v1/iccs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n"
    credentials = f"Authorization: Bearer {token}\r\n" if token else ""
    get = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{credentials}\r\n".encode()
    contract = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
    many, thousand = int(5000 * scale), int(1000 * scale)
    return {
        "idle": (many, b"", 0, 0),
        "slow-head": (thousand, b"GET / HTTP/1.1\r\nX: ", 1000, 0),
        "slow-body": (thousand, post, 1000, 0),
        "slow-reader": (thousand, get * 2000, 0, 2048),
        "long-answer": (thousand, contract * 20, 0, 2048),
        "churn": (int(20000 * scale), None, 0, 0),
    }


@contextlib.contextmanager
def under_attack(port, count, opening, interval, receive_buffer):
    """Attacks while the block runs."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(opening or b"")
        file.flush()
        words = [program("crowd"), port, count, *(["churn"] if opening is None else [file.name, interval, receive_buffer])]
        with running(words) as attacker:
            yield attacker


def measure(name, attack, port, pid, seconds):
    """Runs one attack and the honest client together; returns a row of figures."""
    before = descriptors(pid), resident_kib(pid)
    with under_attack(port, *attack) if attack else contextlib.nullcontext():
        time.sleep(1 if attack and name != "churn" else 0)
        served, median, high = honest(port, seconds)
        during = descriptors(pid), resident_kib(pid)
    after = settled(pid, before) if attack else during
    row = {"name": name, "served": served, "median_ms": median, "p99_ms": high,
           "fds": (before[0], during[0], after[0]), "rss_kib": (before[1], during[1], after[1])}
    print(f"{name:12} served {served:7.2%}  median {median:7.2f} ms  p99 {high:8.2f} ms  "
          f"descriptors {row['fds']}  resident KiB {row['rss_kib']}", flush=True)
    return row


def settled(pid, before, seconds=12):
    """Descriptors and memory when both are back to normal, or after some seconds.

    Connections linger, and memory is returned when the server is idle.
    """
    for _ in range(seconds * 4):
        time.sleep(0.25)
        if descriptors(pid) <= before[0] and resident_kib(pid) <= before[1] + 1024:
            break
    return descriptors(pid), resident_kib(pid)


GOOD = f"GET {PATH} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
HOST = b"Host: a\r\n"
BROKEN = [
    # Request lines.
    b"GET / HTTP/1.1\n\n", b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n", b"GET /\r\n\r\n", b"G\x01T / HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /%zz HTTP/1.1\r\n" + HOST + b"\r\n", b"GET /%00 HTTP/1.1\r\n" + HOST + b"\r\n", b"GET /a#b HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /\xff HTTP/1.1\r\n" + HOST + b"\r\n", b"GET / HTTP/2.0\r\n" + HOST + b"\r\n", b"GET / http/1.1\r\n" + HOST + b"\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", b"BREW / HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n",
    b"GET * HTTP/1.1\r\n" + HOST + b"\r\n", b"CONNECT a:443 HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n",
    b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", b"A" * 300_000, b"\r\n" * 10_000,
    # Header lines.
    b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n",
    b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", b"GET / HTTP/1.1\r\n" + HOST + b" folded: b\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"X: a\rb\r\n\r\n", b"GET / HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"no colon\r\n\r\n", b"GET / HTTP/1.1\r\n" + HOST + b": no name\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 20_000 + b"\r\n\r\n", b"GET / HTTP/1.1\r\n" + HOST + b"X: a\r\n" * 101 + b"\r\n",
    # Content.
    b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n", b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999999999999\r\n\r\n", b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 65537\r\n\r\n",
    b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked, chunked\r\n\r\n", b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip\r\n\r\n",
    b"POST / HTTP/1.0\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nx\r\n",
    b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nfffffffff\r\n", b"POST / HTTP/1.1\r\n" + HOST + b"Expect: rain\r\n\r\n",
    b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n0\r\nHost: b\r\n\r\n",
]


def load(port, kind, total, messages, threads=16):
    """Sends this many requests of one kind; returns how many got the expected response."""
    with tempfile.TemporaryDirectory() as folder:
        files = [pathlib.Path(folder, str(number)) for number in range(len(messages))]
        for file, message in zip(files, messages):
            file.write_bytes(message)
        words = [program("load"), port, kind, total, threads, *files]
        return int(subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, text=True, timeout=600).stdout)


def soak(port, pid, scale=1.0, tenths=10):
    """Sends valid and invalid requests; returns the figures after each tenth."""
    good, bad = int(1_000_000 * scale / tenths), int(100_000 * scale / tenths)
    print(f"before    descriptors {descriptors(pid)}  resident KiB {resident_kib(pid)}", flush=True)
    rows = []
    for tenth in range(tenths):
        start = time.perf_counter()
        row = {"answered": load(port, "good", good, [GOOD]), "refused": load(port, "broken", bad, BROKEN), "of": (good, bad)}
        time.sleep(0.5)
        row |= {"fds": descriptors(pid), "rss_kib": resident_kib(pid)}
        rows.append(row)
        print(f"tenth {tenth + 1:2}  answered {row['answered']}  refused {row['refused']}  descriptors {row['fds']}  "
              f"resident KiB {row['rss_kib']}  {time.perf_counter() - start:.1f} s", flush=True)
    return rows


def idle(port, pid, count):
    """The bytes of server and kernel memory per idle connection; half of the connections have been used before."""
    before, kernel = (descriptors(pid), resident_kib(pid)), sockets_kib()
    with under_attack(port, count // 2, b"", 0, 0), under_attack(port, count - count // 2, GOOD, 0, 0):
        until(lambda: descriptors(pid) >= before[0] + count, "all connections to be accepted")
        held = descriptors(pid) - before[0]
        cost = (resident_kib(pid) - before[1]) * 1024 / max(held, 1)
        cost_of_kernel = (sockets_kib() - kernel) * 1024 / max(held, 1)
    after = settled(pid, before)
    print(f"idle: {held} connections, {cost:.0f} bytes each in the server, {cost_of_kernel:.0f} in the kernel for both ends; "
          f"resident KiB before {before[1]}, after {after[1]}", flush=True)
    return {"held": held, "bytes": cost, "kernel": cost_of_kernel, "fds": (before[0], after[0]), "rss_kib": (before[1], after[1])}


def run(port, pid, scale=1.0, names=None, seconds=4.0, path=PATH, token=None):
    """Measures the honest client alone, then during each attack."""
    rows = [measure("alone", None, port, pid, seconds)]
    for name, attack in attacks(scale, path, token).items():
        if not names or name in names:
            rows.append(measure(name, attack, port, pid, seconds))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["attack", "soak", "idle"], default="attack")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--pid", type=int, required=True)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--attack", action="append")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--path", default=PATH)
    parser.add_argument("--token")
    options = parser.parse_args()
    if options.what == "soak":
        soak(options.port, options.pid, options.scale)
    elif options.what == "idle":
        idle(options.port, options.pid, options.count)
    else:
        run(options.port, options.pid, options.scale, options.attack, path=options.path, token=options.token)


if __name__ == "__main__":
    main()
