"""A minimal Debian, made by mmdebstrap from the mirror that this machine's apt uses."""

import contextlib
import os
import platform
import subprocess

from mounts import as_root, mounted

# What the package depends on, and a program for its other way to create the user.
PACKAGES = ["libsqlite3-0", "libssl3", "passwd", "systemd-standalone-sysusers"]
AS_ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]


def mirror():
    """The address and the release of this machine's own packages."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(SITE) $(CODENAME)", "Created-By: Packages", "Component: main"],
        check=True, capture_output=True, text=True, timeout=60).stdout
    release = platform.freedesktop_os_release()["VERSION_CODENAME"]
    return next(line.split() for line in listed.splitlines() if line.split()[1] == release)


class DebianRoot:
    """A Debian in a folder, and commands in it."""

    def __init__(self, folder):
        self.folder = folder

    def run(self, *words, check=True):
        """Runs a command as root in it; the result's standard output has the errors too."""
        return subprocess.run(
            [*AS_ROOT, "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8",
             "chroot", self.folder, *map(str, words)],
            check=check, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)

    def prefix(self, user):
        """The words before a command that the user runs in it."""
        return [*AS_ROOT, "chroot", f"--userspec={user}:{user}", str(self.folder)]

    def copy(self, file):
        """Puts a file into its /tmp; returns the path there."""
        as_root("cp", file, self.folder / "tmp")
        return f"/tmp/{file.name}"


def make_debian(target, *packages):
    """Makes a minimal Debian with apt, in an empty folder or as a new tar file."""
    site, release = mirror()
    made = subprocess.run(
        [*AS_ROOT, "mmdebstrap", "--variant=apt", *(f"--include={name}" for name in packages), release, target, site],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=500)
    assert made.returncode == 0, made.stdout[-2000:]


@contextlib.contextmanager
def debian_root(folder, *packages):
    """Makes a Debian with these packages in memory, where no slow disk delays its files; removes it at the end."""
    root = folder / "root"
    with mounted(root, "-t", "tmpfs", "-o", "size=900m", "tmpfs"):
        as_root("chmod", "755", root)
        make_debian(root, *packages)
        as_root("mount", "-t", "proc", "proc", root / "proc")
        try:
            yield DebianRoot(root)
        finally:
            as_root("umount", "--lazy", root / "proc")
