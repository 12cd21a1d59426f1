"""Swift sources taken apart into string literals, comments and code."""

import pathlib
import re
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ROOT / "Sources"
TESTS = ROOT / "Tests"


@dataclass
class Piece:
    """A string literal or a comment: its text and the line on which it starts."""

    line: int
    text: str


@dataclass
class SwiftSource:
    """One file: its strings and comments, and its code with both replaced by spaces."""

    strings: list[Piece]
    comments: list[Piece]
    code: str


OPENING = re.compile(r'//[^\n]*|/\*.*?\*/|(#*)("""|")', re.DOTALL)


def read(text):
    """Takes a file apart. Interpolations stay in the code; their strings are strings of their own."""
    source, code, at = SwiftSource([], [], ""), [], 0
    while found := OPENING.search(text, at):
        code.append(text[at : found.start()])
        line = text.count("\n", 0, found.start()) + 1
        if found[2] is None:
            source.comments.append(Piece(line, found[0]))
            code.append(" ")
            at = found.end()
        else:
            at = _string(text, found, line, source, code)
    source.code = "".join([*code, text[at:]])
    return source


def _string(text, opening, line, source, code):
    """Reads a string literal from its opening quotes; returns where it ends."""
    hashes, quotes = opening[1], opening[2]
    start = at = opening.end()
    plain = []
    while not text.startswith(quotes + hashes, at):
        if text.startswith("\\" + hashes, at):
            after = at + 1 + len(hashes)
            if text.startswith("(", after):
                plain.append(text[start:at] + "…")
                end = _closing(text, after)
                inner = read(text[after:end])
                source.strings += [Piece(line + piece.line - 1, piece.text) for piece in inner.strings]
                code.append(f" {inner.code} ")
                start = at = end
                continue
            at = after
        at += 1
        assert at < len(text), f"line {line}: the string does not end"
    plain.append(text[start:at])
    source.strings.append(Piece(line, "".join(plain)))
    code.append('""')
    return at + len(quotes + hashes)


def _closing(text, at):
    """Returns the position after the parenthesis that closes the one at `at`, past any strings inside."""
    depth = 0
    while True:
        if text[at] == '"':
            at = text.index('"', at + 1)
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        at += 1
        if depth == 0:
            return at


def files(folder=SOURCES):
    """The Swift files below a folder, in order."""
    return sorted(folder.rglob("*.swift"))
