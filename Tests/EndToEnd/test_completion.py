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


def test_fish_is_offered_what_the_program_takes(command, tmp_path):
    if not shutil.which("fish"):
        pytest.skip("fish is not installed")
    script = tmp_path / "icc-registry.fish"
    script.write_text(command("completion", "fish").stdout)

    def offered(line):
        done = subprocess.run(
            ["fish", "--no-config", "-c", f"source {script}; complete -C '{line}'"], capture_output=True, text=True, timeout=30,
            env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"})
        return [found.split("\t")[0] for found in done.stdout.splitlines()]

    assert "serve" in offered("icc-registry ") and offered("icc-registry serve --log-form") == ["--log-format"]
    assert offered("icc-registry token create --role e") == ["editor"]


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
