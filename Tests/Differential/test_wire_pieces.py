"""The response of the real server does not depend on how a request was split into pieces."""

import re

from wire_exchange import Exchange
from wire_samples import samples

SEED, COUNT = 7230, 600
# The parts that differ between responses, and the interim response that is omitted when the content is sent at once.
CHANGING = re.compile(rb"Date: [^\r]*|req-[a-z0-9-]+|Content-Length: \d+|HTTP/1\.1 100 Continue\r\n\r\n")


def answers(port, wire, piece):
    with Exchange(port) as exchange:
        exchange.send(wire, piece)
        exchange.end()
        return CHANGING.sub(b"", exchange.rest())


def test_fragmentation_does_not_change_the_response(registry):
    statuses = set()
    for sample in samples(SEED, COUNT):
        # A path that needs no token: after many requests without one the registry returns 429.
        wire = sample.replace(b"/v1/iccs", b"/v1/none")
        whole = answers(registry.port, wire, 1 << 16)
        for piece in (1, 7):
            assert answers(registry.port, wire, piece) == whole, wire
        statuses.update(re.findall(rb"HTTP/1\.1 (\d+)", whole))
    assert statuses >= {b"204", b"400", b"404", b"405", b"417", b"501"} and b"500" not in statuses
