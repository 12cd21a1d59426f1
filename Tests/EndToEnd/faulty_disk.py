"""A disk that fails or does not respond, and clients that wait for it."""

import contextlib
import json
import pathlib
import subprocess

from registry_process import ARTICLE


class FaultyDisk:
    """`environment` is that of a process whose calls on the files of a database can be made to fail or hang."""

    def __init__(self, folder):
        library, self.faults = folder / "faulty_disk.so", folder / "faults"
        source = pathlib.Path(__file__).with_name("faulty_disk.c")
        subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-o", library, source], check=True, timeout=60)
        self.environment = {"LD_PRELOAD": str(library), "FAULTS": str(self.faults)}

    @contextlib.contextmanager
    def fails(self, *calls, error):
        """Makes the calls fail with this errno, hang with `hang`, or take 2 ms longer with `slow`, while the block runs."""
        # Renamed, so that the process never reads a part of it.
        new = self.faults.with_name("faults.new")
        new.write_text("".join(f"{call} {error}\n" for call in calls))
        new.rename(self.faults)
        try:
            yield
        finally:
            self.faults.unlink()

    def hangs(self, *calls):
        return self.fails(*calls, error="hang")


def waiting_create(registry):
    """Sends a create without waiting for its response; returns the client's process, which prints the status."""
    return subprocess.Popen([
        "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", f"Authorization: Bearer {registry.token}", "-H", "Content-Type: application/json", "-d",
        json.dumps({**ARTICLE, "name": "waits"}), f"{registry.url}/v1/iccs"], stdout=subprocess.PIPE, text=True)
