"""Framing (RFC 9110 section 8.6; RFC 9112 sections 6 and 7): lengths, codings, chunks, trailers; and pipelines."""

from wire_rows import (
    CHUNKED, CONTROLS, HOST, MIRRORED, ROUTES, TOKEN, Head, byte_name, get, refused, taken, with_fields,
)
from wire_spellings import EXTENSIONS, LAST_CHUNKS

LAST = b"0\r\n\r\n"
SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: smuggled\r\n\r\n"
DRAFT = b'{"name":"Acme","connectorType":"s3-cross-account","sessionName":"acme-import","bucketName":"acme-data"}'
LENGTHS = [
    b"", b" ", b"+1", b"-1", b"-0", b"+0", b"00", b"01", b"001", b"0200", b"1,1", b"1, 1", b"1,", b",1", b"1, 2",
    b"5, 5, 5", b"1;1", b"1 1", b"1\t1", b"1 0", b"0x1", b"0X1", b"0o1", b"0b1", b"1h", b"1a", b"a", b"abc", b"1_0",
    b"1'000", b"1.0", b"1.", b".1", b"1e1", b"1E0", b"\"1\"", b"'1'", b"(1)", b"1=1", b"--1", b"++1", b"1-", b"1+",
    b"NaN", b"Infinity", b"true", b"null", b"chunked", b"\xb2", b"\xd9\xa1", "１".encode(), b"\xa01", b"1\xa0", b"1\x85",
    b"$1", b"#1", b"1%", b"%31", b"18446744073709551616", b"18446744073709551617", b"99999999999999999999",
    b"36893488147419103233", b"340282366920938463463374607431768211457", b"-18446744073709551615", b"9" * 400,
    b"0" * 400 + b"1",
]
CODINGS = [
    b"", b" ", b"gzip", b"deflate", b"compress", b"br", b"identity", b"x", b"gzip, chunked", b"chunked, gzip",
    b"chunked, chunked", b"chunked,chunked", b"chunked, identity", b"identity, chunked", b"chunked,", b",chunked",
    b", chunked", b",,chunked", b"chunked ,", b"xchunked", b"chunkedx", b"x-chunked", b"chunke", b"hunked", b"chunk",
    b"chunked;", b"chunked;a=b", b"chunked; q=1", b"chunked;q=0", b"\"chunked\"", b"'chunked'", b"(chunked)",
    b"chunked x", b"x chunked", b"chunked chunked", b"chunked=1", b"chunked\x00", b"\x00chunked", b"\x0bchunked",
    b"chunked\x0b", b"\x0cchunked", b"\x7fchunked", b"\xa0chunked", b"chunked\xa0", b"\x85chunked", b"chunked\x85",
    "chun\u212aed".encode(), b"chunked\r", b"chun\rked", b"chunked\n",
    b"chu nked", b"[chunked]", b"chunked/1", b"cow", b"chunkedchunked", b"trailers", b"*", b"%63hunked", b"c\\hunked",
]
# The bytes after `Transfer-Encoding: chunked` and an empty line.
CHUNKS = {
    "no size": b"\r\nx\r\n" + LAST, "an empty line": b"\r\n" + LAST, "a letter": b"x\r\n" + LAST, "G": b"G\r\n" + LAST,
    "a minus": b"-1\r\nx\r\n" + LAST, "minus zero": b"-0\r\n\r\n", "minus 0x": b"-0x0\r\n\r\n",
    "a plus": b"+1\r\nx\r\n" + LAST, "0x": b"0x1\r\nx\r\n" + LAST, "0X": b"0X1\r\nx\r\n" + LAST,
    "h": b"1h\r\nx\r\n" + LAST, "a space first": b" 1\r\nx\r\n" + LAST, "a tab first": b"\t1\r\nx\r\n" + LAST,
    "many spaces first": b" " * 11 + LAST, "a space behind": b"1 \r\nx\r\n" + LAST,
    "a tab behind": b"1\t\r\nx\r\n" + LAST, "a space in it": b"1 0\r\n" + b"x" * 16 + b"\r\n" + LAST,
    "an underscore": b"1_0\r\n" + b"x" * 16 + b"\r\n" + LAST, "a comma": b"1,0\r\nx\r\n" + LAST,
    "a dot": b"1.0\r\nx\r\n" + LAST, "quotes": b"\"1\"\r\nx\r\n" + LAST, "an equals sign": b"1=a\r\nx\r\n" + LAST,
    "NUL behind": b"1\0\r\nx\r\n" + LAST, "NUL first": b"\x001\r\nx\r\n" + LAST,
    "NBSP behind": b"1\xa0\r\nx\r\n" + LAST, "a superscript": b"\xb2\r\nxx\r\n" + LAST,
    "a full-width digit": "１".encode() + b"\r\nx\r\n" + LAST, "a percent": b"%31\r\nx\r\n" + LAST,
    "ended by LF": b"1\nx\r\n" + LAST, "ended by CR": b"1\rx\r\n" + LAST, "ended by CR CR": b"1\r\rx\r\n" + LAST,
    "ended by LF CR": b"1\n\rx\r\n" + LAST, "ended by CR CR LF": b"1\r\r\nx\r\n" + LAST,
    "ended by CR x": b"1\rYx\r\n" + LAST, "17 digits": b"ffffffffffffffff1\r\n",
    "17 digits that wrap to 1": b"10000000000000001\r\nx\r\n" + LAST,
    "zeros past 64 bits": b"0" * 17 + b"1\r\nx\r\n" + LAST, "33 digits": b"1" + b"0" * 31 + b"1\r\nx\r\n" + LAST,
    "1,000 digits": b"0" * 1000 + b"1\r\nx\r\n" + LAST, "less data than said": b"2\r\nx\r\n" + LAST,
    "more data than said": b"1\r\nxy\r\n" + LAST, "no end of the data": b"1\r\nx0\r\n\r\n",
    "data ended by LF": b"1\r\nx\n" + LAST, "data ended by CR": b"1\r\nx\r" + LAST,
    "data ended by LF CR": b"1\r\nx\n\r" + LAST, "data ended by CR CR LF": b"1\r\nx\r\r\n" + LAST,
    "data ended by CR x": b"1\r\nx\rY" + LAST, "data ended by a space": b"1\r\nx \r\n" + LAST,
    "no data": b"1\r\n\r\n" + LAST, "an empty line between chunks": b"1\r\nx\r\n\r\n1\r\ny\r\n" + LAST,
    "the second one": b"1\r\nx\r\n-1\r\ny\r\n" + LAST, "no last one": b"1\r\nx\r\n\r\n",
    "a last one ended by LF": b"0\n\n", "a last one ended by LF CRLF": b"0\n\r\n",
    "a last one with a space": b"0 \r\n\r\n", "a last one ended by CRLF LF": b"0\r\n\n",
    "a last one ended by CR": b"0\r\r\n", "a last one ended by CRLF CR x": b"0\r\n\rX",
    "a last one ended by CRLF x": b"0\r\nX", "a last one with 0_": b"0_2e\r\n\r\n",
    "a size of another length": b"Z\r\nZZ\r\nZZZ\r\n\r\n",
}
BAD_EXTENSIONS = [
    b";", b";;", b"; ", b";=", b";=a", b";a=", b";a==b", b";a=b=c", b";a=b;", b";;a", b" ;a", b"\t;a", b"; a", b";a ",
    b";a =b", b";a= b", b";a=b ", b";a b", b";a=b c", b";a=\"", b";a=\"b", b";a=b\"", b";a=\"b\"c", b";a=\"b\" ",
    b";a=\"b\\\"", b";a='b c'", b";\"a\"=b", b";bad[=x", b";a=[", b";a@", b";a/b", b";a,b", b";(a)", b";a\\", b";\xff",
    b";a=\xff", b";a:b", b"a", b",a", b"=a", b"#a", b"//a", b";a\n", b";\n", b";a\rX", b"\r;a", b"\r\r;ABCD",
    b";a=\"\r\n\"", b";a=\"b\n\"",
]
BAD_TRAILERS = {
    "no colon": MIRRORED, "a space before the colon": b"X : a", "a tab before the colon": b"X\t: a",
    "white space first": b" X: a", "a tab first": b"\tX: a", "no name": b": a", "two words": b"X Y: a",
    "brackets": b"X[]: a", "folded": b"X: a\r\n b", "ended by LF": b"X: a\nY: b", "ended by CR": b"X: a\rY: b",
    "UTF-8": "ü: a".encode(), "a request line": SMUGGLED[:21], "Content-Length": b"Content-Length: 1",
    "Transfer-Encoding": b"Transfer-Encoding: chunked", "Host": b"Host: other",
    "content-length in lower case": b"content-length: 1", "a second one": b"X: a\r\nY",
}


