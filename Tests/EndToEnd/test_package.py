"""The Debian package: what is in it, and its life in a minimal Debian, from the installation to the purge."""

import gzip
import io
import json
import os
import pathlib
import re
import subprocess
import tarfile

import pytest

from debian_root import PACKAGES, debian_root
from registry_process import TOKEN, Registry

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONFIG, DATA = "etc/icc-registry.json", "var/lib/icc-registry"
SERVED = ["--config", f"/{CONFIG}"]


# Characters that mean something to the shell, to sed and to a control file, but not in a name.
MAINTAINER = {"DEBFULLNAME": r"Zoë O'Neil & Söhne |&$HOME", "DEBEMAIL": "zoe+debian@example.org"}


def run_build(binary, folder, revision, maintainer):
    environment = {name: value for name, value in os.environ.items() if name not in MAINTAINER}
    return subprocess.run(
        [ROOT / "config/package/build-deb", "--quick", "--revision", str(revision), "--output", folder, binary], capture_output=True,
        text=True, timeout=120, env=environment | maintainer)


def build(binary, folder, revision, **maintainer):
    done = run_build(binary, folder, revision, maintainer)
    assert done.returncode == 0, done.stderr[-3000:]
    return pathlib.Path(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def packages(binary, tmp_path_factory):
    """Two versions of the package of this program; the second one has a maintainer."""
    folder = tmp_path_factory.mktemp("packages")
    return [build(binary, folder, 1), build(binary, folder, 2, **MAINTAINER)]


@pytest.fixture(scope="module")
def content(packages, tmp_path_factory):
    """The files of the package."""
    folder = tmp_path_factory.mktemp("content")
    subprocess.run(["dpkg-deb", "--extract", packages[0], folder], check=True, timeout=60)
    return folder


def field(package, name):
    return subprocess.run(["dpkg-deb", "--field", package, name], check=True, capture_output=True, text=True, timeout=60).stdout.strip()


def test_lintian_has_no_error_and_no_warning(packages):
    done = subprocess.run(
        ["lintian", "--allow-root", "--fail-on", "error,warning", "--tag-display-limit", "0", packages[0]], capture_output=True,
        text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_its_maintainer_is_the_person_who_builds_it(packages):
    named = f"{MAINTAINER['DEBFULLNAME']} <{MAINTAINER['DEBEMAIL']}>"
    assert [field(package, "Maintainer") for package in packages] == [
        "icc-registry maintainers <maintainers@icc-registry.invalid>", named]
    files = subprocess.run(["dpkg-deb", "--fsys-tarfile", packages[1]], check=True, capture_output=True, timeout=60).stdout
    with tarfile.open(fileobj=io.BytesIO(files)) as archive:
        changelog = archive.extractfile("./usr/share/doc/icc-registry/changelog.Debian.gz").read()
    assert f"\n -- {named}  " in gzip.decompress(changelog).decode()


@pytest.mark.parametrize("maintainer", [
    {"DEBEMAIL": "zoe"}, {"DEBEMAIL": "zoe@example.org, max@example.org"}, {"DEBFULLNAME": "Zoe <zoe@example.org>"},
    {"DEBFULLNAME": "Zoe\nDepends: other"}])
def test_a_maintainer_that_is_not_one_name_and_one_address_is_refused(binary, tmp_path, maintainer):
    done = run_build(binary, tmp_path, 1, maintainer)
    assert done.returncode == 2 and "build-deb: the maintainer cannot be" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_its_copyright_grants_no_licence(content):
    text = (content / "usr/share/doc/icc-registry/copyright").read_text()
    assert "contain no licence, so this package grants none" in text and not list(ROOT.glob("LICEN[CS]E*"))


def test_it_depends_on_little(packages, command):
    names = {re.split("[ (]", entry.strip())[0] for entry in field(packages[0], "Depends").split(",")}
    # The C and C++ libraries are part of every Debian.
    assert names - {"libc6", "libgcc-s1", "libstdc++6"} == {"libsqlite3-0", "libssl3", "passwd"}
    assert {"libcurl4", "libexpat1"} <= set(field(packages[0], "Recommends").split(", "))
    version = command("--version").stdout.split()[1]
    assert [field(package, "Version") for package in packages] == [f"{version}-1", f"{version}-2"]


def test_its_files_are_those_of_the_repository(content, command, tmp_path):
    for path, words in [
        ("usr/share/bash-completion/completions/icc-registry", ["completion", "bash"]),
        ("usr/share/zsh/vendor-completions/_icc-registry", ["completion", "zsh"]),
        ("usr/share/fish/vendor_completions.d/icc-registry.fish", ["completion", "fish"]),
    ]:
        assert (content / path).read_text() == command(*words).stdout, path
    page = subprocess.run(
        ["gzip", "-dc", content / "usr/share/man/man1/icc-registry.1.gz"], check=True, capture_output=True, text=True).stdout
    assert page == command("help", "man-page").stdout
    for name in ("changelog.Debian.gz", "changelog.gz", "copyright", "README.Debian.gz", "examples/nginx.conf.example"):
        assert list((content / "usr/share/doc/icc-registry").glob(name.removesuffix(".gz") + "*")), name
    template = json.loads((ROOT / "config/icc-registry.json").read_text())
    installed = json.loads((content / CONFIG).read_text())
    assert {key for key in template if template[key] != installed[key]} == {"database"}
    assert installed["database"] == f"/{DATA}/icc-registry.db"
    done = command("serve", "--config", content / CONFIG, "--listen", "nonsense")
    assert done.returncode == 2 and "listen" in done.stderr, done.stderr


def test_its_units_are_those_of_the_repository(content, tmp_path):
    (units,) = {path.parent for path in content.rglob("icc-registry.socket")}
    for kind in ("service", "socket"):
        expected = (ROOT / f"config/icc-registry.{kind}").read_text().replace("/usr/local/bin/", "/usr/bin/")
        said = (units / f"icc-registry.{kind}").read_text()
        assert said.startswith("[Unit]\n")
        assert re.sub("Documentation=.*\n", "", said) == expected[expected.index("[Unit]\n"):]
    for path in list(units.iterdir()):
        (tmp_path / path.name).write_text(path.read_text().replace("/usr/bin/icc-registry", "/bin/true"))
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *sorted(tmp_path.glob("icc-registry.*"))], capture_output=True, text=True,
        timeout=60)
    assert checked.returncode == 0 and "icc-registry" not in checked.stderr, checked.stderr


