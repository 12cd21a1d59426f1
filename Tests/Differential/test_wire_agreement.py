"""Requests that the server's HTTP parser accepts are read the same way by two independent parsers.

A request that two recipients on one way read differently is a way to smuggle another one past the first of them
(RFC 9112 section 11.2). So for thousands of requests, valid and damaged, every message that our parser lets through is
given to h11 and httptools too: method, target, header fields, content and the place where the message ends must be the
same. Where it refuses, there is nothing to compare. Every deliberate difference is named in `EXCEPTIONS`.
"""

import collections
import json
import os
import pathlib
import re
import struct
import subprocess
import urllib.parse

import pytest

from wire_readers import Message, Refused, read_with_h11, read_with_httptools
from wire_samples import samples

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEED, COUNT = 9112, 4000

EXCEPTIONS = {
    "empty lines": "RFC 9112 section 2.2: empty lines before a request line are skipped; h11 refuses them.",
    "any method": "RFC 9110 section 9.1: any token is a method, and the router says 501; llhttp refuses unknown ones.",
    "minor version": "RFC 9110 section 2.5: a higher minor version is read as 1.1; llhttp refuses it.",
    "tab behind a coding": "RFC 9110 section 5.6.3: white space is SP or HTAB; llhttp refuses HTAB behind `chunked`.",
    "host of target": "RFC 9112 section 3.2.2: the authority of an absolute target takes the place of Host.",
    "coding in lower case": "RFC 9112 section 7: names of codings have no case; h11 gives them in lower case.",
    "another protocol": (
        "RFC 9110 sections 7.8 and 9.3.6: httptools leaves HTTP behind the head of a request with Upgrade or CONNECT;"
        " our server never changes the protocol, so content stays content."
    ),
    "not UTF-8": "RFC 9110 section 5.5: obs-text has no charset; what is not UTF-8 reads as U+FFFD in our values.",
}
# The methods that llhttp knows in HTTP, without RTSP's and PRI.
LLHTTP_METHODS = set(
    b"ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK M-SEARCH MERGE MKACTIVITY MKCALENDAR MKCOL MOVE NOTIFY"
    b" OPTIONS PATCH POST PROPFIND PROPPATCH PURGE PUT QUERY REBIND REPORT SEARCH SUBSCRIBE TRACE UNBIND UNLINK UNLOCK"
    b" UNSUBSCRIBE".split()
)

CODING_WITH_TAB = re.compile(rb"^transfer-encoding:[ \t]*chunked[ \t]*\t[ \t]*\r", re.IGNORECASE | re.MULTILINE)


@pytest.fixture(scope="session")
def probe() -> pathlib.Path:
    build = ["swift", "build", "--product", "wire-probe", "--scratch-path", ".build/probe"]
    subprocess.run(build, cwd=ROOT, env=os.environ | {"ICC_REGISTRY_PROBE": "1"}, check=True, timeout=900)
    return ROOT / ".build/probe/debug/wire-probe"


def test_accepted_requests_are_read_the_same_way(probe: pathlib.Path) -> None:
    wires = samples(SEED, COUNT)
    sent = b"".join(struct.pack(">I", len(wire)) + wire for wire in wires)
    output = subprocess.run([probe], input=sent, stdout=subprocess.PIPE, check=True, timeout=20).stdout
    readings = [json.loads(line) for line in output.splitlines()]
    assert len(readings) == len(wires)

    used: collections.Counter[str] = collections.Counter()
    faults = [fault for wire, reading in zip(wires, readings) for fault in disagreements(wire, reading, used)]
    if faults:
        pytest.fail(f"{len(faults)} disagreements, the first ones:\n\n" + "\n\n".join(faults[:5]), pytrace=False)

    accepted = sum(reading["status"] is None for reading in readings)
    compared = sum(len(reading["requests"]) for reading in readings)
    print(f"{len(wires)} samples, {accepted} accepted, {compared} requests compared; exceptions: {dict(used)}")
    assert 0.3 < accepted / len(wires) < 0.7, "the samples are too damaged or too tame to show anything"
    assert compared > len(wires) / 2
    assert set(used) == set(EXCEPTIONS), "an exception that no sample needs is not to be listed"


