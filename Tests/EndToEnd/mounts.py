"""File systems for one test: mounted for the test and always unmounted at its end."""

import contextlib
import os
import subprocess


def as_root(*words):
    """Runs a command that needs root; the test fails without that right."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    subprocess.run([*prefix, *map(str, words)], check=True, capture_output=True, timeout=60)


@contextlib.contextmanager
def mounted(folder, *words):
    """Mounts as `mount WORDS FOLDER` does while the block runs."""
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