def on_each_route(status, name, fields, body=b""):
    """A message with this error, for any route and any client: the error is found before the route."""
    for place, (target, credential) in ROUTES.items():
        yield refused(status, f"{name}, {place}", with_fields(credential + fields, body, b"POST", target))


def length_rows():
    """RFC 9110 section 8.6 and RFC 9112 section 6.3."""
    for value in LENGTHS:
        yield from on_each_route(400, f"Content-Length: {value[:30]!r}", b"Content-Length: " + value + b"\r\n", b"x")
    for byte in CONTROLS:
        yield refused(
            400, f"Content-Length: {byte_name(byte)} behind it",
            with_fields(b"Content-Length: 1" + bytes([byte]) + b"\r\n", b"x"))
    for values in (
        (b"1", b"1"), (b"1", b"2"), (b"0", b"1"), (b"1", b"0"), (b"", b"1"), (b"1", b""), (b"0", b"0"),
        (b"4", b"%d" % (4 + len(SMUGGLED))),
    ):
        fields = b"".join(b"Content-Length: " + value + b"\r\n" for value in values)
        yield from on_each_route(400, f"Content-Length: {values!r}", fields, b"PING" + SMUGGLED)
    for name in (
        b"Content-Length : 1", b" Content-Length: 1", b"Content-Length\t: 1", b"Content-Length 1",
        b"Content-\r\nLength: 1", b"X: a\r\n Content-Length: 1",
    ):
        yield from on_each_route(400, f"Content-Length: as {name!r}", name + b"\r\n", b"x")
    for value in (
        b"65537", b"100000", b"4294967296", b"4294967297", b"9223372036854775807", b"9223372036854775808",
        b"18446744073709551615",
    ):
        yield from on_each_route(
            413, f"Content-Length: {value.decode()} is too much", b"Content-Length: " + value + b"\r\n")
    for value in (b"1", b" 1", b"\t1", b"1 ", b"1\t", b"  1 \t"):
        yield taken(
            f"Content-Length: {value!r} with its blanks",
            with_fields(b"Content-Length:" + value + b"\r\n", b"x", b"POST"), 405)
    for method, status in (
        (b"GET", 200), (b"HEAD", Head(200)), (b"OPTIONS", 204), (b"POST", 405), (b"DELETE", 405), (b"BREW", 501),
    ):
        for size in (0, 1, 9, 10, 41, 65_536):
            body = SMUGGLED if size == len(SMUGGLED) else b"x" * size
            yield taken(
                f"Content-Length: {size} of {method.decode()}",
                with_fields(b"Content-Length: %d\r\n" % size, body, method), status)
    yield taken("Content-Length: none of POST", get(method=b"POST"), 405)
    yield taken(
        "Content-Length: in HTTP/1.0",
        get(fields=b"Content-Length: 1\r\n", body=b"x", method=b"POST", version=b"HTTP/1.0"), 405, is_kept=False)
    for name in (b"Content_Length", b"ContentLength", b"Content-Lengths", b"X-Content-Length", b"Content.Length"):
        yield taken(f"Content-Length: {name.decode()} is none", with_fields(name + b": 99\r\n"), 200)
    yield taken(
        "Content-Length: beside Content_Length", with_fields(b"Content-Length: 1\r\nContent_Length: 99\r\n", b"x"), 200)
    yield taken(
        "Content-Length: content that is a request",
        with_fields(b"Content-Length: %d\r\n" % len(SMUGGLED), SMUGGLED, b"POST"), 405)
    yield taken(
        "Content-Length: content that begins a request", with_fields(b"Content-Length: 19\r\n", SMUGGLED[:19], b"POST"),
        405)


