"""Response times do not reveal whether an ICC of another organisation exists."""

import json
import random
import statistics

import pytest

from batches import BATCH, Connection, request, run_nanoseconds
from deep import DEEP

# On PostgreSQL it takes minutes: each request of a pair waits for the server.
pytestmark = [pytest.mark.both_stores] if DEEP else []

ICCS = 128
# Together below the 100,000 requests after which the server closes a connection.
PAIRS = 700
WRITE_PAIRS = 300
# The maximum distance from 0.5 of the probability that one is slower than the other. Without a difference its standard deviation is
# 0.024 at 300 pairs and less at 700, so this is not reached by chance. When the ICC was found by its identifier and its
# organisation compared after that, it lay between 0.64 and 0.81.
TOLERANCE = 0.12


def superiority(ones, others):
    """The probability that one of `ones` is greater than one of `others`: Mann and Whitney's U divided by the number of pairs."""
    ranked = sorted([(value, 0) for value in ones] + [(value, 1) for value in others])
    ranks = sum(rank for rank, (_, group) in enumerate(ranked, 1) if group == 0)
    return (ranks - len(ones) * (len(ones) + 1) / 2) / (len(ones) * len(others))


def neighbour(identifier, known):
    """A similar identifier that does not exist."""
    return next(identifier[:-2] + text for text in ("00", "11", "22", "33") if identifier[:-2] + text not in known)


@pytest.fixture
def two_organisations(start):
    """A registry, an editor's token of one organisation, the identifiers of the other organisation's ICCs, and all identifiers."""
    registry = start("--threads", 1, "--max-organisation-requests-per-second", 0)
    assert registry.call("POST", "/v1/organisations", {"id": "other"})[0] == 201
    identifiers, known = [], set()
    for number in range(ICCS):
        for organisation in ("default", "other"):
            icc = registry.create(name=f"ICC {number}", organisation=organisation)
            known.add(icc["id"])
            if organisation == "other":
                identifiers.append(icc["id"])
                registry.call("POST", f"/v1/iccs/{icc['id']}/disable", b"")
    status, _, content = registry.call(
        "POST", "/v1/tokens", {"name": "stranger", "role": "editor", "organisation": "default"})
    assert status == 201
    return registry, json.loads(content)["token"], identifiers, known


@pytest.mark.parametrize(("method", "suffix", "pairs"), [
    ("GET", "", PAIRS), ("GET", "/external-id", PAIRS), ("GET", "/events", PAIRS), ("GET", "/verifications", PAIRS),
    ("POST", "/enable", WRITE_PAIRS), ("DELETE", "", WRITE_PAIRS),
])
def test_another_organisations_icc_takes_as_long_as_a_missing_one(two_organisations, method, suffix, pairs):
    registry, token, identifiers, known = two_organisations
    # An administrator has just read them all: a cached row must not make the response to another token faster.
    for identifier in identifiers:
        registry.get(f"/v1/iccs/{identifier}")
    chance, connection = random.Random(pairs), Connection(registry.port)

    def batch_of(identifiers):
        return "".join(request(method, f"/v1/iccs/{one}{suffix}", token) for one in identifiers).encode()

    batches = []
    for _ in range(8):
        chosen = chance.sample(identifiers, BATCH)
        batches.append((batch_of(chosen), batch_of([neighbour(one, known) for one in chosen])))
    for batch in batches:
        for requests in batch:
            connection.nanoseconds(requests, 404)

    taken, worked = ([], []), [0, 0]
    for _ in range(pairs):
        batch = chance.choice(batches)
        for kind in chance.sample((0, 1), 2):
            before = run_nanoseconds(registry.process.pid)
            taken[kind].append(connection.nanoseconds(batch[kind], 404))
            worked[kind] += run_nanoseconds(registry.process.pid) - before
    found = superiority(*taken)
    medians = [statistics.median(times) / BATCH / 1000 for times in taken]
    cpu = [nanoseconds / pairs / BATCH / 1000 for nanoseconds in worked]
    print(f"{method} …{suffix}: a stranger's ICC {medians[0]:.2f} us, {cpu[0]:.2f} us of it CPU; none {medians[1]:.2f} us, "
          f"{cpu[1]:.2f} us CPU; the first is slower in {found:.1%} of {pairs} x {pairs} comparisons")
    assert abs(found - 0.5) < TOLERANCE
