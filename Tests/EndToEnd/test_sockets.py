"""The sockets that the server listens on: several at once, Unix sockets, those of a service manager, and what that manager is told."""

import contextlib
import os
import pathlib
import socket
import stat
import subprocess

import pytest

from certificates import Authority, TLSSocket, settings
from debian_root import AS_ROOT
from health_checks import HealthChecks
from registry_process import Registry
from waiting import until

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


def over(client):
    """The response to a health check over a connected socket."""
    with contextlib.closing(client):
        client.sendall(HEALTH)
        answer = b""
        while part := client.recv(1 << 16):
            answer += part
        return answer


def over_unix(path):
    client = socket.socket(socket.AF_UNIX)
    client.connect(str(path))
    return over(client)


def test_several_addresses(start, tmp_path):
    path = tmp_path / "http.sock"
    registry = start("--socket-mode", "0600", "--trusted-proxies", "127.0.0.1", listen=f"127.0.0.1:0,[::1]:0,unix:{path}")
    addresses = registry.events("listening")[0]["addresses"].split()
    assert addresses[0] == f"127.0.0.1:{registry.port}" and addresses[2] == f"unix:{path}"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    six = int(addresses[1].rsplit(":", 1)[1])
    assert over(socket.create_connection(("::1", six))).startswith(b"HTTP/1.1 200")
    assert over_unix(path).startswith(b"HTTP/1.1 200")
    assert registry.call("GET", "/healthz")[0] == 200
    assert registry.stop() == 0
    assert not path.exists()


def test_a_client_of_a_unix_socket_is_local(start, tmp_path):
    path = tmp_path / "http.sock"
    registry = start("--log-level", "debug", "--trusted-proxies", "127.0.0.1", listen=f"127.0.0.1:0,unix:{path}")
    client = socket.socket(socket.AF_UNIX)
    client.connect(str(path))
    with client:
        client.sendall(HEALTH.replace(b"Connection", b"X-Forwarded-For: 192.0.2.7\r\nConnection"))
        assert client.recv(1 << 16)
    over_unix(path)
    until(lambda: len(registry.events("request")) == 2, "both requests")
    assert {event["address"] for event in registry.events("request")} == {"192.0.2.7", "127.0.0.1"}


def test_a_unix_socket_has_no_tls(start, tmp_path):
    authority, path = Authority(tmp_path), tmp_path / "http.sock"
    registry = start(
        *settings(*authority.issue("server")), tls=authority.client(), listen=f"127.0.0.1:0,unix:{path}")
    answer = over_unix(path)
    assert answer.startswith(b"HTTP/1.1 200") and b"Strict-Transport-Security" not in answer
    assert registry.call("GET", "/healthz")[0] == 200


def test_the_file_of_a_server_that_was_killed_is_replaced_and_that_of_a_running_one_is_not(start, tmp_path, command):
    path = tmp_path / "http.sock"
    listen = f"127.0.0.1:0,unix:{path}"
    registry = start(listen=listen)
    registry.kill()
    assert path.exists()
    registry = start(listen=listen, token=registry.token)
    second = command("serve", "--listen", listen, "--database", "other.db")
    assert second.returncode == 1 and "another program does" in second.stderr
    assert over_unix(path).startswith(b"HTTP/1.1 200")
    path.with_name("file").write_text("not a socket")
    other = command("serve", "--listen", f"unix:{path.with_name('file')}", "--database", "other.db")
    assert other.returncode == 1 and "non-socket" in other.stderr
    assert path.with_name("file").read_text() == "not a socket"


class Manager:
    """Plays the service manager: a listening socket and the socket for notifications."""

    def __init__(self, folder):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
        self.notifications = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.path = folder / "notify"
        self.notifications.bind(str(self.path))
        self.notifications.settimeout(60)
        os.set_inheritable(self.listener.fileno(), True)

    @property
    def port(self):
        return self.listener.getsockname()[1]

    def start(self, binary, folder, token=None, environment=None):
        """A registry with the listener as descriptor 3."""
        script = f'exec 3<&{self.listener.fileno()}; export LISTEN_FDS=1 LISTEN_PID=$$; exec "$@"'
        registry = Registry(
            binary, folder, folder / "registry.db", prefix=["bash", "-c", script, "bash"], token=token,
            environment={"NOTIFY_SOCKET": str(self.path), **(environment or {})}, pass_fds=[self.listener.fileno()])
        return registry

    def told(self):
        return self.notifications.recv(4096).decode()


