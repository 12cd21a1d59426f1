"""Request lines: methods, versions and targets in their four forms (RFC 9112 sections 2.2, 2.3 and 3; RFC 3986)."""

from wire_rows import HOST, MIRRORED, TCHARS, Head, byte_name, get, line, refused, taken, with_fields

BAD_IN_TARGET = bytes([*range(0x21), *range(0x7F, 0x100)]) + b"#\\"
# Not in the grammar of RFC 3986 either, but clients write them, and no recipient reads them as something else.
UNUSUAL_IN_TARGET = b"\"<>[]^`{|}"
HEALTH = b"GET /healthz HTTP/1.1"
HEALTH_URI = b"http://a/healthz"


def line_rows():
    """The shape of a whole request line."""
    for name, wire in {
        "no version": line(b"GET /healthz"), "HTTP/0.9": b"GET /\r\n", "HTTP/0.9 with a space": b"GET / \r\n\r\n",
        "a method alone": line(b"GET"), "no target": line(b"GET HTTP/1.1"),
        "two spaces and no target": line(b"GET  HTTP/1.1"), "a space in front": line(b" " + HEALTH),
        "a tab in front": line(b"\t" + HEALTH), "NUL in front": line(b"\0" + HEALTH),
        "a byte order mark in front": line(b"\xef\xbb\xbf" + HEALTH),
        "a line of spaces in front": b"   \r\n" + line(HEALTH), "other words in front": line(b"Extra " + HEALTH),
        "a field in front": HOST + line(HEALTH), "a tab behind the method": line(b"GET\t/healthz HTTP/1.1"),
        "a tab before the version": line(b"GET /healthz\tHTTP/1.1"),
        "two spaces behind the method": line(b"GET  /healthz HTTP/1.1"),
        "two spaces before the version": line(b"GET /healthz  HTTP/1.1"),
        "a form feed behind the method": line(b"GET\f/healthz HTTP/1.1"),
        "a vertical tab before the version": line(b"GET /healthz\vHTTP/1.1"),
        "a CR behind the method": line(b"GET\r/healthz HTTP/1.1"),
        "a LF before the version": line(b"GET /healthz\nHTTP/1.1"),
        "a CR before the version": line(b"GET /healthz \rHTTP/1.1"), "a space at the end": line(HEALTH + b" "),
        "a tab at the end": line(HEALTH + b"\t"), "a word at the end": line(HEALTH + b" " + MIRRORED),
        "a CR at the end": line(HEALTH + b"\r"), "NUL at the end": line(HEALTH + b"\0"),
        "ended by LF": HEALTH + b"\n" + HOST + b"\r\n", "ended by CR": HEALTH + b"\r" + HOST + b"\r\n",
        "ended by LF CR": HEALTH + b"\n\r" + HOST + b"\r\n", "nothing but LF": b"GET /healthz HTTP/1.1\nHost: a\n\n",
        "a LF in front": b"\n" + get(), "a CR in front": b"\r" + get(), "a CR and CRLF in front": b"\r\r\n" + get(),
        "too many empty lines in front": b"\r\n" * 64 + get(), "empty lines by LF in front": b"\r\n\n" + get(),
        "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(40), "SSH": b"SSH-2.0-OpenSSH_9.2\r\n",
        "an answer": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "binary": bytes(range(255, 0, -1)),
        "NUL alone": bytes(20), "a proxy's line": b"PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n" + get(),
    }.items():
        yield refused(400, f"request line: {name}", wire)
    yield taken("request line: one empty line in front", b"\r\n" + get(), 200)
    yield taken("request line: two empty lines in front", b"\r\n\r\n" + get(), 200)
    yield taken("request line: an empty line between two requests", get() + b"\r\n" + get(), 200, 200)
    yield taken("request line: an empty line behind content",
                with_fields(b"Content-Length: 1\r\n", b"x") + b"\r\n" + get(), 200, 200)


