"""Writers, readers, backups, restarts, kills and revocations at random; then a check that nothing acknowledged was lost.

    python Tests/EndToEnd/soak.py [--seconds 600] [--binary FILE] [--seed NUMBER]

The server is ended with SIGTERM and SIGKILL in the first half of the time only, so that the memory of one long run can be
measured in the second.
"""

import argparse
import collections
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from registry_process import Registry
from soak_clients import Reader, Revoker, Writer
from waiting import until

# The memory may grow by this much in the second half: the caches of the pages fill slowly.
MEMORY_GROWTH = 16 << 20


class Soak:
    """One run: the server, its clients, and what they know."""

    def __init__(self, binary, folder, seconds, seed):
        self.binary, self.folder, self.seconds = binary, folder, seconds
        self.random = random.Random(seed)
        self.ends, self.is_running = time.monotonic() + seconds, True
        self.counts, self.errors, self.lock = collections.Counter(), [], threading.Lock()
        self.registry = self.token = None
        self.memory = []
        self.start()
        self.writers = [Writer(self, number) for number in range(4)]
        self.revoker = Revoker(self)
        self.clients = [*self.writers, self.revoker, *(Reader(self, number) for number in range(3))]

    def start(self):
        unlimited = ["--max-iccs-per-organisation", 0, "--max-idempotency-keys-per-token", 0]
        registry = Registry(self.binary, self.folder, self.folder / "registry.db", unlimited, token=self.token)
        registry.wait_until_listening()
        self.registry, self.token = registry, registry.token

    def count(self, what):
        with self.lock:
            self.counts[what] += 1

    def fail(self, text):
        with self.lock:
            self.errors.append(text)

    def command(self, *words):
        return subprocess.run([self.binary, *map(str, words)], capture_output=True, text=True, timeout=300)

    def run(self):
        threads = [threading.Thread(target=client.run, daemon=True) for client in self.clients]
        for thread in threads:
            thread.start()
        half = self.ends - self.seconds / 2
        while time.monotonic() < half:
            time.sleep(self.random.uniform(0.5, max(1, self.seconds / 40)))
            self.random.choice([self.backup, self.restart, self.kill])()
        while time.monotonic() < self.ends:
            self.sample()
            time.sleep(min(1, self.seconds / 40))
            if self.random.random() < 0.05:
                self.backup()
        self.is_running = False
        for thread in threads:
            thread.join(60)
            assert not thread.is_alive()

    def restart(self):
        registry = self.registry
        self.count("restarts")
        if registry.stop(signal.SIGTERM) != 0:
            self.fail(f"a stop ended with an error: {registry.log_text()[-500:]}")
        self.start()

    def kill(self):
        self.count("kills")
        self.registry.kill()
        self.start()

    def backup(self):
        """Makes a backup, which must be intact and contain what was acknowledged before."""
        known = {icc for writer in self.writers for icc in list(writer.versions)}
        file = self.folder / f"backup-{time.monotonic_ns()}.db"
        for words in (("backup", file, "--database", self.registry.database), ("verify-database", "--database", file)):
            done = self.command(*words)
            if done.returncode != 0:
                self.fail(f"{words[0]}: {done.stdout}{done.stderr}")
        missing = known - set(versions(file))
        if missing:
            self.fail(f"{len(missing)} acknowledged ICCs are not in the backup")
        file.unlink()
        self.count("backups")

    def sample(self):
        with open(f"/proc/{self.registry.process.pid}/statm") as file:
            self.memory.append((time.monotonic(), int(file.read().split()[1]) * 4096))

    def growth(self):
        """The slope of the resident memory by least squares in bytes a second, over the last three quarters of the samples."""
        samples = self.memory[len(self.memory) // 4 :]
        mean_time = sum(at for at, _ in samples) / len(samples)
        mean = sum(size for _, size in samples) / len(samples)
        over = sum((at - mean_time) ** 2 for at, _ in samples)
        return sum((at - mean_time) * (size - mean) for at, size in samples) / over if over else 0

    def check(self):
        """Compares the server, and its database after the last stop, with what was acknowledged."""
        for client in self.clients:
            client.check()
        if self.registry.stop() != 0:
            self.fail("the last stop ended with an error")
        done = self.command("verify-database", "--database", self.registry.database)
        if done.returncode != 0:
            self.fail(f"verify-database: {done.stdout}{done.stderr}")
        names = {path.name for path in self.folder.iterdir() if path.suffix not in (".so",) and path.name[:3] not in ("log", "out")}
        if names != {"registry.db", "registry.db.initialised", "registry.db.last-backup", "registry.db.lock"}:
            self.fail(f"the run has left files: {sorted(names)}")
        stored = versions(self.registry.database)
        for writer in self.writers:
            for icc, version in writer.versions.items():
                if stored.get(icc, 0) < version:
                    self.fail(f"{icc} has the version {stored.get(icc)}, acknowledged was {version}")
        if self.growth() * self.seconds / 2 > MEMORY_GROWTH:
            self.fail(f"the memory grows by {self.growth():.0f} bytes a second")

    def report(self):
        counts = ", ".join(f"{number} {what}" for what, number in sorted(self.counts.items()))
        iccs = sum(len(writer.versions) for writer in self.writers)
        memory = f"memory {self.memory[0][1] >> 20} to {self.memory[-1][1] >> 20} MiB, {self.growth() / 1024:+.2f} KiB/s"
        return f"{self.seconds} s: {counts}; {iccs} ICCs; {memory}; {len(self.errors)} errors"


def versions(database):
    """The version of each ICC in a database that no server has open, or in a backup."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        events = {row[0] for row in connection.execute("SELECT subject FROM events WHERE kind = 'icc.created'")}
        found = dict(connection.execute("SELECT id, version FROM iccs"))
        assert events == set(found), "an ICC has no event, or an event no ICC"
        return found
    finally:
        connection.close()


def soak(binary, folder, seconds, seed):
    """Runs for this time; returns the report and the errors."""
    run = Soak(binary, folder, seconds, seed)
    try:
        run.run()
        until(lambda: run.registry.call("GET", "/readyz")[0] == 200, "readiness", 30)
        run.check()
    finally:
        run.is_running = False
        if run.registry.is_running:
            run.registry.kill()
    return run.report(), run.errors


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--binary", default=str(root / ".build/release/icc-registry"))
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report, errors = soak(str(pathlib.Path(options.binary).resolve()), pathlib.Path(folder), options.seconds, options.seed)
    print(report, *errors[:20], sep="\n")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
