"""Changes of a database behind the server's back, as somebody makes them who can write the file and knows the program."""

import contextlib
import hashlib
import pathlib
import sqlite3
import struct

EVIL = "arn:aws:iam::999988887777:role/evil"


@contextlib.contextmanager
def opened(database):
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def tamper(database, *statements, keep_triggers=True):
    """Runs the statements without triggers, and creates the triggers again, so that the schema is the same."""
    with opened(database) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers if keep_triggers else ():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            if callable(statement):
                statement(connection)
            else:
                connection.execute(*([statement] if isinstance(statement, str) else statement))
        for _, sql in triggers if keep_triggers else ():
            connection.execute(sql)


def value(number_or_text):
    """One value of the bytes that are hashed: a tag, then a number or a length with its text."""
    if number_or_text is None:
        return b"\0"
    if isinstance(number_or_text, int):
        return b"\1" + struct.pack(">q", number_or_text)
    content = number_or_text.encode()
    return b"\2" + struct.pack(">Q", len(content)) + content


def rechain(connection):
    """Computes all hashes again, so that the chain is intact."""
    previous = bytes(32)
    rows = connection.execute(
        "SELECT seq, at, kind, administrators_only, actor, address, request_id, organisation, subject, version, changes"
        " FROM events ORDER BY seq").fetchall()
    for row in rows:
        previous = hashlib.sha256(previous + b"".join(map(value, row))).digest()
        connection.execute("UPDATE events SET hash = ? WHERE seq = ?", (previous, row[0]))


MIGRATIONS = pathlib.Path(__file__).resolve().parents[2] / "Migrations"


def earlier_database(path, migrations, *statements):
    """Creates a database as a version with this many migrations has left it."""
    with opened(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for number, file in enumerate(sorted(MIGRATIONS.glob("*.sql"))[:migrations], 1):
            connection.executescript(file.read_text())
            connection.execute(
                "INSERT INTO migrations VALUES (?, ?, ?, 1)", (number, file.stem, hashlib.sha256(file.read_bytes()).digest()))
    tamper(path, *statements, rechain)
