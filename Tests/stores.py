"""Statements that go around the registry, in either store."""

import contextlib
import sqlite3

from postgresql_server import run


def query(database, statement):
    """Runs one statement and returns its rows, as tuples of texts."""
    if str(database).startswith("postgres"):
        words = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--field-separator", "\t"]
        return [tuple(line.split("\t")) for line in run("psql", *words, "--command", statement, database).splitlines()]
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        return [tuple(map(str, row)) for row in connection.execute(statement)]


def stored_text(database):
    """Everything that the database contains, as text: for SQLite the bytes of its file."""
    if str(database).startswith("postgres"):
        return run("pg_dump", database)
    return database.read_bytes().decode("latin-1")
