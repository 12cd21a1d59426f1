"""Many ICCs have as many external IDs, and their bits look random."""

import collections
import re

import pytest

from deep import DEEP
from load import create_many

# A create takes longer on PostgreSQL. The limits below hold for each count.
COUNTS = {"sqlite": 100_000 if DEEP else 20_000, "postgresql": 2_000}
EXTERNAL_ID = re.compile(rb'"externalId":"([0-9a-f]{64})"')


@pytest.mark.both_stores
def test_external_ids_are_distinct_and_random(start, request):
    count_of_iccs = COUNTS[request.config.getoption("--store")]
    registry = start("--max-iccs-per-organisation", 0, "--max-organisation-requests-per-second", 0)
    found = []

    def note(status, content):
        assert status == 201, content
        found.append(bytes.fromhex(EXTERNAL_ID.search(content).group(1).decode()))

    assert create_many(registry, count_of_iccs, note, seconds=500)
    assert len(set(found)) == count_of_iccs

    data = b"".join(found)
    # Each of the 256 bits is set in half of the IDs: a binomial count with a deviation of half the square root of their number.
    deviation = count_of_iccs**0.5 / 2
    for column in range(32):
        counts = collections.Counter(data[column::32])
        for bit in range(8):
            ones = sum(count for value, count in counts.items() if value >> bit & 1)
            assert abs(ones - count_of_iccs / 2) < 6 * deviation, (column, bit, ones)
    # All byte values are equally frequent: chi-square with 255 degrees of freedom, mean 255 and variance 510.
    expected = len(data) / 256
    chi_square = sum((count - expected) ** 2 / expected for count in collections.Counter(data).values())
    assert abs(chi_square - 255) < 6 * 510**0.5, chi_square
