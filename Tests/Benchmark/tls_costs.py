"""The cost of TLS beside plain HTTP: for a request on kept connections, and for a new connection by kind of handshake."""

import contextlib
import pathlib
import random
import socket
import statistics

from batches import run_nanoseconds
from certificates import Authority, settings
from measuring import rounds
from servers import registry

CONNECTIONS = 64
HANDSHAKES = 300
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: registry\r\nConnection: close\r\n\r\n"


def visit(port, context=None, session=None):
    """Opens a connection, sends one request, and reads until the server closes it. Returns the session for a later visit."""
    with contextlib.ExitStack() as stack:
        connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
        if context:
            connection = stack.enter_context(
                context.wrap_socket(connection, server_hostname="127.0.0.1", session=session, suppress_ragged_eofs=True))
            assert connection.session_reused == (session is not None)
        connection.sendall(REQUEST)
        received = b""
        while part := connection.recv(65536):
            received += part
        assert received.startswith(b"HTTP/1.1 200 "), received
        return context and connection.session


def microseconds(server, context=None, session=None):
    """The server's CPU time for one connection with one request."""
    before = run_nanoseconds(server.process.pid)
    for _ in range(HANDSHAKES):
        visit(server.port, context, session)
    return (run_nanoseconds(server.process.pid) - before) / HANDSHAKES / 1000


def measure_connections(options, servers, authority, table):
    context = authority.client()
    session = visit(servers["HTTPS"].port, context)
    plain, full, resumed = [], [], []
    for _ in range(options.rounds):
        plain.append(microseconds(servers["HTTP"]))
        full.append(microseconds(servers["HTTPS"], context))
        resumed.append(microseconds(servers["HTTPS"], context, session))
    for kind, found in (("without TLS", plain), ("full handshake (TLS 1.3, P-256)", full), ("resumed session (TLS 1.3)", resumed)):
        ratio = statistics.median(mine / other for mine, other in zip(found, plain))
        table.add(f"new connection with one request, {kind}", f"{statistics.median(found):.0f} µs", f"{ratio:.2f}")


def measure_requests(options, servers, sample, table):
    runs = rounds(servers, options.rounds, CONNECTIONS, options.seconds, lambda name, number: [sample])
    for name, found in runs.items():
        ratio = statistics.median(mine["cpu"] / other["cpu"] for mine, other in zip(found, runs["HTTP"]))
        used = statistics.median(run["cpu"] for run in found) * 100
        table.add(f"read on {CONNECTIONS} kept connections, {name}", f"{used:.1f} µs", f"{ratio:.2f}")


def measure_tls(options, seeded, folder, table):
    """Adds the server's CPU time for a read and for a connection, with and without TLS."""
    folder = pathlib.Path(folder) / "tls"
    folder.mkdir()
    authority = Authority(folder)
    files = authority.issue("server")
    sample = seeded.sample(10_000, random.Random(seeded.count))
    with contextlib.ExitStack() as stack:
        servers = {
            "HTTP": stack.enter_context(registry(options.binary, seeded)),
            "HTTPS": stack.enter_context(
                registry(options.binary, seeded, *settings(*files), database=seeded.copy(), tls=authority.client()))}
        measure_requests(options, servers, sample, table)
        measure_connections(options, servers, authority, table)
