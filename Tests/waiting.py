"""Waiting for a state, never for a time."""

import time


def until(holds, what, seconds=60):
    """Waits until `holds()` is true and returns that value."""
    deadline = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < deadline, f"still waiting for {what} after {seconds} s"
        time.sleep(0.01)
    return found


def until_read(client):
    """Waits until the server has accepted this loopback connection and read everything that was sent on it."""
    until(lambda: _is_read(client), "the server to read")


def _is_read(client):
    # The fields of a line: https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt. A connection that no
    # program has accepted yet has the inode 0.
    ours, theirs = (f"0100007F:{port:04X}" for (_, port) in (client.getsockname(), client.getpeername()))
    with open("/proc/net/tcp") as table:
        for _, local, remote, _, queues, _, _, _, _, inode, *_ in map(str.split, table):
            if (local, remote) == (theirs, ours):
                return inode != "0" and int(queues.split(":")[1], 16) == 0
    return False
