"""Messages of every kind in RFC 9110 and 9112, valid and invalid, to the real server: its response, and the state of the connection.

All go over plain connections, and some, or all with TESTS_DEEP, over TLS too. Each is sent whole and in small pieces, always with another request behind it: that one is answered after a message
without a fault, which tells where the server thinks that the message ended, and never after a faulty one.
"""

import json

import body_rows
import field_rows
import pytest
import request_line_rows
from certificates import Authority, settings
from deep import DEEP
from registry_process import Registry
from wire_check import check
from wire_exchange import Exchange
from wire_rows import BEHIND, CHUNKED, CODE_BEHIND, HOST, MIRRORED, ROUTES, TOKEN, Head, get, with_fields

ROWS = [*request_line_rows.ROWS, *field_rows.ROWS, *body_rows.ROWS]
# A message of at most this length is also sent byte by byte, a longer one in this many pieces.
MOST_PIECES = 600
# Every so many rows go over TLS too.
ROWS_PER_TLS = 1 if DEEP else 25


@pytest.fixture(scope="module", params=["plain", "tls"])
def registry(request, binary, tmp_path_factory):
    """One registry for all rows. No row creates anything in it or ends it."""
    folder = tmp_path_factory.mktemp("registry")
    options, client = (), None
    if request.param == "tls":
        authority = Authority(folder)
        options, client = settings(*authority.issue("server")), authority.client()
    registry = Registry(binary, folder, folder / "registry.db", options, tls=client).wait_until_listening()
    yield registry
    assert registry.ids() == []
    assert registry.stop() == 0, registry.log_text()
    assert "panicked" not in registry.log_text() and "Fatal error" not in registry.log_text()


def play(registry, row, piece=None):
    """Sends the row and a request after it; checks the responses, their order, and the end of the connection."""
    wire = row.wire.replace(TOKEN, registry.token.encode())
    with Exchange(registry.port, tls=registry.tls) as exchange:
        exchange.send(wire + BEHIND, piece or len(wire + BEHIND))
        for number, status in enumerate(row.statuses, 1):
            is_head = isinstance(status, Head)
            answer = exchange.answer(is_head)
            while answer.status == 100 and row.may_continue:
                check(answer, 100, wire)
                answer = exchange.answer(is_head)
            check(answer, status, wire)
            is_last = number == len(row.statuses) and not row.is_kept
            expected = "close" if is_last else "keep-alive" if row.is_http10 else None
            assert answer.fields.get("connection") == expected, answer.head
        if row.is_kept:
            answer = exchange.answer()
            assert (answer.status, json.loads(answer.content)["code"]) == (200, CODE_BEHIND), answer.head
            exchange.end()
        assert exchange.rest() == b""