def method_rows():
    """RFC 9110 section 9: methods are case-sensitive tokens."""
    for byte in bytes(set(range(0x100)) - set(TCHARS)):
        yield refused(400, f"method: {byte_name(byte)} in it", get(method=b"G" + bytes([byte]) + b"T"))
    for method in (
        b"BREW", b"get", b"Get", b"gET", b"GETS", b"GE", b"G", b"PROPFIND", b"MKCOL", b"LOCK", b"SEARCH", b"PURGE",
        b"LINK", b"ACL", b"M-SEARCH", b"options", b"head", b"trace", b"connect", b"PRI", b"HTTP", b"1", TCHARS[:31],
        b"A" * 33, b"A" * 300,
    ):
        yield taken(f"method: {method.decode()[:40]} is not known", get(method=method), 501, is_kept=len(method) <= 32)
    for method in (b"POST", b"PUT", b"PATCH", b"DELETE", b"TRACE"):
        yield taken(f"method: {method.decode()} is not for this route", get(method=method), 405)
    for name, target in {
        "a route": b"/healthz", "no route": b"/" + MIRRORED, "a token's": b"/v1/iccs", "a URI": HEALTH_URI,
    }.items():
        yield taken(f"method: TRACE of {name}", get(target, method=b"TRACE"), 405)
        yield refused(400, f"method: CONNECT of {name}", get(target, method=b"CONNECT"))
    yield taken("method: TRACE with content", with_fields(b"Content-Length: 1\r\n", b"x", b"TRACE"), 405)
    for target in (b"a:80", b"registry.example:443", b"[::1]:8080", b"a:0", b"a:65535"):
        yield taken(f"method: CONNECT {target.decode()}", get(target, method=b"CONNECT"), 405)
    for target in (
        b"a", b"a:", b":80", b"a:x", b"a:65536", b"a:80/", b"a:80?x", b"u@a:80", b"[::1]", b"[::g]:1", b"a:-1", b"*",
        b"a%00:80",
    ):
        yield refused(400, f"method: CONNECT {target.decode()}", get(target, method=b"CONNECT"))
    for target in (b"/healthz", HEALTH_URI, b"/v1/iccs", b"*", b"http://a"):
        yield taken(f"method: OPTIONS {target.decode()}", get(target, method=b"OPTIONS"), 204)
    yield taken("method: OPTIONS with content", with_fields(b"Content-Length: 1\r\n", b"x", b"OPTIONS"), 204)
    yield taken("method: OPTIONS * with content", with_fields(b"Content-Length: 1\r\n", b"x", b"OPTIONS", b"*"), 204)
    yield taken("method: OPTIONS of no route", get(b"/" + MIRRORED, method=b"OPTIONS"), 404)
    for name, target, status in (
        ("a route", b"/healthz", 200), ("no route", b"/" + MIRRORED, 404), ("a URI", HEALTH_URI, 200),
    ):
        yield taken(f"method: HEAD of {name}", get(target, method=b"HEAD"), Head(status))
    yield taken("method: HEAD with content", with_fields(b"Content-Length: 1\r\n", b"x", b"HEAD"), Head(200))
    yield taken("method: HEAD in HTTP/1.0", get(method=b"HEAD", version=b"HTTP/1.0"), Head(200), is_kept=False)
    for name, wire in {"*": get(b"*", method=b"HEAD"), "a bad target": get(b"/\x01", method=b"HEAD"),
                       "a bad field": with_fields(b"X\r\n", method=b"HEAD"), "no Host": get(fields=b"", method=b"HEAD"),
                       "bad chunks": with_fields(b"Transfer-Encoding: chunked\r\n", b"x\r\n", b"HEAD")}.items():
        yield refused(Head(400), f"method: HEAD with {name}", wire)
    yield refused(Head(505), "method: HEAD in HTTP/2.0", get(method=b"HEAD", version=b"HTTP/2.0"))