def coding_rows():
    """RFC 9112 sections 6.1 and 7: exactly one `chunked`, in HTTP/1.1, without a length."""
    for value in CODINGS:
        yield from on_each_route(400, f"Transfer-Encoding: {value!r}", b"Transfer-Encoding: " + value + b"\r\n", LAST)
        yield refused(
            400, f"Transfer-Encoding: {value!r} with a length",
            with_fields(b"Transfer-Encoding: " + value + b"\r\nContent-Length: 5\r\n", LAST, b"POST"))
    for name in (
        b"Transfer-Encoding : chunked", b"Transfer-Encoding\t: chunked", b" Transfer-Encoding: chunked",
        b"Transfer-Encoding chunked", b"Transfer-\r\nEncoding: chunked", b"X: a\r\n Transfer-Encoding: chunked",
        b"X: a\nTransfer-Encoding: chunked", b"X:\rTransfer-Encoding: chunked", b"\0Transfer-Encoding: chunked",
        b"Transfer-Encoding\0: chunked", b"Transfer-Encoding\xa0: chunked", b"Transfer\xadEncoding: chunked",
    ):
        yield from on_each_route(400, f"Transfer-Encoding: as {name!r}", name + b"\r\nContent-Length: 5\r\n", LAST)
    for first, second in (
        (b"chunked", b"chunked"), (b"chunked", b"identity"), (b"identity", b"chunked"), (b"gzip", b"chunked"),
        (b"chunked", b""), (b"", b"chunked"), (b"chunked", b"cow"), (b"", b""),
    ):
        fields = b"Transfer-Encoding: " + first + b"\r\ntransfer-encoding: " + second + b"\r\n"
        yield from on_each_route(400, f"Transfer-Encoding: {first!r} and {second!r}", fields, LAST)
    for length in (b"0", b"1", b"3", b"4", b"5", b"6", b"30", b"65537", b"x", b"%d" % (5 + len(SMUGGLED))):
        for name, fields in (
            ("before", b"Content-Length: " + length + b"\r\n" + CHUNKED),
            ("behind", CHUNKED + b"Content-Length: " + length + b"\r\n"),
        ):
            yield from on_each_route(
                400, f"Transfer-Encoding: a length of {length.decode()} {name} it", fields, LAST + SMUGGLED)
    for name, fields in {
        "": CHUNKED, " and Host": HOST + CHUNKED, " and keep-alive": HOST + b"Connection: keep-alive\r\n" + CHUNKED,
        " and a length": CHUNKED + b"Content-Length: 5\r\n", " that is none": b"Transfer-Encoding: identity\r\n",
    }.items():
        yield refused(
            400, f"Transfer-Encoding: in HTTP/1.0{name}",
            get(fields=fields, body=LAST, method=b"POST", version=b"HTTP/1.0"))
    for value in (b"chunked", b"Chunked", b"CHUNKED", b"cHuNkEd"):
        for blank in (b"", b" ", b"\t", b" \t "):
            yield taken(
                f"Transfer-Encoding: {value.decode()} between {blank!r}",
                with_fields(b"Transfer-Encoding:" + blank + value + blank + b"\r\n", LAST, b"POST"), 405)
    yield taken(
        "Transfer-Encoding: a name in any case", with_fields(b"TRANSFER-encoding: chunked\r\n", LAST, b"POST"), 405)
    yield taken(
        "Transfer-Encoding: named by Connection",
        with_fields(b"Connection: transfer-encoding\r\n" + CHUNKED, b"1\r\nx\r\n" + LAST, b"POST"), 405)
    for version in (b"HTTP/1.2", b"HTTP/1.9"):
        yield taken(
            f"Transfer-Encoding: in {version.decode()}", get(fields=HOST + CHUNKED, body=LAST, version=version), 200)
    for name in (b"Transfer_Encoding", b"TransferEncoding", b"X-Transfer-Encoding", b"Transfer-Encodings", b"TE"):
        yield taken(
            f"Transfer-Encoding: {name.decode()} is none",
            with_fields(name + b": chunked\r\nContent-Length: 5\r\n", LAST, b"POST"), 405)


