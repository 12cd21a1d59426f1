"""The completion scripts in their shells, and the man page in its formatter."""

import re
import shutil
import subprocess

import pytest


def offered_by_bash(script, words):
    program = f"""{script}
COMP_WORDS=({" ".join(f'"{word}"' for word in words)}) COMP_CWORD={len(words) - 1}
_icc_registry
printf '%s\\n' "${{COMPREPLY[@]}}" """
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, timeout=30)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.fixture
def bash(command):
    script = command("completion", "bash").stdout
    return lambda *words: offered_by_bash(script, ["icc-registry", *words])


@pytest.mark.parametrize(("words", "offered"), [
    (["ser"], ["serve"]), (["tok"], ["token"]), (["token", ""], ["create", "list", "revoke", "--help"]),
    (["token", "create", "--ro"], ["--role"]), (["token", "create", "--role", "e"], ["editor"]),
    (["serve", "--log-f"], ["--log-format"]), (["serve", "--log-format", ""], ["auto", "json", "text"]),
    (["serve", "--threads", ""], []), (["help", "conf"], ["config-file", "configuration"]),
    (["help", "token", "l"], ["list"]), (["completion", "z"], ["zsh"]), (["nonsense", ""], []),
    (["backup", "--data"], ["--database"])])
def test_bash_is_offered_what_the_program_takes(bash, words, offered):
    assert sorted(bash(*words)) == sorted(offered)


def test_bash_is_offered_files(bash, tmp_path):
    (tmp_path / "saved.db").touch()
    assert bash("restore", f"{tmp_path}/sa") == [f"{tmp_path}/saved.db"]
    assert bash("serve", "--config", f"{tmp_path}/sa") == [f"{tmp_path}/saved.db"]


def test_every_command_of_the_help_is_offered(bash, command):
    names = re.findall(r"^  ([a-z-]+)", command("--help").stdout.split("Commands:")[1].split("icc-registry help")[0], re.MULTILINE)
    assert len(set(names)) > 6 and set(names) - {"--version"} <= set(bash(""))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_accepted_by_its_shell(command, shell, tmp_path):
    done = command("completion", shell)
    assert done.returncode == 0 and done.stderr == ""
    script = tmp_path / f"completion.{shell}"
    script.write_text(done.stdout)
    if shell == "bash":
        assert subprocess.run(["shellcheck", script], capture_output=True, text=True, timeout=30).stdout == ""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    checked = subprocess.run([shell, "-n", script], capture_output=True, text=True, timeout=30)
    assert checked.returncode == 0 and checked.stderr == ""


ZSH = """
autoload -Uz compinit; compinit -u -d {folder}/dump
source {script}
offered=()
compadd() {{ while [[ $1 != -- ]]; do shift; done; shift; offered+=("$@") }}
_files() {{ offered+=(FILES) }}
words=({words}) CURRENT={current}
_icc_registry
print -l -- $offered
"""


@pytest.fixture
def zsh(command, tmp_path):
    """What the script offers after these words; zsh itself keeps those that begin like the last one."""
    if not shutil.which("zsh"):
        pytest.skip("zsh is not installed")
    script = tmp_path / "icc-registry.zsh"
    script.write_text(command("completion", "zsh").stdout)

    def offered(*words):
        line = ["icc-registry", *words]
        program = ZSH.format(
            folder=tmp_path, script=script, words=" ".join(f'"{word}"' for word in line), current=len(line))
        done = subprocess.run(["zsh", "-f", "-c", program], capture_output=True, text=True, timeout=30)
        assert done.stderr == "", done.stderr
        return done.stdout.split()

    return offered


