"""Field lines, `Host`, `Connection` and `Expect` (RFC 9110 sections 5, 7.2, 7.6.1 and 10.1.1; RFC 9112 section 5)."""

from wire_rows import CONTROLS, HOST, MIRRORED, TCHARS, byte_name, get, refused, taken, with_fields
from wire_spellings import HOSTS, NAMES, VALUES

NOT_IN_NAMES = bytes(set(range(0x100)) - set(TCHARS) - {ord(":")})


def name_rows():
    """RFC 9110 section 5.1: names are tokens, and the colon follows at once."""
    for byte in NOT_IN_NAMES:
        yield refused(400, f"name: {byte_name(byte)} in it", with_fields(b"X-Mir" + bytes([byte]) + b"rored: v\r\n"))
    for byte in b"\0\t\n\r\v\f \x1f\x7f\x80\x85\xa0\xff\"(),/;<=>?@[\\]{}":
        yield refused(400, f"name: {byte_name(byte)} first", with_fields(bytes([byte]) + b"X-Mirrored: v\r\n"))
        yield refused(400, f"name: {byte_name(byte)} first in the head", get(fields=bytes([byte]) + HOST))
        yield refused(
            400, f"name: {byte_name(byte)} before the colon", with_fields(b"X-Mirrored" + bytes([byte]) + b": v\r\n"))
    for name in (b"Host", b"Content-Length", b"Transfer-Encoding", b"Connection", b"Authorization"):
        for byte in b"\t \x85\xa0":
            fields = HOST + name + bytes([byte]) + b": 1\r\n"
            yield refused(400, f"name: {name.decode()}, then {byte_name(byte)}", get(fields=fields))
    for name, field in {
        "none": b": " + MIRRORED, "a colon alone": b":", "no colon": MIRRORED,
        "no colon, but a value": b"Content-Length 10", "an equals sign": b"X=" + MIRRORED,
        "two words": b"X Y: " + MIRRORED, "UTF-8": "Ünïcode: x".encode(), "quoted": b"\"X\": v",
        "a full-width colon": "X： v".encode(), "over two lines": b"Transfer-\r\nEncoding: chunked",
        "a comment": b"(X): v", "a request line": b"GET / HTTP/1.1",
    }.items():
        yield refused(400, f"name: {name}", with_fields(field + b"\r\n"))
        yield refused(400, f"name: {name}, first in the head", get(fields=field + b"\r\n" + HOST))
    for name in NAMES:
        yield taken(f"name: {name.decode()}", with_fields(name + b": " + b"*/*" + b"\r\n"), 200)
    yield taken("name: every byte of a token", with_fields(TCHARS + b": " + MIRRORED + b"\r\n"), 200)
    yield taken("name: in any case", get(fields=b"hOsT:a\r\nconnection:CLOSE\r\n"), 200, is_kept=False)
    yield taken("name: the same twice", with_fields(b"X: a\r\nX: b\r\n"), 200)


