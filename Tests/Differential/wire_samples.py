"""Requests to compare parsers: valid ones with everything that RFC 9112 allows, and damaged ones."""

import random

from wire_spellings import EXTENSIONS, HOSTS, LAST_CHUNKS, NAMES, VALUES

METHODS = [
    b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"PATCH", b"OPTIONS", b"TRACE", b"PROPFIND", b"M-SEARCH", b"PURGE",
    b"get", b"ICC", b"X!#$%&'*+-.^_`|~9", b"UPDATEREDIRECTREF",
]
PATHS = [
    b"/", b"//", b"/v1/iccs", b"/v1/iccs/", b"/v1/iccs/icc-1/trust-policy", b"/a%2Fb/..", b"/%e2%82%ac", b"/;p=1,2@:",
    b"/[{|}^`\"<>]", b"/" + b"x" * 300,
]
QUERIES = [b"", b"?", b"?limit=5&after=x", b"?a=%20?/b", b"?q=\"<>\""]
CONNECTIONS = [b"close", b"keep-alive", b"Keep-Alive, TE", b"x,,close", b"upgrade", b"Upgrade, close", b""]
# Lines that recipients are known to read in different ways.
ODD_LINES = [
    b"Content-Length: 3", b"Content-Length: 03", b"Content-Length: +3", b"Content-Length: -1", b"Content-Length: 3, 3",
    b"Content-Length: 0x3", b"Content-Length: 3 4", b"Content-Length:", b"Content-Length : 3", b"Content-Length\t: 3",
    b"Content-Length: 18446744073709551619", b"Content_Length: 3", b"content-length:3", b"Content-Length: 0",
    b"Transfer-Encoding: chunked", b"Transfer-Encoding: CHUNKED", b"Transfer-Encoding:\tchunked ",
    b"Transfer-Encoding:", b"Transfer-Encoding: chunked, chunked", b"Transfer-Encoding: gzip, chunked",
    b"Transfer-Encoding: identity", b"Transfer-Encoding: chunked;q=1", b"Transfer-Encoding: \"chunked\"",
    b"Transfer-Encoding: \x0bchunked", b"Transfer-Encoding : chunked", b"Transfer-Encoding: xchunked",
    b"Transfer-Encoding: ,chunked",
    b"Transfer_Encoding: chunked", b" Transfer-Encoding: chunked", b"X: y\r\n folded", b"X: y\r\n\tContent-Length: 3",
    b"X: y\nContent-Length: 3", b"X: y\rContent-Length: 3", b"X: y\x00z", b"X: \x7f", b"X", b":", b": x", b"X y: z",
    b"X:", b"X:\t \t", b"X: \t y \t", b"X(: y", b"\x80: y", b"Host: b", b"Host:", b"Host: a b", b"Host: a,b",
    b"Host: u@a", b"Expect: 100-continue", b"Expect: other", b"Upgrade: h2c", b"Connection: Upgrade\r\nUpgrade: x",
    b"HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA", b"Proxy-Connection: keep-alive", b"Connection: transfer-encoding",
]
ODD_BYTES = b"\r\n\0\t\v\f :;,=\"%/#?\\@[0159afxAFXz\x7f\x80\x85\xa0\xff"


def samples(seed: int, count: int) -> list[bytes]:
    """`count` byte strings, the same for the same seed: more than a third are undamaged."""
    chance = random.Random(seed)
    return _table() + [_sample(chance) for _ in range(count)]


def _table() -> list[bytes]:
    """Every odd line in requests of each framing, followed by a request that a wrong end would expose."""
    chunks = b"3\r\nabc\r\n0\r\n\r\n"
    framings = [
        (b"", b""), (b"", b"abc"), (b"", chunks),
        (b"Content-Length: 3\r\n", b"abc"), (b"Transfer-Encoding: chunked\r\n", chunks),
    ]
    behind = b"GET /behind HTTP/1.1\r\nHost: a\r\n\r\n"
    return [
        b"POST /odd HTTP/1.1\r\nHost: a\r\n" + before + line + b"\r\n" + after + b"\r\n" + body + behind
        for line in ODD_LINES
        for framing, body in framings
        for before, after in ((framing, b""), (b"", framing))
    ]


def _sample(chance: random.Random) -> bytes:
    wire = b"".join(_request(chance) for _ in range(chance.choice([1, 1, 2, 3])))
    for _ in range(chance.choice([0, 0, 0, 0, 1, 1, 1, 2, 2, 4])):
        wire = chance.choice(_DAMAGES)(chance, wire)
    return wire


def _request(chance: random.Random) -> bytes:
    method, target = _method_and_target(chance)
    version = chance.choice([b"1.1"] * 8 + [b"1.0", b"1.2", b"1.9"])
    lines = [b"Host:" + _blank(chance) + chance.choice(HOSTS) + _blank(chance)]
    for _ in range(chance.randrange(6)):
        lines.append(chance.choice(NAMES) + b":" + _blank(chance) + chance.choice(VALUES) + _blank(chance))
    if chance.random() < 0.3:
        lines.append(b"Connection: " + chance.choice(CONNECTIONS))
    framing, body = _content(chance, chunks=version != b"1.0")
    lines += framing
    chance.shuffle(lines)
    head = [method + b" " + target + b" HTTP/" + version] + [_cased(chance, line) for line in lines]
    return b"\r\n" * chance.choice([0] * 9 + [1, 4]) + b"\r\n".join(head) + b"\r\n\r\n" + body


