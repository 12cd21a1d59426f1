"""PostgreSQL servers of the tests' own, which can be stopped, started and replaced by a standby."""

import contextlib
import itertools
import os
import pathlib
import shutil
import subprocess
import tempfile

SCRIPT = pathlib.Path(__file__).resolve().parent / "Peers/postgresql"
NUMBERS = itertools.count(1)


def tools():
    """The folder of the newest version's programs."""
    return sorted(pathlib.Path("/usr/lib/postgresql").iterdir(), key=lambda each: int(each.name))[-1] / "bin"


def run(tool, *words):
    """Runs a program of PostgreSQL and returns what it prints."""
    done = subprocess.run(
        [tools() / tool, *map(str, words)], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextlib.contextmanager
def holding(uri, statement):
    """Holds the lock that the statement takes, in a transaction of a session of its own, while the block runs."""
    with subprocess.Popen(
            [tools() / "psql", "--no-psqlrc", "--quiet", uri], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as session:
        session.stdin.write(f"BEGIN; {statement};\n\\echo held\n")
        session.stdin.flush()
        assert any(line == "held\n" for line in session.stdout), "psql has ended"
        yield
        session.stdin.close()
        session.stdout.read()
    assert session.returncode == 0


class PostgreSQLFolder:
    """A server with its socket and its data in one folder."""

    def __init__(self, folder):
        self.folder = folder

    def query(self, uri, sql):
        """Returns the words that psql prints."""
        return run("psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--command", sql, uri).split()

    def stop(self, mode="immediate"):
        self.control("pg_ctl", "stop", "--silent", "--wait", f"--pgdata={self.folder}/data", "--mode", mode)

    def start(self):
        self.control(
            "pg_ctl", "start", "--silent", "--wait", f"--pgdata={self.folder}/data", "--log", f"{self.folder}/log")

    def promote(self):
        self.control("pg_ctl", "promote", "--silent", "--wait", f"--pgdata={self.folder}/data")

    def control(self, tool, *words):
        """Runs a program as the user that the server runs as."""
        user = [] if os.geteuid() else ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        subprocess.run(
            [*user, tools() / tool, *map(str, words)], check=True, cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, timeout=120)


class PostgreSQLServer(PostgreSQLFolder):
    """A new server with the settings, such as `max_connections=200`."""

    def __init__(self, *settings):
        self.process = subprocess.Popen([SCRIPT, *settings], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        folder = self.process.stdout.readline().strip()
        assert folder, "PostgreSQL has not started"
        super().__init__(folder)

    def create_database(self, copied=None):
        """Creates an empty database, or a copy of the one with this URI, and returns its URI."""
        name, template = f"test{next(NUMBERS)}", copied.split("/")[3].split("?")[0] if copied else "template1"
        run("createdb", "--host", self.folder, "--username", "registry", "--template", template, name)
        return f"postgres://registry@/{name}?host={self.folder}"

    def close(self):
        """Ends the script, which removes the server."""
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        assert self.process.wait(300) == 0


class PostgreSQLStandby(PostgreSQLFolder):
    """A standby of a server, which is synchronous if the server waits for one."""

    def __init__(self, primary):
        super().__init__(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        if not os.geteuid():
            shutil.chown(self.folder, "postgres")
        self.control(
            "pg_basebackup", "--host", primary.folder, "--username", "registry", "--pgdata", f"{self.folder}/data",
            "--write-recovery-conf", "--checkpoint=fast", "--no-sync")
        with open(f"{self.folder}/data/postgresql.conf", "a") as settings:
            settings.write(f"unix_socket_directories = '{self.folder}'\nsynchronous_standby_names = ''\n")
        self.start()

    def close(self):
        self.stop()
        shutil.rmtree(self.folder)


@contextlib.contextmanager
def replicated():
    """A primary with a synchronous standby, the name of an empty database, and its URI with the hosts of both."""
    with contextlib.closing(PostgreSQLServer("synchronous_standby_names=*")) as primary, \
            contextlib.closing(PostgreSQLStandby(primary)) as standby:
        name = primary.create_database().split("/")[3].split("?")[0]
        yield primary, standby, name, f"postgres://registry@/{name}?host={primary.folder},{standby.folder}"