def value_rows():
    """RFC 9110 section 5.5: visible bytes, obs-text, SP and HTAB."""
    for byte in CONTROLS:
        yield refused(400, f"value: {byte_name(byte)} in it", with_fields(b"X: mirr" + bytes([byte]) + b"ored\r\n"))
        yield refused(400, f"value: {byte_name(byte)} first", with_fields(b"X: " + bytes([byte]) + MIRRORED + b"\r\n"))
        yield refused(400, f"value: {byte_name(byte)} last", with_fields(b"X: " + MIRRORED + bytes([byte]) + b"\r\n"))
    for byte in CONTROLS:
        yield refused(400, f"value: {byte_name(byte)} in the Host", get(fields=b"Host: a" + bytes([byte]) + b"b\r\n"))
    for name, fields in {
        "folded by a space": b"X: a\r\n " + MIRRORED + b"\r\n", "folded by a tab": b"X: a\r\n\t" + MIRRORED + b"\r\n",
        "folded and empty": b"X: a\r\n \r\n", "folded before any value": b"X:\r\n " + MIRRORED + b"\r\n",
        "folded with a colon": b"X: a\r\n Y: b\r\n", "folded Content-Length": b"Content-Length:\r\n 1\r\n",
        "folded Transfer-Encoding": b"Transfer-Encoding:\r\n chunked\r\n",
        "folded coding": b"Transfer-Encoding: chun\r\n ked\r\n",
        "folded by CR and a space": b"X: a\r " + MIRRORED + b"\r\n", "ended by LF": b"X: a\nY: b\r\n",
        "ended by LF before a length": b"X: a\nContent-Length: 10\r\n",
        "ended by CR before a length": b"X: a\rContent-Length: 10\r\n",
        "ended by CR before a coding": b"X:\rTransfer-Encoding: chunked\r\n", "ended by LF CR": b"X: a\n\rY: b\r\n",
        "ended by CR CR LF": b"X: a\r\r\nY: b\r\n", "ended by CR CR": b"X: a\r\rY: b\r\n",
        "then CR and a name": b"\rX: a\r\n",
        "then CR and a request": b"\rZGET /" + MIRRORED + b": HTTP/1.1\r\nX: a\r\n",
    }.items():
        yield refused(400, f"value: {name}", with_fields(fields))
    for name, head in {
        "LF LF": b"GET /healthz HTTP/1.1\r\nHost: a\n\n", "CRLF LF": b"GET /healthz HTTP/1.1\r\nHost: a\r\n\n",
        "LF CRLF": b"GET /healthz HTTP/1.1\r\nHost: a\n\r\n", "CR CR": b"GET /healthz HTTP/1.1\r\nHost: a\r\r",
        "CRLF CR x": b"GET /healthz HTTP/1.1\r\nHost: a\r\n\rx",
        "CRLF and a space": b"GET /healthz HTTP/1.1\r\nHost: a\r\n \r\n",
    }.items():
        yield refused(400, f"value: the head ended by {name}", head)
    yield refused(400, "value: a line of white space first in the head", get(fields=b" \r\n" + HOST))
    yield refused(400, "value: folded, first in the head", get(fields=b"\t" + HOST))
    for value in VALUES:
        for name, before, after in (
            ("", b" ", b""), (" between tabs", b"\t", b"\t"), (" without a space", b"", b""),
            (" in blanks", b" \t ", b"  \t"),
        ):
            yield taken(f"value: {value[:20]!r}{name}", with_fields(b"X:" + before + value + after + b"\r\n"), 200)
    yield taken("value: every byte of obs-text", with_fields(b"X: " + bytes(range(0x80, 0x100)) + b"\r\n"), 200)
    yield taken("value: every visible byte", with_fields(b"X: " + bytes(range(0x20, 0x7F)) + b"\r\n"), 200)


