"""A server with TLS under attack: clients that are honest are served, and all resources are released.

The honest client is this process, which shares two processors with the server and the attackers: its bounds are wide.
"""

import concurrent.futures
import contextlib
import socket
import ssl
import time

import pytest

import hostile
from certificates import Authority, TLSSocket, settings
from deep import DEEP
from waiting import until

LIMIT = ("prlimit", "--nofile=1024:1024")
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def secure(start, authority):
    """A registry with TLS and a limit of 1,024 descriptors."""
    return start(*settings(*authority.issue("server")), prefix=LIMIT, tls=authority.client())


def hello():
    """A client's first message."""
    outgoing = ssl.MemoryBIO()
    with contextlib.suppress(ssl.SSLWantReadError):
        ssl.create_default_context().wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname="127.0.0.1").do_handshake()
    return outgoing.read()


def served(registry, count=60, every=0.03):
    """The share of new connections that get their response, and the 99th percentile of their times in seconds."""

    def one(number):
        time.sleep(number * every)
        began = time.monotonic()
        try:
            with socket.create_connection(("127.0.0.1", registry.port), timeout=5) as connection:
                client = TLSSocket(connection, registry.tls)
                client.sendall(REQUEST)
                answer = b""
                while part := client.recv(1 << 16):
                    answer += part
                return time.monotonic() - began if answer.startswith(b"HTTP/1.1 200 ") else None
        except (OSError, ssl.SSLError):
            return None

    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        times = sorted(time for time in pool.map(one, range(count)) if time is not None)
    return len(times) / count, times[int(len(times) * 0.99)] if times else None


ATTACKS = {
    "handshakes that are not finished": (1000, "whole", 0), "half a handshake that drips": (1000, "half", 1000),
    "idle": (5000, b"", 0), "a long record that never ends": (1000, b"\x16\x03\x01\x40\x00" + b"x" * 8000, 1000),
}


@pytest.mark.parametrize("name", ATTACKS if DEEP else list(ATTACKS)[:2])
def test_an_honest_client_is_served_during(secure, name):
    count, opening, interval = ATTACKS[name]
    message = hello()
    first = {"half": message[: len(message) // 2], "whole": message}.get(opening, opening)
    before = hostile.descriptors(secure.process.pid), hostile.resident_kib(secure.process.pid)
    with hostile.under_attack(secure.port, count, first, interval, 0):
        until(lambda: hostile.descriptors(secure.process.pid) > 900, "the connections of the attacker")
        share, high = served(secure)
        peak = hostile.resident_kib(secure.process.pid)
    assert share >= 0.99
    assert high < 3
    assert peak - before[1] < 80 * 1024
    after = hostile.settled(secure.process.pid, before)
    assert after[0] <= before[0] + 4
    assert after[1] - before[1] < 20 * 1024


def test_clients_that_never_read_are_held_to_one_sum(secure):
    """What they are owed, and OpenSSL's records with it, stays below the bound for all of them."""
    pid = secure.process.pid
    path = f"/v1/iccs/{secure.create()['id']}"
    get = f"GET {path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {secure.token}\r\n\r\n".encode()
    before = hostile.descriptors(pid), hostile.resident_kib(pid)
    clients = []
    for _ in range(300):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        connection.settimeout(5)
        connection.connect(("127.0.0.1", secure.port))
        clients.append(TLSSocket(connection, secure.tls))
        with contextlib.suppress(OSError):
            connection.settimeout(0.2)
            for _ in range(20):
                clients[-1].sendall(get * 40)
    share, _ = served(secure)
    assert share >= 0.99
    assert hostile.resident_kib(pid) - before[1] < 60 * 1024
    for client in clients:
        client.close()
    after = hostile.settled(pid, before)
    assert after[0] <= before[0] + 4
    assert after[1] - before[1] < 30 * 1024
