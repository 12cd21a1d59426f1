"""Databases that must not be opened: each is refused with a reason and left unchanged, and no new one is created."""

import os
import sqlite3

import pytest


@pytest.fixture
def database(stopped_registry):
    """The database of a stopped registry, with some ICCs."""
    return stopped_registry.database


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


def another_wal(path):
    """The WAL of another program's database, which replaces every page of ours."""
    other = path.with_name("other.db")
    connection = sqlite3.connect(other)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE other (a)")
    connection.commit()
    path.with_name(path.name + "-wal").write_bytes(other.with_name("other.db-wal").read_bytes())
    connection.close()


def without_migrations(path):
    path.unlink()
    statement("PRAGMA application_id = 1229144914")(path)
    statement("CREATE TABLE other (a)")(path)


@pytest.mark.parametrize(("harm", "word"), [
    (overwritten(0, 16), "damaged"), (overwritten(4096 * 2, 4096 * 6), "damaged"), (truncated, "damaged"),
    (emptied, "is empty"), (emptied_without_marker, "is empty"), (foreign, "not a database of icc-registry"),
    (foreign_text, "not a database of icc-registry"),
    (statement("INSERT INTO migrations VALUES (9999, '9999_future', zeroblob(32), 0)"), "newer than this program"),
    (statement("UPDATE migrations SET checksum = zeroblob(32)"), "differs from this program's"),
    (statement("DROP INDEX iccs_live_names"), "index iccs_live_names is missing"),
    (statement("DROP TRIGGER iccs_stay"), "trigger iccs_stay is missing"),
    (statement("CREATE TABLE other (a)"), "table other was added"),
    (statement("CREATE TRIGGER extra AFTER INSERT ON iccs BEGIN UPDATE tokens SET role = 'admin'; END"), "trigger extra was added"),
    (another_wal, "not a database of icc-registry"), (without_migrations, "not a database of icc-registry"),
], ids=["header", "pages", "truncated", "emptied", "emptied-no-marker", "foreign", "foreign-text", "newer", "edited", "index", "trigger", "table",
        "extra-trigger", "another-wal", "no-migrations"])
def test_a_damaged_or_unrelated_database_is_refused(database, command, harm, word):
    harm(database)
    content = database.read_bytes()
    copy = database.with_name("elsewhere.db")
    for words in (["serve", "--listen", "127.0.0.1:0"], ["migrate"], ["token", "list"], ["verify-database"]):
        done = command(*words, "--database", database)
        if words[0] != "serve" and word == "damaged" and word not in done.stderr:
            continue  # Only the server checks every page at its start; an examination has its own words for damage.
        assert done.returncode == 1, (words, done.stdout, done.stderr)
        assert word in done.stdout + done.stderr and str(database) in done.stderr, (words, done.stdout, done.stderr)
        assert words == ["verify-database"] or done.stdout == "" and done.stderr.count("\n") == 1, (words, done)
        assert database.read_bytes() == content, f"{words} changed the file"
    done = command("restore", database, "--database", copy)
    assert done.returncode == 1 and not copy.exists(), (done.stdout, done.stderr)


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


@pytest.mark.parametrize("words", [
    ("create", "--role", "admin", "--name", "x"), ("list",), ("revoke", "tok_01m85dde5bqzmknqg7xnrah7t6"),
], ids=["create", "list", "revoke"])
def test_a_token_command_creates_no_database(command, tmp_path, words):
    done = command("token", *words, "--database", tmp_path / "typo.db")
    assert done.returncode == 1 and "typo.db does not exist" in done.stderr, done.stderr
    assert not list(tmp_path.glob("typo.db*"))


def test_a_pipe_is_refused_at_once(command, tmp_path):
    os.mkfifo(tmp_path / "pipe.db")
    for words in (["serve", "--listen", "127.0.0.1:0"], ["token", "list"], ["verify-database"]):
        done = command(*words, "--database", tmp_path / "pipe.db")
        assert done.returncode == 1 and "is not a regular file" in done.stderr, (words, done.stderr)


def test_the_tables_of_litestream_are_allowed(database, command):
    statement("CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)")(database)
    assert command("verify-database", "--database", database).returncode == 0