def host_rows():
    """RFC 9110 section 7.2 and RFC 3986 section 3.2: one `Host`, valid, in every HTTP/1.1 request."""
    for host in HOSTS:
        yield taken(f"Host: {host.decode()}", get(fields=b"Host: " + host + b"\r\n"), 200)
    for host in (
        b"a:0", b"a:1", b"a:65535", b"a:00080", b"1.2.3.4", b"999.999.999.999", b"a..b", b"a.", b"-a-", b"_a", b"*",
        b"%41", b"[::]", b"[::1]:", b"[1:2:3:4:5:6:7:8]", b"[1:2:3:4:5:6:7::]", b"[::2:3:4:5:6:7:8]", b"[1::8]",
        b"[1:2:3:4:5:6:1.2.3.4]", b"[::1.2.3.4]", b"[ABCD:ef01::]", b"[vF.a]", b"[V1.a!$:b]", b"xn--nxasmq6b",
        b"a" * 255,
    ):
        yield taken(f"Host: {host.decode()[:40]}", get(fields=b"Host: " + host + b"\r\n"), 200)
    for host in (
        b"", b" ", b":", b":80", b"a, b", b"a b", b"a\tb", b"a/", b"a/b", b"/a", b"a\\b", b"a@b", b"u@a:80", b"@a",
        b"a?b", b"a#b", b"#", b"###", b"a:x", b"a:8x", b"a:-1", b"a:+1", b"a: 80", b"a :80", b"a:65536", b"a:99999",
        b"a:4294967376", b"a:18446744073709551696", b"a:80:80", b"a::80", b"a:0x50", b"::1", b"[::1", b"::1]",
        b"[::1]]", b"[[::1]]", b"[]", b"[]:80", b"[::1]x", b"[::1]80", b"x[::1]", b"[::g]", b"[:]", b"[:::]", b"[1]",
        b"[1:2:3:4:5:6:7]", b"[1:2:3:4:5:6:7:8:9]", b"[1:2:3:4:5:6:7:8::]", b"[::1::]", b"[1::2::3]", b"[12345::]",
        b"[::1:]", b"[:1]", b"[1.2.3.4]", b"[::1.2.3]", b"[::1.2.3.4.5]", b"[::256.1.1.1]", b"[::01.2.3.4]",
        b"[::1.2.3.4:5]", b"[1:2:3:4:5:6:7:1.2.3.4]", b"[fe80::1%eth0]", b"[fe80::1%25eth0]", b"[v1]", b"[v.a]",
        b"[v1.]", b"[vg.a]", b"[v1.a/b]", b"[::1]:x", b"[::1]:65536", b"http://a", b"http://a/", b"a%", b"a%4", b"a%gg",
        b"a%00b", b"%00", b"a\"b", b"<a>", b"a^b", b"a`b", b"a{b}", b"a|b", b"\xff", b"a\x80", "ä.example".encode(),
        b"\xa0a", b"a\x85", b"a,,b:80, c",
    ):
        yield refused(400, f"Host: {host!r} is none", get(fields=b"Host: " + host + b"\r\n"))
        yield refused(
            400, f"Host: {host!r} is none in HTTP/1.0", get(fields=b"Host: " + host + b"\r\n", version=b"HTTP/1.0"))
    for version in (b"HTTP/1.1", b"HTTP/1.2", b"HTTP/1.9"):
        yield refused(400, f"Host: none in {version.decode()}", get(fields=b"", version=version))
        yield refused(
            400, f"Host: none in {version.decode()}, but other fields", get(fields=b"X: a\r\n", version=version))
    for version in (b"HTTP/1.1", b"HTTP/1.0"):
        for name, fields in {
            "twice": HOST + HOST, "two": HOST + b"Host: other\r\n", "two, the first empty": b"Host:\r\n" + HOST,
            "two, in another case": HOST + b"hOST: registry\r\n", "two, far apart": HOST + b"X: a\r\nY: b\r\n" + HOST,
        }.items():
            yield refused(400, f"Host: {name} in {version.decode()}", get(fields=fields, version=version))
    for method in (b"POST", b"OPTIONS", b"BREW", b"TRACE"):
        yield refused(400, f"Host: none for {method.decode()}", get(fields=b"", method=method))
        yield refused(
            400, f"Host: none for {method.decode()} of no route", get(b"/" + MIRRORED, fields=b"", method=method))
    yield taken("Host: none in HTTP/1.0", get(fields=b"", version=b"HTTP/1.0"), 200, is_kept=False)
    yield taken("Host: after the other fields", get(fields=b"X: a\r\nAccept: */*\r\n" + HOST), 200)


def connection_rows():
    """RFC 9110 section 7.6.1 and RFC 9112 sections 9.3 and 9.6."""
    for value in (
        b"close", b"Close", b"CLOSE", b"keep-alive, close", b"close, keep-alive", b"x,close", b"x , \tclose\t,y",
        b",,close", b"close,,", b"TE, close", b"close\r\nConnection: keep-alive", b"keep-alive\r\nConnection: close",
        b"Upgrade, close\r\nUpgrade: h2c",
    ):
        yield taken(f"Connection: {value!r}", with_fields(b"Connection: " + value + b"\r\n"), 200, is_kept=False)
    for value in (
        b"", b"keep-alive", b"Keep-Alive", b"x", b",", b"closed", b"xclose", b"clo se", b"close;x", b"\"close\"", b"TE",
        b"Host", b"X-Request-Id", b"transfer-encoding",
        b"upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
        b"Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13",
    ):
        yield taken(f"Connection: {value[:40]!r} keeps it", with_fields(b"Connection: " + value + b"\r\n"), 200)
    yield taken("Connection: Upgrade alone", with_fields(b"Upgrade: websocket\r\n"), 200)
    yield taken("Connection: Proxy-Connection is nothing", with_fields(b"Proxy-Connection: close\r\n"), 200)
    for status, target in ((200, b"/healthz"), (404, b"/" + MIRRORED)):
        yield taken(f"Connection: HTTP/1.0, {status}", get(target, version=b"HTTP/1.0"), status, is_kept=False)
        yield taken(f"Connection: HTTP/1.0, {status}, keep-alive",
                    get(target, HOST + b"Connection: Keep-Alive\r\n", version=b"HTTP/1.0"), status)
        yield taken(
            f"Connection: HTTP/1.0, {status}, both",
            get(target, HOST + b"Connection: keep-alive, close\r\n", version=b"HTTP/1.0"), status, is_kept=False)
        yield taken(
            f"Connection: HTTP/1.0, {status}, upgrade",
            get(target, HOST + b"Connection: Upgrade\r\nUpgrade: websocket\r\n", version=b"HTTP/1.0"), status,
            is_kept=False)


