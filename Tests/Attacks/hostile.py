"""Attacks a running server and measures what an honest client feels meanwhile.

    python3 Tests/Attacks/hostile.py --port PORT --pid PID [--scale 0.1] [--attack NAME]...
    python3 Tests/Attacks/hostile.py soak --port PORT --pid PID [--scale 0.1]

The first attacks, the second soaks: a million good requests and a hundred thousand broken ones, with the server's descriptors and
resident memory after each tenth, which must stay level from the second tenth on. It takes some minutes.

An honest client makes a new connection every 20 ms, first alone and then beside each attack. Printed for each: the share of
requests answered, the median and the 99th percentile, and the server's descriptors and resident memory before, during and after.
Loopback only; standard library only; every attack is bounded in time.
"""
import argparse
import asyncio
import os
import resource
import socket
import struct
import time

HOST = "127.0.0.1"
PATH = "/healthz"
HONEST_EVERY = 0.02


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def resident_kib(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


async def ask(port, timeout=2.0):
    """Seconds that one request over a new connection takes; None when it is not answered."""
    start = time.perf_counter()
    writer = None
    try:
        async with asyncio.timeout(timeout):
            reader, writer = await asyncio.open_connection(HOST, port)
            writer.write(f"GET {PATH} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            answer = await reader.read()
            return time.perf_counter() - start if answer.startswith(b"HTTP/1.1 200 ") else None
    except (OSError, TimeoutError):
        return None
    finally:
        if writer is not None:
            writer.close()


async def honest(port, seconds):
    """The share answered, the median and the 99th percentile in milliseconds."""
    tasks, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        tasks.append(asyncio.create_task(ask(port)))
        await asyncio.sleep(HONEST_EVERY)
    times = await asyncio.gather(*tasks)
    good = sorted(t * 1000 for t in times if t is not None)
    if not good:
        return 0.0, float("inf"), float("inf")
    return len(good) / len(times), good[len(good) // 2], good[min(len(good) - 1, int(len(good) * 0.99))]


async def connection(port, receive_buffer=None):
    """A connected non-blocking socket."""
    sock = socket.socket()
    sock.setblocking(False)
    if receive_buffer:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    await asyncio.wait_for(asyncio.get_running_loop().sock_connect(sock, (HOST, port)), 3)
    return sock


async def send_what_fits(sock, data):
    """Sends as much as the server takes within a second of taking nothing."""
    loop = asyncio.get_running_loop()
    try:
        await asyncio.wait_for(loop.sock_sendall(sock, data), 1)
    except TimeoutError:
        pass


async def drip(port, opening, byte, interval=1.0, receive_buffer=None):
    """Opens, sends the opening, then a byte now and then; begins anew when it is cut."""
    while True:
        sock = None
        try:
            sock = await connection(port, receive_buffer)
            await send_what_fits(sock, opening)
            while byte is None or sock.send(byte):
                await asyncio.sleep(interval)
        except (OSError, TimeoutError):
            await asyncio.sleep(0.2)
        finally:
            if sock is not None:
                sock.close()


def crowd(count, *arguments, **options):
    async def attack(port):
        await asyncio.gather(*(drip(port, *arguments, **options) for _ in range(count)))
    return attack


def churn(count):
    """Connections opened and reset at once."""
    async def attack(port):
        reset = struct.pack("ii", 1, 0)
        for turn in range(count):
            try:
                sock = await connection(port)
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
                if turn % 2:
                    sock.send(b"GET / HT")
                sock.close()
            except (OSError, TimeoutError):
                pass
            if turn % 20 == 0:
                await asyncio.sleep(0.001)
    return attack


def attacks(scale, path=PATH, token=None):
    """The attacks by name; the slow readers ask for `path` with `token`."""
    post = b"POST /v1/iccs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n"
    credentials = f"Authorization: Bearer {token}\r\n" if token else ""
    get = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{credentials}\r\n".encode()
    many, thousand = int(5000 * scale), int(1000 * scale)
    return {
        "idle": crowd(many, b"", None),
        "slow-head": crowd(thousand, b"GET / HTTP/1.1\r\nX: ", b"a"),
        "slow-body": crowd(thousand, post, b"a"),
        "slow-reader": crowd(thousand, get * 2000, None, receive_buffer=2048),
        "churn": churn(int(20000 * scale)),
    }


async def measure(name, attack, port, pid, seconds):
    """One attack beside the honest client; a row of figures."""
    before = descriptors(pid), resident_kib(pid)
    task = asyncio.create_task(attack(port)) if attack else None
    await asyncio.sleep(2 if attack else 0)
    served, median, high = await honest(port, seconds)
    during = descriptors(pid), resident_kib(pid)
    if task:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await asyncio.sleep(1)
    # Answers linger for some seconds before their descriptors are free.
    for _ in range(20):
        if descriptors(pid) <= before[0] + 2:
            break
        await asyncio.sleep(0.5)
    row = {"name": name, "served": served, "median_ms": median, "p99_ms": high,
           "fds": (before[0], during[0], descriptors(pid)), "rss_kib": (before[1], during[1], resident_kib(pid))}
    print(f"{name:12} served {served:7.2%}  median {median:7.2f} ms  p99 {high:8.2f} ms  "
          f"descriptors {row['fds']}  resident KiB {row['rss_kib']}", flush=True)
    return row


BROKEN = [
    b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", b"GET / HTTP/1.1\n\n", b"GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n", b"\x16\x03\x01\x00\xa5\x01",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", b"BREW / HTTP/1.1\r\nHost: a\r\n\r\n",
]


async def ask_many(port, count, together=100):
    """So many good requests over one connection, some of them at a time; how many were answered 200."""
    reader, writer = await asyncio.open_connection(HOST, port)
    request = f"GET {PATH} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    answered = 0
    for start in range(0, count, together):
        size = min(together, count - start)
        writer.write(request * size)
        for _ in range(size):
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0]))
            answered += head.startswith(b"HTTP/1.1 200 ")
    writer.close()
    return answered


