"""Twenty seconds of the soak; `Tests/run soak` runs it for ten minutes."""

import random

from soak import soak


def test_nothing_is_lost_in_twenty_seconds_of_everything(binary, tmp_path):
    seed = random.randrange(1 << 30)
    report, errors = soak(binary, tmp_path, 20, seed)
    print(f"seed {seed}: {report}")
    assert not errors, (seed, report, errors[:10])