@pytest.fixture
def manager(tmp_path):
    manager = Manager(tmp_path)
    yield manager
    manager.listener.close()
    manager.notifications.close()


def test_the_manager_is_told_what_the_server_does(binary, manager, tmp_path):
    registry = manager.start(binary, tmp_path, environment={
        "WATCHDOG_USEC": "400000", "ICC_REGISTRY_LAME_DUCK_SECONDS": "1", "ICC_REGISTRY_DRAIN_SECONDS": "10"})
    assert manager.told() == "READY=1"
    registry.wait_until_listening()
    assert registry.port == manager.port
    assert registry.call("GET", "/healthz")[0] == 200
    assert [manager.told() for _ in range(3)] == ["WATCHDOG=1"] * 3
    registry.process.send_signal(1)
    told = [manager.told() for _ in range(4)]
    reload = next(text for text in told if text != "WATCHDOG=1").splitlines()
    assert reload[0] == "RELOADING=1" and int(reload[1].removeprefix("MONOTONIC_USEC=")) > 0
    assert "READY=1" in told or manager.told() == "READY=1"
    assert registry.stop() == 0
    said = [manager.told()]
    while said[-1] == "WATCHDOG=1" or said[-1] == "READY=1":
        said.append(manager.told())
    # lameDuckSeconds and drainSeconds, five seconds to close, and one more.
    assert said[-1] == "STOPPING=1\nEXTEND_TIMEOUT_USEC=17000000"


def test_ten_restarts_with_an_inherited_socket_refuse_no_connection(binary, manager, tmp_path):
    registry = manager.start(binary, tmp_path).wait_until_listening()
    token = registry.token
    with HealthChecks(manager.port) as checks:
        for _ in range(10):
            checks.wait_for_more()
            assert registry.stop() == 0, registry.log_text()
            registry = manager.start(binary, tmp_path, token=token).wait_until_listening()
        checks.wait_for_more()
    assert registry.stop() == 0
    assert checks.failures == [] and checks.answered > 200


def test_a_descriptor_that_does_not_listen(binary, tmp_path):
    ends = socket.socketpair()
    script = f'exec 3<&{ends[0].fileno()}; export LISTEN_FDS=1 LISTEN_PID=$$; exec "$@"'
    result = subprocess.run(
        ["bash", "-c", script, "bash", binary, "serve", "--database", tmp_path / "registry.db", "--allow-plain-http", "true"],
        pass_fds=[ends[0].fileno()], capture_output=True, text=True, timeout=60, cwd=tmp_path, env={"PATH": os.environ["PATH"]})
    assert result.returncode == 1 and "descriptor 3 of LISTEN_FDS is not a listening socket" in result.stderr


def proxy_header(address, port):
    """A header of PROXY protocol version 2 for TCP."""
    family, kind, own = (socket.AF_INET6, b"\x21", "::1") if ":" in address else (socket.AF_INET, b"\x11", "127.0.0.1")
    ends = socket.inet_pton(family, address) + socket.inet_pton(family, own) + port.to_bytes(2, "big") + (80).to_bytes(2, "big")
    return b"\r\n\r\n\0\r\nQUIT\n\x21" + kind + len(ends).to_bytes(2, "big") + ends


