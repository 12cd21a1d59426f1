"""Rules for every response of the registry (RFC 9110 sections 6.6.1, 8.6, 11.6.1 and 15; RFC 9457)."""

import json
import re
import time
from email.utils import format_datetime, parsedate_to_datetime

from wire_rows import MIRRORED, Head


def check(answer, status, sent):
    """Checks the rules for every response; `sent` is everything that the client has sent."""
    assert answer.status == status, (answer.status, answer.content)
    fields = answer.fields
    if status < 200:
        assert fields == {}, answer.head
        return
    date = parsedate_to_datetime(fields["date"])
    assert format_datetime(date, usegmt=True) == fields["date"], answer.head
    assert abs(date.timestamp() - time.time()) < 60, answer.head
    framings = [name for name in ("content-length", "transfer-encoding") if name in fields]
    assert framings == ([] if status in (204, 304) else ["content-length"]), answer.head
    assert "server" not in fields or not re.search(r"\d", fields["server"]), answer.head
    assert MIRRORED not in answer.head.lower(), answer.head
    assert status != 401 or fields["www-authenticate"].startswith("Bearer "), answer.head
    assert status != 405 or re.fullmatch(r"[A-Z]+(, [A-Z]+)*", fields["allow"]), answer.head
    assert fields["x-request-id"].encode() not in sent, answer.head
    if status >= 400 and not isinstance(status, Head):
        assert fields["content-type"] == "application/problem+json", answer.head
        assert json.loads(answer.content)["status"] == status, answer.content
        assert MIRRORED not in answer.content.lower(), answer.content