def chunk_rows():
    """RFC 9112 section 7.1."""
    for name, body in CHUNKS.items():
        yield from on_each_route(400, f"chunk: {name}", CHUNKED, body)
    for extension in BAD_EXTENSIONS:
        for name, body in (
            ("", b"1" + extension + b"\r\nx\r\n" + LAST), (" of the last", b"0" + extension + b"\r\n\r\n"),
        ):
            yield refused(400, f"chunk: extension {extension!r}{name}", with_fields(CHUNKED, body, b"POST"))
    for byte in CONTROLS:
        for name, extension in (
            ("an extension's name", b";a" + bytes([byte]) + b"b"), ("its value", b";a=b" + bytes([byte])),
            ("its quotes", b";a=\"" + bytes([byte]) + b"\""),
        ):
            yield refused(
                400, f"chunk: {byte_name(byte)} in {name}",
                with_fields(CHUNKED, b"1" + extension + b"\r\nx\r\n" + LAST, b"POST"))
    for extension in EXTENSIONS:
        yield taken(
            f"chunk: extension {extension!r}", with_fields(CHUNKED, b"1" + extension + b"\r\nx\r\n" + LAST), 200)
        yield taken(
            f"chunk: extension {extension!r} of the last",
            with_fields(CHUNKED, b"1\r\nx\r\n0" + extension + b"\r\n\r\n"), 200)
    for last in LAST_CHUNKS:
        yield taken(
            f"chunk: the last as {last.decode()}", with_fields(CHUNKED, b"1\r\nx\r\n" + last + b"\r\n\r\n"), 200)
    for size in (b"a", b"A", b"0a", b"000000000000000A"):
        yield taken(f"chunk: a size of {size.decode()}", with_fields(CHUNKED, size + b"\r\n0123456789\r\n" + LAST), 200)
    for name, data in {"a request": SMUGGLED, "line ends": b"\r\n\r\n", "a last chunk": LAST, "NUL": bytes(9)}.items():
        yield taken(f"chunk: of {name}", with_fields(CHUNKED, b"%x\r\n%s\r\n" % (len(data), data) + LAST, b"POST"), 405)
    yield taken("chunk: 64 KiB", with_fields(CHUNKED, b"10000\r\n" + b"x" * 65_536 + b"\r\n" + LAST), 200)
    for name, body in {
        "64 KiB and a byte": b"10001\r\n", "a byte past 64 KiB": b"ffff\r\n" + b"x" * 65_535 + b"\r\n2\r\n",
        "16 digits": b"ffffffffffffffff\r\n", "63 bits": b"7fffffffffffffff\r\n", "64 bits": b"8000000000000000\r\n",
        "32 bits": b"100000001\r\n",
    }.items():
        yield from on_each_route(413, f"chunk: {name}", CHUNKED, body)
    yield refused(
        400, "chunk: an extension of 20,000 bytes", with_fields(CHUNKED, b"1;" + b"a" * 20_000 + b"\r\nx\r\n" + LAST))
    yield refused(
        400, "chunk: 1,000 extensions", with_fields(CHUNKED, (b"1;" + b"a" * 20 + b"\r\nx\r\n") * 1000 + LAST))


