"""A Debian whose first process is systemd, in namespaces of its own except for the network."""

import contextlib
import os
import pathlib
import subprocess

from debian_root import AS_ROOT
from waiting import until

PATH = "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
# What systemd expects of a container: https://systemd.io/CONTAINER_INTERFACE. The first argument is the folder of the
# Debian, the second the control group.
BOOT = r"""
set -eu
root=$1
echo $$ >"$2/cgroup.procs"
exec unshare --mount --pid --cgroup --uts --ipc --fork --kill-child sh -euc '
  root=$1
  mount --make-rprivate /
  mount --bind "$root" "$root"
  mount -t proc proc "$root/proc"
  mount -t sysfs -o ro sysfs "$root/sys"
  mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
  mount -t tmpfs -o mode=755 tmpfs "$root/run"
  mount -t tmpfs -o mode=755 tmpfs "$root/dev"
  for name in null zero full random urandom tty; do
    touch "$root/dev/$name"
    mount --bind "/dev/$name" "$root/dev/$name"
  done
  mkdir "$root/dev/pts" "$root/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=666 devpts "$root/dev/pts"
  mount -t tmpfs tmpfs "$root/dev/shm"
  ln -s pts/ptmx "$root/dev/ptmx"
  ln -s /proc/self/fd "$root/dev/fd"
  # After chroot(2) the kernel refuses user namespaces, which PrivateUsers= needs.
  cd "$root"
  pivot_root . mnt
  cd /
  umount --lazy /mnt
  # systemd puts credentials into a mount that must reach all services.
  mount --make-rshared /
  exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd
' sh "$root"
"""


class SystemdContainer:
    """Commands in the running system. `process` is the unshare(1) whose child is systemd."""

    def __init__(self, process):
        self.process = process

    @property
    def first_process(self):
        """The number of systemd outside; empty before it runs."""
        listed = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return listed[0] if listed else ""

    def run(self, *words, check=True):
        """Runs a command as root; returns its standard output."""
        inside = "nsenter --mount --pid --cgroup --uts --ipc --root --wd --target".split()
        environment = ["env", "-i", PATH, "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"]
        done = subprocess.run(
            [*AS_ROOT, *inside, self.first_process, *environment, *map(str, words)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
        assert done.returncode == 0 or not check, f"{words}: {done.stdout[-3000:]}"
        return done.stdout.strip()

    def show(self, unit, name):
        """The value of a property of a unit."""
        return self.run("systemctl", "show", "--value", f"--property={name}", unit)


def control_groups():
    """The folder of the control groups of version 2."""
    mounts = (line.split() for line in pathlib.Path("/proc/self/mounts").read_text().splitlines())
    return next(pathlib.Path(place) for _, place, kind, *_ in mounts if kind == "cgroup2")


@contextlib.contextmanager
def booted(debian):
    """Boots the Debian and ends it after the block."""
    group = control_groups() / f"icc-registry-test-{os.getpid()}"
    group.mkdir()
    process = subprocess.Popen([*AS_ROOT, "sh", "-c", BOOT, "sh", debian.folder, group], stdin=subprocess.DEVNULL)
    try:
        container = SystemdContainer(process)
        until(lambda: container.first_process, "the first process")
        state = ("systemctl", "is-system-running")
        until(lambda: container.run(*state, check=False) in ("running", "degraded"), "the end of the boot")
        yield container
    finally:
        # Its child ends with it, and the whole system with that.
        process.kill()
        process.wait(30)
        until(lambda: (group / "cgroup.events").read_text().startswith("populated 0"), "the end of its processes")
        for folder, _, _ in os.walk(group, topdown=False):
            os.rmdir(folder)
