"""File systems of a test's own: mounted, and unmounted at the end however the test ends."""

import contextlib
import os
import subprocess


def as_root(*words):
    """Runs a command that needs root; without the right to, the test fails."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    subprocess.run([*prefix, *map(str, words)], check=True, capture_output=True, timeout=60)


@contextlib.contextmanager
def mounted(folder, *words):
    """Mounts as `mount WORDS FOLDER` does, for as long as the block runs."""
    folder.mkdir()
    as_root("mount", *words, folder)
    try:
        as_root("chmod", "777", folder)
        yield folder
    finally:
        as_root("umount", "--lazy", folder)


def make_ext4(image, mebibytes=64):
    """An empty ext4 file system in a file."""
    with open(image, "wb") as file:
        file.truncate(mebibytes << 20)
    subprocess.run(["/usr/sbin/mkfs.ext4", "-q", "-F", image], check=True, capture_output=True, timeout=60)