def expect_rows():
    """RFC 9110 section 10.1.1, with the content sent at once."""
    content = b"Content-Length: 1\r\n"
    for value in (
        b"x", b"200-ok", b"100-continued", b"100", b"100-continue, x", b"x, 100-continue", b"100-continue;a=b",
        b"\"100-continue\"", b"100 continue", b"100-continue\r\nExpect: x",
    ):
        yield refused(417, f"Expect: {value!r}", with_fields(content + b"Expect: " + value + b"\r\n", b"x"))
        yield refused(417, f"Expect: {value!r} without content", with_fields(b"Expect: " + value + b"\r\n"))
    for value in (b"100-continue", b"100-Continue", b"100-CONTINUE", b" 100-continue ", b"100-continue, 100-continue"):
        yield taken(
            f"Expect: {value!r}", with_fields(content + b"Expect: " + value + b"\r\n", b"x"), 200, may_continue=True)
    yield taken(
        "Expect: with chunks",
        with_fields(b"Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n", b"1\r\nx\r\n0\r\n\r\n"), 200,
        may_continue=True)
    for name, fields in {"": b"", " and an empty length": b"Content-Length: 0\r\n"}.items():
        yield taken(f"Expect: without content{name}", with_fields(b"Expect: 100-continue\r\n" + fields), 200)
    yield taken(
        "Expect: in HTTP/1.0", get(fields=b"Expect: 100-continue\r\n" + content, body=b"x", version=b"HTTP/1.0"), 200,
        is_kept=False)
    yield refused(
        413, "Expect: with too much content", with_fields(b"Expect: 100-continue\r\nContent-Length: 65537\r\n"))
    yield refused(
        400, "Expect: with a bad length", with_fields(b"Expect: 100-continue\r\nContent-Length: +1\r\n", b"x"))
    yield refused(
        400, "Expect: with a bad coding", with_fields(b"Expect: 100-continue\r\nTransfer-Encoding: gzip\r\n", b"x"))


def head_rows():
    """The size of a head: 16 KiB and 100 lines."""
    start, end = b"GET /healthz HTTP/1.1\r\n" + HOST, b"\r\n"

    def padded(size):
        whole, rest = divmod(size - len(start) - len(end), 200)
        lengths = [200] * (whole - 1) + [200 + rest]
        return start + b"".join(b"X: %s\r\n" % (b"a" * (length - 5)) for length in lengths) + end

    yield taken("head: 16 KiB", padded(16_384), 200)
    yield refused(431, "head: 16 KiB and a byte", padded(16_385))
    yield taken("head: 100 lines", with_fields(b"a: b\r\n" * 99), 200)
    yield refused(431, "head: 101 lines", with_fields(b"a: b\r\n" * 100))
    yield refused(431, "head: 1,000 lines", with_fields(b"a: b\r\n" * 1000))
    yield refused(431, "head: a value of 20,000 bytes", with_fields(b"X: " + b"a" * 20_000 + b"\r\n"))
    yield refused(431, "head: a name of 20,000 bytes", with_fields(b"a" * 20_000 + b": b\r\n"))
    yield refused(431, "head: a line that does not end", start + b"a" * 20_000)


ROWS = [*name_rows(), *value_rows(), *host_rows(), *connection_rows(), *expect_rows(), *head_rows()]
