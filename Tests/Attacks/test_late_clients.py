"""Clients that are late through no fault of their own: the server was stopped, or is about to end."""

import json
import signal
import socket
import time

import proxies
from waiting import until

HEAD, REST = b"GET /healthz HTTP/1.1\r\nHost: a\r\n", b"\r\n"

def connect(registry):
    return socket.create_connection(("127.0.0.1", registry.port), timeout=20)


def status(client):
    """The status of the response; 0 if the connection ends without one."""
    try:
        head = client.recv(4096)
    except ConnectionError:
        return 0
    finally:
        client.close()
    return int(head.split()[1]) if head else 0


def state(registry):
    """The letter of the process's state in proc(5)."""
    with open(f"/proc/{registry.process.pid}/stat") as file:
        return file.read().rpartition(")")[2].split()[0]


def test_clients_of_a_stopped_server_are_served_when_it_goes_on(start):
    """SIGSTOP, or a frozen control group, lets each deadline pass while the bytes wait in the sockets."""
    registry = start("--head-seconds", "2", "--idle-seconds", "2")
    # Nothing sent, half a head sent, and the whole request sent before or during the stop.
    silent, half, during = ([connect(registry) for _ in range(50)] for _ in range(3))
    for client in half:
        client.sendall(HEAD)
    registry.process.send_signal(signal.SIGSTOP)
    until(lambda: state(registry) == "T", "the stop")
    began = time.monotonic()
    during += [connect(registry) for _ in range(50)]
    for client in [*silent, *during]:
        client.sendall(HEAD + REST)
    for client in half:
        client.sendall(REST)
    until(lambda: time.monotonic() > began + 4, "every deadline to pass")
    registry.process.send_signal(signal.SIGCONT)
    statuses = [status(client) for client in [*silent, *half, *during]]
    assert statuses == [200] * 200, {number: statuses.count(number) for number in set(statuses)}


def test_a_stop_waits_for_the_first_request_of_a_new_connection(start):
    """A load balancer that has just connected sends its request a moment after the signal."""
    registry = start()
    clients = [connect(registry) for _ in range(24)]
    registry.process.send_signal(signal.SIGTERM)
    until(lambda: not proxies.is_reached(registry.port), "the listener to close")
    for client in clients:
        client.sendall(HEAD + REST)
    assert [status(client) for client in clients] == [200] * 24
    assert registry.process.wait(20) == 0


def test_a_lame_duck_serves_new_clients_and_says_that_it_is_not_ready(start):
    """A load balancer needs some time until it sends nothing more."""
    registry = start("--lame-duck-seconds", "3")
    began = time.monotonic()
    registry.process.send_signal(signal.SIGTERM)
    _, _, content = until(
        lambda: (found := registry.call("GET", "/readyz"))[0] == 503 and found, "the end of the readiness", 3)
    assert json.loads(content)["reason"] == "draining"
    assert registry.create()["version"] == 1
    assert registry.process.wait(20) == 0 and time.monotonic() - began > 3


def test_a_static_file_takes_a_query(registry):
    for path in ("/console/main.js", "/manual/", "/console/"):
        assert registry.call("GET", f"{path}?v=2")[0] == registry.call("GET", path)[0] == 200, path
