"""Databases that must not be opened: each is refused with a reason and left unchanged, and no new one is created."""

import sqlite3

import pytest


@pytest.fixture
def database(start, tmp_path):
    """The database of a stopped registry, with some ICCs."""
    registry = start()
    for number in range(20):
        registry.create(name=f"kept {number}")
    assert registry.stop() == 0
    return tmp_path / "registry.db"


def statement(text):
    def run(path):
        connection = sqlite3.connect(path)
        connection.execute(text)
        connection.commit()
        connection.close()

    return run


def overwritten(offset, length):
    def run(path):
        with open(path, "r+b") as file:
            file.seek(offset)
            file.write(b"\xa5" * length)

    return run


def truncated(path):
    with open(path, "r+b") as file:
        file.truncate(path.stat().st_size // 2)


def foreign(path):
    path.unlink()
    path.with_name(path.name + ".initialised").unlink()
    statement("CREATE TABLE other (a)")(path)


def foreign_text(path):
    path.with_name(path.name + ".initialised").unlink()
    path.write_text("Dear reader,\n" * 500)


def emptied(path):
    path.write_bytes(b"")


def emptied_without_marker(path):
    emptied(path)
    path.with_name(path.name + ".initialised").unlink()


@pytest.mark.parametrize(("harm", "word"), [
    (overwritten(0, 16), "damaged"), (overwritten(4096 * 2, 4096 * 6), "damaged"), (truncated, "damaged"),
    (emptied, "is empty"), (emptied_without_marker, "is empty"), (foreign, "not a database of icc-registry"),
    (foreign_text, "not a database of icc-registry"),
    (statement("INSERT INTO migrations VALUES (9999, '9999_future', zeroblob(32), 0)"), "newer than this program"),
    (statement("UPDATE migrations SET checksum = zeroblob(32)"), "differs from this program's"),
], ids=["header", "pages", "truncated", "emptied", "emptied-no-marker", "foreign", "foreign-text", "newer", "edited"])
def test_a_damaged_or_unrelated_database_is_refused(database, command, harm, word):
    harm(database)
    content = database.read_bytes()
    for words in (["serve", "--listen", "127.0.0.1:0"], ["migrate"], ["token", "list"]):
        done = command(*words, "--database", database)
        if words[0] != "serve" and word == "damaged" and done.returncode == 0:
            continue  # Only the server checks every page at its start.
        assert done.returncode == 1, (words, done.stdout, done.stderr)
        assert word in done.stderr and str(database) in done.stderr, (words, done.stderr)
        assert done.stdout == "" and done.stderr.count("\n") == 1, (words, done)
        assert database.read_bytes() == content, f"{words} changed the file"


def test_a_deleted_database_is_not_created_again(database, command):
    database.unlink()
    done = command("serve", "--listen", "127.0.0.1:0", "--database", database)
    assert done.returncode == 1 and "is missing" in done.stderr and done.stdout == ""
    assert not database.exists()


def test_a_second_server_is_refused(registry, command, tmp_path):
    (tmp_path / "alias.db").symlink_to(registry.database)
    for name in (registry.database, tmp_path / "alias.db"):
        done = command("serve", "--listen", "127.0.0.1:0", "--database", name)
        assert done.returncode == 1 and "another icc-registry" in done.stderr and done.stderr.count("\n") == 1
    assert registry.create()["version"] == 1
