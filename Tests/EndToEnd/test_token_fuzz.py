"""Thousands of nearly correct credentials: all are refused with the same response, and the correct one always works."""

import base64
import hashlib
import http.client
import json
import random
import re

import pytest


pytestmark = pytest.mark.both_stores

COUNT = 4000
ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
BASE62 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# The bytes allowed in a field value (RFC 9110 section 5.5).
LEGAL = bytes([0x09, *range(0x20, 0x7F), *range(0x80, 0x100)])
SCHEMES = [b"Basic", b"Token", b"bearer:", b"Bearer,", b"Bearer\t", b"", b"Digest", b"Bearer Bearer", b"B", b"Negotiate", b"\xc2\xa0Bearer"]


def with_checksum(body, chance):
    """The body with its checksum, in base 62 or in the earlier form in base 64."""
    digest = hashlib.sha256(body).digest()
    if chance.random() < 0.5:
        return body + b"_" + base64.urlsafe_b64encode(digest)[:6]
    number = int.from_bytes(digest[:8], "big")
    return body + b"_" + bytes(BASE62[number // 62**place % 62] for place in range(6))


def mutated(token, chance):
    """A token with a few changes."""
    text = bytearray(token)
    for _ in range(chance.choice((1, 1, 1, 2, 5, 40))):
        place = chance.randrange(len(text) + 1)
        letters = chance.choice((ALPHABET, LEGAL))
        match chance.randrange(6):
            case 0 if place < len(text):
                text[place] = chance.choice(letters)
            case 1:
                text.insert(place, chance.choice(letters))
            case 2 if place < len(text):
                del text[place]
            case 3:
                del text[place:]
            case 4:
                text[place:place] = text[: chance.randrange(len(text) + 1)]
            case 5 if place < len(text):
                text[place] ^= 0x20 if chr(text[place]).isalpha() else 0
        del text[4000:]
    return bytes(text)


def credentials(token, chance):
    """The Authorization fields of one attempt."""
    match chance.randrange(8):
        case 0:
            return [chance.choice(SCHEMES) + b" " + token]
        case 1:
            # The best guess of a client that does not know the token.
            return [b"Bearer " + with_checksum(b"iccr_" + bytes(chance.choices(ALPHABET, k=43)), chance)]
        case 2:
            return [b"Bearer " + with_checksum(mutated(token[:48], chance), chance)]
        case 3:
            return chance.choice(([b"Bearer " + token] * 2, [b"Bearer " + token, b"Bearer x"], [b"Basic eDp4", b"Bearer " + token]))
        case 4:
            return [bytes(chance.choices(LEGAL, k=chance.randrange(200)))]
        case 5:
            return []
        case _:
            return [b"Bearer " + mutated(token, chance)]


def is_right(values, token):
    """RFC 9110 section 11: the scheme is case-insensitive and followed by spaces; white space around a field value does not count."""
    if len(values) != 1:
        return False
    found = re.fullmatch(rb"bearer +(.*)", values[0].strip(b" \t"), re.IGNORECASE | re.DOTALL)
    return found is not None and found.group(1) == token


def test_only_the_right_credential_is_accepted(registry):
    chance, token = random.Random(20_240_711), registry.token.encode()
    connection = http.client.HTTPConnection("127.0.0.1", registry.port, timeout=20)
    bodies, challenges, tried = {}, set(), 0

    def send(values):
        connection.putrequest("GET", "/v1/iccs")
        for value in values:
            connection.putheader("Authorization", value)
        connection.endheaders()
        answer = connection.getresponse()
        content = answer.read()
        return answer.status, answer.headers, content.replace(answer.headers["X-Request-Id"].encode(), b"")

    while tried < COUNT:
        values = credentials(token, chance)
        if is_right(values, token):
            continue
        tried += 1
        status, headers, content = send(values)
        assert status in (401, 429), (values, status, content)
        bodies.setdefault(status, set()).add(content)
        if status == 401:
            challenges.add(headers["WWW-Authenticate"])
        if tried % 50 == 0:
            assert send([chance.choice((b"Bearer ", b"bearer  ", b" BEARER ")) + token + b" \t"])[0] == 200
    connection.close()
    assert {status: len(texts) for status, texts in bodies.items()} == {401: 1, 429: 1}
    assert json.loads(bodies[401].pop())["code"] == "unauthenticated"
    assert challenges == {'Bearer realm="icc-registry"', 'Bearer realm="icc-registry", error="invalid_token"'}
    assert registry.token not in registry.log_text()


def test_a_token_outside_the_authorization_header_is_not_a_credential(registry):
    token = registry.token
    for path, headers in [
        (f"/v1/iccs?access_token={token}", {}), ("/v1/iccs", {"Cookie": f"token={token}"}), ("/v1/iccs", {"X-Api-Key": token}),
        ("/v1/iccs", {"Proxy-Authorization": f"Bearer {token}"}), ("/v1/iccs", {"X-Authorization": f"Bearer {token}"}),
    ]:
        connection = http.client.HTTPConnection("127.0.0.1", registry.port, timeout=20)
        connection.request("GET", path, headers=headers)
        assert connection.getresponse().status == 401, (path, headers)
        connection.close()