@pytest.mark.parametrize("is_encrypted", [False, True], ids=["plain", "tls"])
def test_the_proxy_protocol_names_the_client(start, tmp_path, is_encrypted):
    authority = Authority(tmp_path)
    options = settings(*authority.issue("server")) if is_encrypted else []
    registry = start("--proxy-protocol", "127.0.0.1", "--log-level", "debug", "--head-seconds", "1",
                     "--max-connections-per-address", "2", *options)
    header = proxy_header("192.0.2.7", 5000)
    for piece in (len(header), 1):
        client = socket.create_connection(("127.0.0.1", registry.port), timeout=20)
        for begin in range(0, len(header), piece):
            client.sendall(header[begin:begin + piece])
        assert over(TLSSocket(client, authority.client()) if is_encrypted else client).startswith(b"HTTP/1.1 200")
    until(lambda: len(registry.events("request")) == 2, "both requests")
    assert {event["address"] for event in registry.events("request")} == {"192.0.2.7"}
    # Without a header, with half of one, or with another beginning, no request is read.
    for wire in (HEALTH, header[:20], b"\x16\x03\x01" + bytes(60), header[:12] + b"\xff" * 50):
        with socket.create_connection(("127.0.0.1", registry.port), timeout=20) as client:
            client.sendall(wire)
            with pytest.raises((AssertionError, ConnectionError)):
                assert client.recv(1 << 16) != b""
    assert len(registry.events("request")) == 2
    # A limit per address counts the clients and not the proxy.
    kept = []
    for last in (1, 2, 3):
        client = socket.create_connection(("127.0.0.1", registry.port), timeout=20)
        client.sendall(proxy_header(f"192.0.2.{last}", 1))
        kept.append(TLSSocket(client, authority.client()) if is_encrypted else client)
        kept[-1].sendall(HEALTH.replace(b"Connection: close\r\n", b""))
        assert kept[-1].recv(1 << 16).startswith(b"HTTP/1.1 200")
    for client in kept:
        client.close()


@pytest.mark.parametrize("is_encrypted", [False, True], ids=["plain", "tls"])
def test_a_client_past_the_limit_of_its_network_is_rejected(start, tmp_path, is_encrypted):
    """An IPv6 client can have every address of its /64. TLS ends without a response, which would cost a handshake."""
    authority = Authority(tmp_path)
    options = settings(*authority.issue("server")) if is_encrypted else []
    registry = start("--proxy-protocol", "127.0.0.1", "--max-connections-per-address", "1", "--log-level", "debug",
                     *options)

    def ask(address):
        client = socket.create_connection(("127.0.0.1", registry.port), timeout=20)
        client.sendall(proxy_header(address, 1))
        try:
            client = TLSSocket(client, authority.client()) if is_encrypted else client
            client.sendall(HEALTH.replace(b"Connection: close\r\n", b""))
            return client, client.recv(1 << 16)[:13]
        except OSError:
            return client, b""

    kept, status = ask("2001:db8:1:2::1")
    assert status == b"HTTP/1.1 200 "
    for address, status in [
            ("2001:db8:1:2:ff:ff:ff:ff", b"" if is_encrypted else b"HTTP/1.1 429 "), ("2001:db8:1:3::1", b"HTTP/1.1 200 "),
            ("192.0.2.1", b"HTTP/1.1 200 ")]:
        client, answer = ask(address)
        client.close()
        assert answer == status, address
    if is_encrypted:
        until(lambda: [event["reason"] for event in registry.events("connection-cut")] == ["evicted"], "the cut in the log")
    kept.close()
    until(lambda: ask("2001:db8:1:2::2")[1] == b"HTTP/1.1 200 ", "the closed connection's place")


ONE_PROCESSOR = {
    "affinity": ["taskset", "--cpu-list", str(min(os.sched_getaffinity(0)))],
    "quota": [*AS_ROOT, "unshare", "--mount", "sh", "-c",
              'mount -t tmpfs quota /sys/fs/cgroup && echo 100000 100000 >/sys/fs/cgroup/cpu.max && exec "$@"', "sh"]}


def listeners(port):
    """The number of sockets that listen on a port of IPv4. Columns: local address, remote address, state (proc_net_tcp.txt)."""
    rows = (line.split() for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:])
    return sum(state == "0A" and int(local.rpartition(":")[2], 16) == port for _, local, _, state, *_ in rows)


@pytest.mark.parametrize("limit", [None, *ONE_PROCESSOR])
def test_there_is_an_event_loop_for_each_processor_that_the_process_may_use(start, limit):
    """Each event loop has its own listening socket."""
    registry = start(prefix=ONE_PROCESSOR.get(limit, []))
    assert listeners(registry.port) == (1 if limit else len(os.sched_getaffinity(0)))