async def ask_badly(port, count):
    """So many broken requests, each over a connection of its own; how many were refused with a status of 4xx or 5xx."""
    refused = 0
    for turn in range(count):
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(BROKEN[turn % len(BROKEN)])
        writer.write_eof()
        refused += (await reader.read()).startswith((b"HTTP/1.1 4", b"HTTP/1.1 5"))
        writer.close()
    return refused


async def soak(port, pid, scale=1.0, tenths=10, clients=20):
    """Good and broken requests side by side; the figures after each tenth."""
    good, bad = int(1_000_000 * scale / tenths / clients), int(100_000 * scale / tenths / clients)
    rows = []
    for tenth in range(tenths):
        start = time.perf_counter()
        answered = await asyncio.gather(
            *(ask_many(port, good) for _ in range(clients)), *(ask_badly(port, bad) for _ in range(clients)))
        await asyncio.sleep(0.5)
        row = {"answered": sum(answered[:clients]), "refused": sum(answered[clients:]), "of": (good * clients, bad * clients),
               "fds": descriptors(pid), "rss_kib": resident_kib(pid)}
        rows.append(row)
        print(f"tenth {tenth + 1:2}  answered {row['answered']}  refused {row['refused']}  descriptors {row['fds']}  "
              f"resident KiB {row['rss_kib']}  {time.perf_counter() - start:.1f} s", flush=True)
    return rows


async def run(port, pid, scale=1.0, names=None, seconds=4.0):
    """The honest client alone, then beside each attack."""
    rows = [await measure("alone", None, port, pid, seconds)]
    for name, attack in attacks(scale).items():
        if not names or name in names:
            rows.append(await measure(name, attack, port, pid, seconds))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["attack", "soak"], default="attack")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--pid", type=int, required=True)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--attack", action="append")
    options = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if options.what == "soak":
        asyncio.run(soak(options.port, options.pid, options.scale))
    else:
        asyncio.run(run(options.port, options.pid, options.scale, options.attack))


if __name__ == "__main__":
    main()
