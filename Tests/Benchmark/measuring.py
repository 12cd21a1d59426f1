"""Load by wrk, and the figures of one process under it: CPU time, latency, memory."""

import http.client
import json
import os
import pathlib
import re
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(process):
    """The user and system time of a process so far (proc_pid_stat(5), fields 14 and 15)."""
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_megabytes(process, name="VmRSS"):
    """A line of the process's status in MB: VmRSS, VmHWM or RssAnon."""
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    return int(re.search(rf"{name}:\s*(\d+) kB", status).group(1)) / 1024


def wrk(url, connections, seconds, arguments):
    """Runs wrk once; returns what its script prints at the end. Every response must be a success."""
    threads = 1 if connections < 1000 else 2
    output = subprocess.run(
        ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", HERE / "load.lua", url, "--",
         *map(str, arguments)], check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout
    result = json.loads(re.search(r"RESULT (\{.*\})", output).group(1))
    assert result["errors"] == 0 and result["requests"] > 0, output
    return result


def measure(server, connections, seconds, arguments):
    """One run against a server: CPU seconds for 10,000 requests, requests a second, latency in milliseconds."""
    before = cpu_seconds(server.process.pid)
    result = wrk(server.url, connections, seconds, [server.token or "-", *arguments])
    used = cpu_seconds(server.process.pid) - before
    return {
        "cpu": used / result["requests"] * 10_000, "rate": result["requests"] / result["microseconds"] * 1e6,
        "p50": result["p50"] / 1000, "p99": result["p99"] / 1000, "p999": result["p999"] / 1000, "requests": result["requests"]}


def rounds(servers, count, connections, seconds, arguments_of):
    """Runs all servers round by round, in reversed order every other round; returns the runs of each by name.

    What the machine does beside hits all servers of a round alike, so that ratios are taken within a round.
    """
    runs = {name: [] for name in servers}
    for number in range(-1, count):
        order = list(servers) if number % 2 == 0 else list(reversed(servers))
        for name in order:
            run = measure(servers[name], connections, 1 if number < 0 else seconds, arguments_of(name, number))
            if number >= 0:
                runs[name].append(run)
    return runs


def milliseconds_of(port, path, token, count):
    """The latencies of a GET that must succeed, one after another on one connection, in milliseconds."""
    connection, taken = http.client.HTTPConnection("127.0.0.1", port, timeout=120), []
    for _ in range(count):
        started = time.perf_counter()
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        response = connection.getresponse()
        content = response.read()
        taken.append((time.perf_counter() - started) * 1000)
        assert response.status == 200, (path, content)
    connection.close()
    return taken
