"""A command that is killed before each of its changes of a file, one after another."""

import pathlib
import subprocess


class DyingProcess:
    """Runs commands that are killed before a given change of a file."""

    def __init__(self, command, folder):
        self.command, self.library, self.path = command, folder / "dying_process.so", folder / "changes"
        source = pathlib.Path(__file__).with_name("dying_process.c")
        subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-o", self.library, source], check=True, timeout=60)

    def run(self, *words, die_at=0):
        """Runs the command to its end, or to this change; returns the result."""
        self.path.unlink(missing_ok=True)
        return self.command(
            *words, environment={"LD_PRELOAD": str(self.library), "DIE_AT": str(die_at), "CHANGES": str(self.path)})

    def changes(self, *words):
        """Runs the command to its end; returns the calls by which it changed files."""
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return self.path.read_text().split()