def disagreements(wire: bytes, reading: dict, used: collections.Counter[str]) -> list[str]:
    faults, start = [], 0
    for request in reading["requests"]:
        ours = message(request, start)
        rest, start = wire[start:], request["end"]
        for name, reader in (("h11", compare_with_h11), ("httptools", compare_with_httptools)):
            try:
                reader(rest, ours, used)
            except (Refused, AssertionError) as fault:
                faults.append(f"{name}, {fault}\n  in {rest!r}\n  ours: {ours}")
    return faults


def message(request: dict, start: int) -> Message:
    headers = [(bytes.fromhex(name).lower(), bytes.fromhex(value)) for name, value in request["headers"]]
    method, target, body = (bytes.fromhex(request[part]) for part in ("method", "target", "body"))
    return Message(method, target, headers, body, request["end"] - start)


def compare_with_h11(wire: bytes, ours: Message, used: collections.Counter[str]) -> None:
    skipped = empty_lines(wire)
    used["empty lines"] += skipped > 0
    theirs = read_with_h11(wire[skipped:])
    same(theirs.end + skipped, ours.end, "end")
    same(theirs.method, ours.method, "method")
    same(theirs.body, ours.body, "body")
    lowered = [(name, coding_name(name, value, used)) for name, value in ours.headers]
    compare_heads(theirs, Message(ours.method, ours.target, lowered, ours.body, ours.end), used)


def compare_with_httptools(wire: bytes, ours: Message, used: collections.Counter[str]) -> None:
    known = in_words_of_llhttp(wire, ours, used)
    longer = len(known) - len(wire)
    theirs = read_with_httptools(known, ours.end + longer)
    if theirs.changes_protocol:
        used["another protocol"] += 1
    else:
        same(theirs.end - longer, ours.end, "end")
        same(theirs.body, ours.body, "body")
    if ours.method in LLHTTP_METHODS:
        same(theirs.method, ours.method, "method")
    compare_heads(theirs, ours, used)


def compare_heads(theirs: Message, ours: Message, used: collections.Counter[str]) -> None:
    same(theirs.target, ours.target, "target")
    expected = theirs.headers
    if not ours.target.startswith((b"/", b"*")) and ours.method != b"CONNECT":
        used["host of target"] += 1
        authority = urllib.parse.urlsplit(ours.target).netloc
        expected = [line for line in expected if line[0] != b"host"] + [(b"host", authority)]
    same([(name, text(value, used)) for name, value in expected], ours.headers, "headers")


def in_words_of_llhttp(wire: bytes, ours: Message, used: collections.Counter[str]) -> bytes:
    """The bytes in a form that llhttp accepts: a method that it knows, 1.1 for higher versions, SP after a coding."""
    skipped = empty_lines(wire)
    line, _, rest = wire[skipped:].partition(b"\r\n")
    method, target, version = line.split(b" ")
    if method not in LLHTTP_METHODS:
        used["any method"] += 1
        method = b"POST"
    if version not in (b"HTTP/1.0", b"HTTP/1.1"):
        used["minor version"] += 1
        version = b"HTTP/1.1"
    head, end, behind = rest.partition(b"\r\n\r\n")
    spaced = CODING_WITH_TAB.sub(lambda line: line[0].replace(b"\t", b" "), head + end)
    used["tab behind a coding"] += spaced != head + end
    return wire[:skipped] + b" ".join([method, target, version]) + b"\r\n" + spaced + behind


def empty_lines(wire: bytes) -> int:
    place = 0
    while wire.startswith(b"\r\n", place):
        place += 2
    return place


def coding_name(name: bytes, value: bytes, used: collections.Counter[str]) -> bytes:
    if name == b"transfer-encoding" and value != value.lower():
        used["coding in lower case"] += 1
        return value.lower()
    return value


def text(value: bytes, used: collections.Counter[str]) -> bytes:
    replaced = value.decode("utf-8", "replace").encode()
    used["not UTF-8"] += replaced != value
    return replaced


def same(theirs: object, ours: object, part: str) -> None:
    assert theirs == ours, f"{part}: {theirs!r}, but ours is {ours!r}"