def test_the_names_of_rows_are_different():
    assert len({row.name for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("registry", "row"),
    [pytest.param("plain", row, id=row.name) for row in ROWS]
    + [pytest.param("tls", row, id=f"{row.name}, over TLS") for row in ROWS[::ROWS_PER_TLS]],
    indirect=["registry"], scope="module")
def test_message(registry, row):
    play(registry, row)
    play(registry, row, piece=-(-len(row.wire + BEHIND) // MOST_PIECES))


@pytest.mark.parametrize("wire", [
    with_fields(b"X: y\r\nConnection: keep-alive\r\n"),
    with_fields(b"Content-Length: 5\r\n", b"\r\n\r\nx", b"POST"),
    with_fields(CHUNKED, b"5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n", b"POST"),
], ids=["without content", "of a known length", "in chunks"])
def test_a_truncated_message(registry, wire):
    """RFC 9112 section 8: an incomplete request is not executed."""
    for length in range(len(wire)):
        with Exchange(registry.port, tls=registry.tls) as exchange:
            exchange.send(get() + wire[:length], 1 << 16)
            exchange.end()
            check(exchange.answer(), 200, wire)
            if length > 0:
                answer = exchange.answer()
                check(answer, 400, wire)
                assert answer.fields["connection"] == "close"
            assert exchange.rest() == b"", wire[:length]


@pytest.mark.parametrize("wire", [b"", b"\r", b"\r\n", b"\r\n\r", b"\r\n\r\n"])
def test_a_connection_without_a_message(registry, wire):
    with Exchange(registry.port, tls=registry.tls) as exchange:
        exchange.send(wire, 1)
        exchange.end()
        assert exchange.rest() == b""


def test_a_half_closed_client_gets_its_responses(registry):
    row = next(row for row in ROWS if row.name == "pipeline: twice as many")
    with Exchange(registry.port, tls=registry.tls) as exchange:
        exchange.send(row.wire, 1 << 16)
        exchange.end()
        for status in row.statuses:
            check(exchange.answer(isinstance(status, Head)), status, row.wire)
        assert exchange.rest() == b""


@pytest.mark.parametrize(("status", "head"), [
    (413, with_fields(b"Content-Length: 4194304\r\n", method=b"POST")), (400, with_fields(b"X\r\n")),
    (505, b"GET / HTTP/2.0\r\n"),
])
def test_a_client_that_keeps_sending_reads_the_response(registry, status, head):
    """RFC 9112 section 9.6: input after an error is read and dropped for a time, because a reset could destroy the response."""
    with Exchange(registry.port, tls=registry.tls) as exchange:
        exchange.send(head + b"x" * (1 << 22), 1 << 16)
        check(exchange.answer(), status, head)
        assert exchange.rest() == b""


@pytest.mark.parametrize("ends", [False, True], ids=["the client goes on", "the client ends"])
def test_responses_that_wait_for_the_disk_stay_in_order(registry, ends):
    """A fast response and an error after creates: neither overtakes them, and the error does not remove them."""
    target, credential = ROUTES["a right token"]
    names = [f"waits {number}, {ends}" for number in range(3)]
    creates = b""
    for name in names:
        content = json.dumps({**json.loads(body_rows.DRAFT), "name": name}).encode()
        fields = credential + b"Content-Length: %d\r\n" % len(content)
        creates += with_fields(fields, content, b"POST", target.partition(b"?")[0])
    wire = creates.replace(TOKEN, registry.token.encode()) + get() + b"\0" + BEHIND
    with Exchange(registry.port, tls=registry.tls) as exchange:
        exchange.send(wire, 1 << 16)
        if ends:
            exchange.end()
        for name in names:
            answer = exchange.answer()
            check(answer, 201, wire)
            made = json.loads(answer.content)
            assert made["name"] == name
            assert registry.call("DELETE", f"/v1/iccs/{made['id']}")[0] == 204
        check(exchange.answer(), 200, wire)
        check(exchange.answer(), 400, wire)
        assert exchange.rest() == b""


@pytest.mark.parametrize(("framing", "content"), [(b"Content-Length: 1\r\n", b"x"), (CHUNKED, b"1\r\nx\r\n0\r\n\r\n")])
@pytest.mark.parametrize(("place", "status"), [("a route", 405), ("no route", 404)])
def test_100_precedes_the_content(registry, framing, content, place, status):
    target, _ = ROUTES[place]
    head = with_fields(framing + b"Expect: 100-continue\r\n", method=b"POST", target=target)
    with Exchange(registry.port, tls=registry.tls) as exchange:
        for _ in range(2):
            exchange.send(head, 1)
            check(exchange.answer(), 100, head)
            exchange.send(content, 1)
            check(exchange.answer(), status, head)
        exchange.end()
        assert exchange.rest() == b""


@pytest.mark.parametrize("framing", [b"Content-Length: 1\r\n", CHUNKED])
def test_401_replaces_the_100_where_a_token_is_missing(registry, framing):
    head = with_fields(framing + b"Expect: 100-continue\r\n", method=b"POST", target=b"/v1/iccs")
    with Exchange(registry.port, tls=registry.tls) as exchange:
        exchange.send(head, 1)
        check(exchange.answer(), 401, head)
        assert exchange.rest() == b""


@pytest.mark.parametrize(
    ("status", "fields"),
    [
        (413, b"Content-Length: 65537\r\n"), (400, b"Content-Length: 01\r\n"), (400, b"Transfer-Encoding: gzip\r\n"),
        (400, CHUNKED + b"Content-Length: 1\r\n"), (400, b"Content-Length: 1\r\nX\r\n"),
        (417, b"Content-Length: 1\r\nExpect: x\r\n"),
    ])
def test_a_refused_head_gets_no_100(registry, status, fields):
    head = with_fields(b"Expect: 100-continue\r\n" + fields, method=b"POST")
    with Exchange(registry.port, tls=registry.tls) as exchange:
        exchange.send(head, 1)
        check(exchange.answer(), status, head)
        assert exchange.rest() == b""


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/openapi.json", "/v1/iccs", "/v1/events", "/console/", "/mirrored"])
def test_head_has_the_fields_of_get(registry, path):
    """RFC 9110 section 9.3.2."""
    credential = HOST + b"Authorization: Bearer " + registry.token.encode() + b"\r\n"
    with Exchange(registry.port, tls=registry.tls) as exchange:
        exchange.send(get(path.encode(), credential) + get(path.encode(), credential, method=b"HEAD"), 1 << 16)
        whole, alone = exchange.answer(), exchange.answer(is_head=True)
    own = {"date": "", "x-request-id": ""}
    assert {**whole.fields, **own} == {**alone.fields, **own}
    assert whole.status == alone.status and len(whole.content) == int(alone.fields["content-length"]) > 0
    assert whole.fields["x-request-id"] != alone.fields["x-request-id"]


@pytest.mark.parametrize(
    "value", [b"", b"mirrored", b"a b", b"a\tb", b"a\"b", b"\xff", b"mirrored,mirrored", b"%0d%0aX: y", b"a" * 129])
def test_the_client_s_request_id_is_not_sent_back(registry, value):
    wire = with_fields(b"X-Request-Id: " + value + b"\r\n")
    with Exchange(registry.port, tls=registry.tls) as exchange:
        exchange.send(wire, 1 << 16)
        check(exchange.answer(), 200, wire)


def test_a_header_injected_by_a_path_stays_out(registry):
    """A decoded CRLF stays in the path and never reaches the head of a response."""
    wire = get(
        b"/v1/iccs/%0d%0aSet-Cookie:%20" + MIRRORED,
        HOST + b"Authorization: Bearer " + registry.token.encode() + b"\r\n")
    with Exchange(registry.port, tls=registry.tls) as exchange:
        exchange.send(wire, 1 << 16)
        check(exchange.answer(), 404, wire)