def version_rows():
    """RFC 9112 section 2.3 and RFC 9110 section 15.6.6."""
    for minor in range(1, 10):
        yield taken(f"version: HTTP/1.{minor}", get(version=b"HTTP/1.%d" % minor), 200)
    for major in (0, *range(2, 10)):
        for minor in (0, 1, 9):
            yield refused(505, f"version: HTTP/{major}.{minor}", get(version=b"HTTP/%d.%d" % (major, minor)))
    yield refused(505, "version: the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9))
    yield refused(505, "version: HTTP/2.0 without Host", line(b"GET / HTTP/2.0", b""))
    for version in (
        b"HTTP/1", b"HTTP/1.", b"HTTP/.1", b"HTTP/", b"HTTP", b"HTTP/1.10", b"HTTP/1.01", b"HTTP/01.1", b"HTTP/01.01",
        b"HTTP/11.1", b"HTTP/1,1", b"HTTP/1.1.1", b"HTTP/1.x", b"HTTP/x.1", b"HTTP/A.1", b"HTTP/+1.1", b"HTTP/-1.1",
        b"HTTP/1.-1", b"HTTP/ 1.1", b"HTTP /1.1", b"HTTP/1 .1", b"HTTP/1. 1", b"http/1.1", b"Http/1.1", b"hTTP/1.1",
        b"HTTPS/1.1", b"HTP/1.1", b"XHTTP/1.1", b"HTTP-1.1", b"HTTP\\1.1", b"HTTP//1.1", b"HTTP1.1", b"ICY/1.0",
        b"RTSP/1.0", b"SIP/2.0", b"ICE/1.0", b"HTTP/1.1\0", b"HTTP/1.1x", b"HTTP/1.1;", b"HTTP/1.1,HTTP/1.1",
        b"HTTP/4294967297.1", b"HTTP/\xb9.1", b"HTTP/1.\xb9", b"1.1", b"HTTP/\r\r1.1", b"\xc8TTP/1.1",
    ):
        yield refused(400, f"version: {version!r} is none", get(version=version))


def byte_rows():
    """The characters of a target, in each of its parts."""
    for byte in BAD_IN_TARGET:
        yield refused(400, f"target: {byte_name(byte)} in the path", get(b"/mirr" + bytes([byte]) + b"ored"))
    for byte in b"\0\t\n\r\x1f\x7f\x80\xa0\xff#\\":
        yield refused(400, f"target: {byte_name(byte)} first", get(bytes([byte]) + b"/healthz"))
        yield refused(400, f"target: {byte_name(byte)} last", get(b"/healthz" + bytes([byte])))
        yield refused(400, f"target: {byte_name(byte)} in the query", get(b"/healthz?mirr" + bytes([byte]) + b"ored"))
        yield refused(400, f"target: {byte_name(byte)} in a URI", get(b"http://a/mirr" + bytes([byte]) + b"ored"))
        yield refused(
            400, f"target: {byte_name(byte)} in a URI's host", get(b"http://a" + bytes([byte]) + b"b/healthz"))
    for byte in UNUSUAL_IN_TARGET:
        yield taken(f"target: {byte_name(byte)} in the path", get(b"/mirr" + bytes([byte]) + b"ored"), 404)
    for bad in (
        b"%", b"%1", b"%g1", b"%1g", b"%%41", b"% 41", b"%u0041", b"%-1", b"%+1", b"%00", b"a%00b", b"%0", b"%x41",
        b"%\xb91",
    ):
        yield refused(400, f"target: {bad!r} in the path", get(b"/" + MIRRORED + bad))
        yield refused(400, f"target: {bad!r} in the query", get(b"/healthz?" + MIRRORED + b"=" + bad))
        yield refused(400, f"target: {bad!r} in a URI's path", get(b"http://a/" + MIRRORED + bad))
        yield refused(400, f"target: {bad!r} in a URI's host", get(b"http://a" + bad + b"/healthz"))
    for encoded in (
        b"%ff", b"%c3", b"%c3%28", b"%c0%af", b"%c0%80", b"%e0%80%af", b"%ed%a0%80", b"%f4%90%80%80", b"%fe",
    ):
        yield refused(400, f"target: {encoded.decode()} is not UTF-8", get(b"/" + MIRRORED + encoded))


def form_rows():
    """The four forms, each for its methods; one decoding that never leads to another path."""
    for target in (b"/healthz", b"/%68ealthz", b"/h%65%61lthz", b"http://a/healthz", b"HTTP://A:80/healthz",
                   b"https://a:443/healthz", b"http://[::1]:1/healthz", b"http://a:/healthz", b"http://a%2Db/healthz",
                   b"http://mirrored/healthz", b"/healthz?"):
        yield taken(f"form: {target.decode()}", get(target), 200)
    yield taken("form: a URI whose host is not the Host's", get(b"http://b/healthz", b"Host: a\r\n"), 200)
    yield taken("form: a URI with an empty Host", get(b"http://b/healthz", b"Host:\r\n"), 200)
    yield taken(
        "form: a URI in HTTP/1.0 without Host", get(b"http://b/healthz", b"", version=b"HTTP/1.0"), 200, is_kept=False)
    yield refused(400, "form: a URI without Host", get(b"http://b/healthz", b""))
    yield refused(400, "form: a URI with a bad Host", get(b"http://b/healthz", b"Host: a b\r\n"))
    yield refused(400, "form: a URI with two Hosts", get(b"http://b/healthz", HOST + HOST))
    for target in (
        b"//", b"//healthz", b"///healthz", b"/healthz/", b"/healthz//", b"/healthz/.", b"/healthz/..",
        b"/./healthz", b"/../healthz", b"/v1/../healthz", b"/v1/%2e%2e/healthz", b"/%2e/healthz", b"/..%2fhealthz",
        b"/%2fhealthz", b"/healthz%2f", b"/%2568ealthz", b"/healthz%20", b"/healthz%0a", b"/healthz%0d%0aX:%20mirrored",
        b"/healthz;x", b"/healthz%3fx", b"/healthz%23", b"/healthz.", b"/HEALTHZ", b"/Healthz", b"/healthz%5c", b"/*",
        b"/http://a/healthz", b"http://a//healthz", b"/v1%2ficcs",
        b"/%2e%2e/%2e%2e/etc/passwd", b"/%e2%82%ac", b"/.mirrored", b"/%7emirrored",
    ):
        yield taken(f"form: {target.decode()} is another path", get(target), 404)
    for target in (b"/", b"http://a", b"http://a/"):
        yield taken(f"form: {target.decode()} is the root", get(target), 200)
    for target in (
        b"healthz", b"./healthz", b"../healthz", b"?x", b"*", b"**", b"*/healthz", b"a:80", b"a", b"http:", b"http:/",
        b"http:///", b"http:///healthz", b"http://", b"http:healthz", b"http:/healthz", b"http//a/healthz",
        b"://a/healthz", b"ftp://a/", b"file:///etc/passwd", b"ws://a/", b"urn:mirrored", b"mailto:a@b",
        b"javascript:mirrored", b"httpx://a/", b"http://:80/", b"http://a:x/", b"http://a:65536/",
        b"http://a:99999999999999999999/", b"http://a:-1/", b"http://a:+1/", b"http://a:1:2/", b"http://u@a/",
        b"http://u:p@a/", b"http://@a/", b"http://a@/", b"http://[::1/", b"http://::1/", b"http://[]/",
        b"http://[::1]x/", b"http://[::g]/", b"http://[fe80::1%25eth0]/", b"http://a,b@c/", b"http://a|b/",
        b"http://a\"/", b"http://<a>/", b"http://a^/", b"http://a%00b/healthz", b"http://%00/healthz",
    ):
        yield refused(400, f"form: {target.decode()} is none", get(target))
    for method in (b"GET", b"HEAD", b"POST", b"DELETE", b"TRACE", b"BREW"):
        status = Head(400) if method == b"HEAD" else 400
        yield refused(status, f"form: {method.decode()} *", get(b"*", method=method))
    for target in (b"**", b"*x", b"*?x", b"/*x y", b"healthz"):
        yield refused(400, f"form: OPTIONS {target.decode()}", get(target, method=b"OPTIONS"))


def limit_rows():
    """The request line's lengths: 8,000 bytes of a target are read (RFC 9112 section 3)."""
    yield taken("limit: a target of 8,000 bytes", get(b"/" + b"a" * 7999), 404)
    yield refused(414, "limit: a target of 8,001 bytes", get(b"/" + b"a" * 8000))
    yield refused(414, "limit: a target that does not end", b"GET /" + b"a" * 20_000)
    yield refused(414, "limit: a URI of 8,001 bytes", get(b"http://a/" + b"a" * 7992))


ROWS = [*line_rows(), *method_rows(), *version_rows(), *byte_rows(), *form_rows(), *limit_rows()]
