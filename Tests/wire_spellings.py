"""Spellings that RFC 9110, RFC 9112 and RFC 3986 allow."""

HOSTS = [
    b"a", b"registry.example", b"registry.example:8443", b"127.0.0.1:80", b"localhost:", b"[::1]", b"[2001:db8::7]:443",
    b"[::ffff:192.0.2.1]", b"[v1.a:b]", b"a%2Db.example", b"a_b~!$&'()*+,;=", b"EXAMPLE",
]
NAMES = [
    b"X", b"x-request-id", b"Accept", b"COOKIE", b"!#$%&'*+-.^_`|~", b"Content-Type", b"TE", b"Trailer",
    b"Contents-Length",
]
VALUES = [
    b"", b"x", b"a b\tc", b"close", b"chunked", b"\"quoted, text\"", b"5", b":", b"a:b", b"\x80\xff", "ü€".encode(),
    b"HTTP/1.1", b"0", b"v" * 200,
]
# Extensions of a chunk (RFC 9112 section 7.1.1).
EXTENSIONS = [b"", b";a", b";a=b", b";a=\"b; c\"", b";a=\"\\\"\";b", b";a=\"\xe9\"", b";n;m=1;o=\"\""]
LAST_CHUNKS = [b"0", b"000", b"0000000000000000", b"0;last=1"]