class Installed:
    """The package in a Debian of its own."""

    def __init__(self, debian, folder):
        self.debian, self.folder, self.token = debian, folder, None

    def install(self, package):
        return self.debian.run("apt-get", "install", "--yes", "--no-install-recommends", self.debian.copy(package)).stdout

    def command(self, *words):
        return subprocess.run(
            [*self.debian.prefix("icc-registry"), "/usr/bin/icc-registry", *words, *SERVED], check=True, capture_output=True, text=True,
            timeout=60).stdout

    def path(self, name):
        return self.debian.folder / name

    def missing_programs(self):
        """The programs that the unit runs and that the Debian lacks."""
        unit = self.path("lib/systemd/system/icc-registry.service").read_text()
        programs = re.findall(r"^Exec\w+=/(\S+)", unit, re.MULTILINE)
        assert "usr/bin/icc-registry" in programs
        return [program for program in programs if not self.path(program).exists()]

    def record_systemd(self):
        """Makes the Debian look like one that systemd has started, and records what is asked of it."""
        self.debian.run("mkdir", "-p", "/run/systemd/system")
        for name in ("systemctl", "deb-systemd-invoke"):
            script = self.folder / name
            script.write_text('#!/bin/sh\necho "$*" >>/tmp/asked\n')
            self.debian.run("install", "-m", "755", self.debian.copy(script), f"/usr/bin/{name}")

    def asked_of_systemd(self):
        """What was asked since the last call."""
        asked = self.path("tmp/asked")
        lines = asked.read_text().splitlines()
        asked.write_text("")
        return lines

    def serve(self):
        registry = Registry(
            "/usr/bin/icc-registry", self.folder, f"/{DATA}/icc-registry.db", SERVED, self.debian.prefix("icc-registry"),
            token=self.token)
        return registry.wait_until_listening()


def test_it_is_installed_upgraded_removed_and_purged(packages, tmp_path):
    with debian_root(tmp_path, *PACKAGES) as debian:
        installed = Installed(debian, tmp_path)
        # Once without systemd, whose program for users is taken away, and once with it.
        sysusers, hidden = "/usr/bin/systemd-sysusers", "/usr/bin/hidden"
        debian.run("mv", sysusers, hidden)
        assert "not started yet: see /usr/share/doc/icc-registry/README.Debian" in installed.install(packages[0])
        user = debian.run("getent", "passwd", "icc-registry").stdout
        said = debian.run("dpkg", "--purge", "icc-registry").stdout
        assert "database stays" not in said and not installed.path(DATA).exists()
        debian.run("userdel", "icc-registry")
        debian.run("mv", hidden, sysusers)
        installed.install(packages[0])
        again = debian.run("getent", "passwd", "icc-registry").stdout
        assert [entry.split(":")[4:] for entry in (user, again)] == [["ICC registry", f"/{DATA}", "/usr/sbin/nologin\n"]] * 2
        assert installed.missing_programs() == []
        assert debian.run("stat", "--format=%a %U %G", f"/{DATA}").stdout == "700 icc-registry icc-registry\n"

        installed.command("migrate")
        made = installed.command("token", "create", "--role", "admin", "--name", "first")
        installed.token = TOKEN.search(made).group()
        registry = installed.serve()
        said = subprocess.run(["curl", "-sSf", f"{registry.url}/readyz"], check=True, capture_output=True, text=True, timeout=30)
        assert json.loads(said.stdout)["status"] == "ready"
        icc = registry.create()
        assert registry.stop() == 0

        config = installed.path(CONFIG)
        changed = config.read_text().replace('"drainSeconds": 8', '"drainSeconds": 3')
        assert changed != config.read_text()
        config.write_text(changed)
        installed.record_systemd()
        said = installed.install(packages[1])
        assert "not started yet" not in said and config.read_text() == changed
        assert installed.asked_of_systemd() == ["--system daemon-reload", "try-restart icc-registry.service"]
        registry = installed.serve()
        assert registry.get(f"/v1/iccs/{icc['id']}") == icc
        assert registry.stop() == 0

        debian.run("apt-get", "remove", "--yes", "icc-registry")
        assert installed.asked_of_systemd()[0] == "stop icc-registry.socket icc-registry.service"
        assert not installed.path("usr/bin/icc-registry").exists() and config.read_text() == changed
        assert installed.path(DATA).joinpath("icc-registry.db").exists()
        said = debian.run("dpkg", "--purge", "icc-registry").stdout
        assert "The database stays in /var/lib/icc-registry" in said and not config.exists()
        assert debian.run("getent", "passwd", "icc-registry").stdout == again
        installed.install(packages[1])
        registry = installed.serve()
        assert registry.get(f"/v1/iccs/{icc['id']}") == icc
        assert registry.stop() == 0