def trailer_rows():
    """RFC 9110 section 6.5 and RFC 9112 section 7.1.2: validated like header fields, and never merged with them."""
    for name, trailer in BAD_TRAILERS.items():
        yield from on_each_route(400, f"trailer: {name}", CHUNKED, b"1\r\nx\r\n0\r\n" + trailer + b"\r\n\r\n")
    for byte in CONTROLS:
        yield refused(
            400, f"trailer: {byte_name(byte)} in its name",
            with_fields(CHUNKED, b"0\r\nX" + bytes([byte]) + b"Y: a\r\n\r\n"))
        yield refused(
            400, f"trailer: {byte_name(byte)} in its value",
            with_fields(CHUNKED, b"0\r\nX: a" + bytes([byte]) + b"b\r\n\r\n"))
    for trailer in (
        b"X: a", b"X:", b"X:\t a \t", b"Content-Type: text/html", b"Connection: close", b"Expect: x", b"Upgrade: h2c",
        b"X-Request-Id: trailer", b"Content-MD5: x\r\nX: y", b"X: \xff", b"Trailer: X",
    ):
        yield taken(f"trailer: {trailer!r}", with_fields(CHUNKED, b"1\r\nx\r\n0\r\n" + trailer + b"\r\n\r\n"), 200)
    yield taken(
        "trailer: a token",
        with_fields(
            # The head alone cannot decide: its token has the right form, but no database knows it.
            b"Authorization: Bearer iccr_0000000000000000000000000000000000000000000_kiWWBl\r\n" + CHUNKED,
            b"0\r\nAuthorization: Bearer " + TOKEN + b"\r\n\r\n",
            target=b"/v1/iccs"),
        401)
    yield refused(431, "trailer: 20,000 bytes", with_fields(CHUNKED, b"0\r\nX: " + b"a" * 20_000 + b"\r\n\r\n"))
    yield refused(431, "trailer: 200 lines", with_fields(CHUNKED, b"0\r\n" + b"a: b\r\n" * 200 + b"\r\n"))