@pytest.fixture
def fish(command, tmp_path):
    if not shutil.which("fish"):
        pytest.skip("fish is not installed")
    script = tmp_path / "icc-registry.fish"
    script.write_text(command("completion", "fish").stdout)

    def offered(*words):
        line = " ".join(["icc-registry", *words])
        done = subprocess.run(
            ["fish", "--no-config", "-c", f"source {script}; complete -C '{line}'"], capture_output=True, text=True, timeout=30,
            env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"})
        assert done.stderr == "", done.stderr
        return [found.split("\t")[0] for found in done.stdout.splitlines()]

    return offered


@pytest.mark.parametrize(("words", "offered"), [
    (["ser"], ["serve"]), (["serve", "--log-form"], ["--log-format"]), (["token", "create", "--role", "e"], ["editor"]),
    (["token", ""], ["create", "list", "revoke"])])
def test_fish_is_offered_what_the_program_takes(fish, words, offered):
    assert sorted(fish(*words)) == sorted(offered)


@pytest.mark.parametrize(("words", "offered"), [
    (["token", ""], ["create", "list", "revoke", "--help"]), (["serve", "--log-format", ""], ["auto", "json", "text"]),
    (["token", "create", "--role", ""], ["admin", "owner", "editor", "viewer", "auditor", "connector", "monitor"]), (["serve", "--config", ""], ["FILES"]),
    (["restore", ""], ["FILES"]), (["serve", "--threads", ""], []), (["completion", ""], ["bash", "zsh", "fish", "--config", "--help"])])
def test_zsh_is_offered_what_the_program_takes(zsh, words, offered):
    assert sorted(zsh(*words)) == sorted(offered)


def options_of(page):
    """The options in the help of a command, or in its section of the man page."""
    return set(re.findall(r"^ *(--[a-z0-9-]+)", page, re.MULTILINE))


def commands_of(command):
    """The names of all commands, from the list in the help."""
    listed = re.findall(r"^  ([a-z][a-z -]*[a-z])", command("--help").stdout.split("Commands:")[1].split("icc-registry help")[0], re.MULTILINE)
    return sorted({re.sub(r" +(--.*|[A-Z].*)$", "", name).strip() for name in listed})


def test_help_completion_and_man_page_agree_on_every_command_and_option(command, bash, zsh, fish):
    """They come from the same tables."""
    names = commands_of(command)
    assert len(names) > 9 and "token create" in names
    sections = re.split(r"^\.SS .*?icc\\-registry ", command("help", "man-page").stdout.replace("\\-", "-").replace("icc-registry", "icc\\-registry"),
                        flags=re.MULTILINE)[1:]
    manual = {re.match(r"[a-z][a-z-]*(?: (?:create|list|revoke)(?![a-z]))?", section).group(): section for section in sections}
    assert sorted(manual) == names
    for name in names:
        options = options_of(command("help", *name.split()).stdout.split("Options:")[1])
        for offered in (bash(*name.split(), "--"), [word for word in zsh(*name.split(), "--") if word.startswith("--")]):
            assert set(offered) - {"--help"} == options, name
        assert {word for word in fish(*name.split(), "--") if word not in ("--help", "--version")} == options, name
        section = manual[name].replace(".TP\n.B ", "\n")
        # The man page lists the settings once, in a section of their own.
        shared = set(re.findall(r"--[a-z0-9-]+", manual["serve"] + command("help", "man-page").stdout.replace("\\-", "-").split(".SH SETTINGS")[1]))
        assert options_of(section) <= options <= options_of(section) | shared, name


def test_another_shell_is_wrong_usage(command):
    done = command("completion", "csh")
    assert done.returncode == 2 and "bash, zsh, fish" in done.stderr


def test_the_man_page_is_formatted_without_a_warning(command, tmp_path):
    page = tmp_path / "icc-registry.1"
    page.write_text(command("help", "man-page").stdout)
    formatter = shutil.which("man")
    if not formatter:
        pytest.skip("man is not installed")
    done = subprocess.run(
        [formatter, "--warnings", "-l", "-Tutf8", page], capture_output=True, text=True, timeout=30,
        env={"PATH": "/usr/bin:/bin", "MANWIDTH": "200", "LC_ALL": "C.UTF-8", "MANPAGER": "cat"})
    assert done.returncode == 0 and done.stderr == ""
    text = re.sub(r"\x1b\[[0-9;]*m|.\x08", "", done.stdout)
    for words in ("token create --role", "ICC_REGISTRY_LISTEN", "--demo", "EXIT STATUS"):
        assert words in text, words