def _method_and_target(chance: random.Random) -> tuple[bytes, bytes]:
    form = chance.random()
    if form < 0.05:
        return b"OPTIONS", b"*"
    if form < 0.1:
        return b"CONNECT", chance.choice([b"a:443", b"[::1]:8080", b"registry.example:1"])
    origin = chance.choice(PATHS) + chance.choice(QUERIES)
    if form < 0.2:
        scheme = chance.choice([b"http://", b"https://", b"HTTP://"])
        return chance.choice(METHODS), scheme + chance.choice(HOSTS) + chance.choice([b"", b"?q=1", origin])
    return chance.choice(METHODS), origin


def _content(chance: random.Random, chunks: bool) -> tuple[list[bytes], bytes]:
    kind = chance.random()
    body = chance.randbytes(chance.choice([1, 2, 3, 16, 17, 200]))
    if chance.random() < 0.3:
        body = chance.choice([b"\r\n", b"0\r\n\r\n", b"GET / HTTP/1.1\r\nHost: in.body\r\n\r\n"])
    if kind < 0.35 and chunks:
        coding = chance.choice([b"chunked", b"chunked", b"Chunked", b"CHUNKED"])
        return [b"Transfer-Encoding:" + _blank(chance) + coding + _blank(chance)], _chunked(chance, body)
    if kind < 0.7:
        return [b"Content-Length:" + _blank(chance) + str(len(body)).encode() + _blank(chance)], body
    return ([b"Content-Length: 0"], b"") if kind < 0.75 else ([], b"")


def _chunked(chance: random.Random, body: bytes) -> bytes:
    wire = b""
    while body:
        size = chance.randint(1, len(body))
        digits = format(size, chance.choice(["x", "X", "04x"])).encode()
        wire += digits + chance.choice(EXTENSIONS) + b"\r\n" + body[:size] + b"\r\n"
        body = body[size:]
    wire += chance.choice([b"0", b"0", *LAST_CHUNKS]) + b"\r\n"
    for _ in range(chance.choice([0, 0, 1, 3])):
        wire += chance.choice(NAMES) + b": " + chance.choice(VALUES) + b"\r\n"
    return wire + b"\r\n"


def _blank(chance: random.Random) -> bytes:
    return chance.choice([b"", b" ", b" ", b" ", b"\t", b" \t  "])


def _cased(chance: random.Random, line: bytes) -> bytes:
    name, colon, value = line.partition(b":")
    return chance.choice([name, name, name.lower(), name.upper()]) + colon + value


def _replace_byte(chance: random.Random, wire: bytes) -> bytes:
    place = chance.randrange(len(wire))
    return wire[:place] + bytes([chance.choice([chance.randrange(256), chance.choice(ODD_BYTES)])]) + wire[place + 1 :]


def _insert_byte(chance: random.Random, wire: bytes) -> bytes:
    place = chance.randrange(len(wire) + 1)
    return wire[:place] + bytes([chance.choice(ODD_BYTES)]) + wire[place:]


def _remove_byte(chance: random.Random, wire: bytes) -> bytes:
    place = chance.randrange(len(wire))
    return (wire[:place] + wire[place + 1 :]) or b"G"


def _repeat_piece(chance: random.Random, wire: bytes) -> bytes:
    start = chance.randrange(len(wire))
    end = min(len(wire), start + chance.randint(1, 30))
    return wire[:end] + wire[start:]


def _repeat_line(chance: random.Random, wire: bytes) -> bytes:
    lines = wire.split(b"\r\n")
    place = chance.randrange(len(lines))
    return b"\r\n".join(lines[: place + 1] + [lines[place]] + lines[place + 1 :])


def _remove_line(chance: random.Random, wire: bytes) -> bytes:
    lines = wire.split(b"\r\n")
    del lines[chance.randrange(len(lines))]
    return b"\r\n".join(lines) or b"G"


def _insert_line(chance: random.Random, wire: bytes) -> bytes:
    lines = wire.split(b"\r\n")
    place = chance.randrange(min(len(lines), 9)) + 1
    return b"\r\n".join(lines[:place] + [chance.choice(ODD_LINES)] + lines[place:])


def _change_line_end(chance: random.Random, wire: bytes) -> bytes:
    lines = wire.split(b"\r\n")
    if len(lines) < 2:
        return wire
    place = chance.randrange(1, len(lines))
    end = chance.choice([b"\n", b"\r", b"\n\r", b"\r\r\n", b" \r\n", b"\t\r\n", b"\r\n\r\n"])
    return b"\r\n".join(lines[:place]) + end + b"\r\n".join(lines[place:])


def _cut(chance: random.Random, wire: bytes) -> bytes:
    return wire[: chance.randrange(len(wire)) + 1]


_DAMAGES = [
    _replace_byte, _replace_byte, _insert_byte, _insert_byte, _remove_byte, _repeat_piece, _repeat_line, _remove_line,
    _insert_line, _insert_line, _change_line_end, _cut,
]