def content_rows():
    """A body arrives unchanged in every framing."""
    target, credential = ROUTES["a right token"]
    half = len(DRAFT) // 2
    for name, (framing, body) in {
        "by its length": (b"Content-Length: %d\r\n" % len(DRAFT), DRAFT),
        "in one chunk": (CHUNKED, b"%x\r\n%s\r\n" % (len(DRAFT), DRAFT) + LAST),
        "in two chunks with extensions": (
            CHUNKED,
            b"%X;a=b\r\n%s\r\n00%x;c\r\n%s\r\n000\r\nX: y\r\n\r\n" % (
                half, DRAFT[:half], len(DRAFT) - half, DRAFT[half:])),
        "in chunks of a byte": (CHUNKED, b"".join(b"1\r\n%c\r\n" % byte for byte in DRAFT) + LAST),
    }.items():
        yield taken(f"content: {name}", with_fields(credential + framing, body, b"POST", target), 201)
    for name, framing, body in (
        ("a length one short", b"Content-Length: %d\r\n" % (len(DRAFT) - 1), DRAFT[:-1]),
        ("an empty chunked one", CHUNKED, LAST),
    ):
        yield taken(f"content: {name} is no JSON", with_fields(credential + framing, body, b"POST", target), 400)
    for method, status in ((b"GET", 304), (b"HEAD", Head(304))):
        wire = with_fields(b"If-None-Match: *\r\n", method=method, target=b"/console/")
        yield taken(f"content: none of 304 to {method.decode()}", wire, status)


def pipeline_rows():
    """RFC 9112 section 9.3.2: responses are in order, and an error does not remove an earlier response."""
    posted = with_fields(b"Content-Length: 1\r\n", b"x", b"POST")
    chunked = with_fields(CHUNKED, b"1\r\nx\r\n" + LAST, b"POST", b"/" + MIRRORED)
    mixed = [
        (get(), 200), (posted, 405), (get(method=b"HEAD"), Head(200)), (chunked, 404),
        (get(b"*", method=b"OPTIONS"), 204), (get(method=b"BREW"), 501),
        (get(b"/" + MIRRORED, method=b"HEAD"), Head(404)), (get(b"http://a/healthz"), 200),
    ]
    wire, statuses = b"".join(one for one, _ in mixed), [status for _, status in mixed]
    yield taken("pipeline: many kinds", wire, *statuses)
    yield taken("pipeline: twice as many", wire * 2, *statuses, *statuses)
    for name, end, status in (
        ("Connection: close", with_fields(b"Connection: close\r\n"), 200), ("HTTP/1.0", get(version=b"HTTP/1.0"), 200),
        ("a bad field", with_fields(b"X\r\n"), 400), ("a bad length", with_fields(b"Content-Length: +1\r\n"), 400),
        ("bad chunks", with_fields(CHUNKED, b"x\r\n"), 400), ("a bad line", b"\0\r\n", 400),
        ("no Host", get(fields=b""), 400), ("another version", get(version=b"HTTP/3.0"), 505),
        ("a long target", get(b"/" + b"a" * 9000), 414),
        ("too much content", with_fields(b"Content-Length: 99999\r\n"), 413),
        ("another expectation", with_fields(b"Expect: x\r\n"), 417),
        ("too many lines", with_fields(b"a: b\r\n" * 200), 431),
    ):
        yield taken(f"pipeline: then {name}", wire + end, *statuses, status, is_kept=False)


ROWS = [*length_rows(), *coding_rows(), *chunk_rows(), *trailer_rows(), *content_rows(), *pipeline_rows()]
