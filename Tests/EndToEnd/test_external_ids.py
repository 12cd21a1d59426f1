"""100,000 ICCs have 100,000 external IDs, and their bits look random."""

import collections
import re

from load import create_many

COUNT = 100_000
EXTERNAL_ID = re.compile(rb'"externalId":"([0-9a-f]{64})"')


def test_external_ids_are_distinct_and_random(start):
    registry = start("--max-iccs-per-organisation", 0)
    found = []

    def note(status, content):
        assert status == 201, content
        found.append(bytes.fromhex(EXTERNAL_ID.search(content).group(1).decode()))

    assert create_many(registry, COUNT, note, seconds=500)
    assert len(set(found)) == COUNT

    data = b"".join(found)
    # Each of the 256 bits is set in half of the IDs: a binomial count with a deviation of half the square root of their number.
    deviation = COUNT**0.5 / 2
    for column in range(32):
        counts = collections.Counter(data[column::32])
        for bit in range(8):
            ones = sum(count for value, count in counts.items() if value >> bit & 1)
            assert abs(ones - COUNT / 2) < 6 * deviation, (column, bit, ones)
    # All byte values are equally frequent: chi-square with 255 degrees of freedom, mean 255 and variance 510.
    expected = len(data) / 256
    chi_square = sum((count - expected) ** 2 / expected for count in collections.Counter(data).values())
    assert abs(chi_square - 255) < 6 * 510**0.5, chi_square
