"""The clock jumps by days, across restarts and while the registry runs: identifiers, order, pages and expiry stay correct."""

import pytest

from faked_clock import FakedClock


@pytest.fixture
def clock(tmp_path):
    """A function that sets the registry's clock, and the environment that makes the registry use it."""
    clock = FakedClock(tmp_path / "clock")
    return clock.set, clock.environment


@pytest.mark.parametrize("restarts", [True, False])
def test_jumps_of_days(start, clock, command, tmp_path, restarts):
    set_clock, environment = clock
    set_clock(0)
    assert command("migrate", "--database", tmp_path / "registry.db").returncode == 0
    made = command("token", "create", "--role", "admin", "--name", "long", "--database", tmp_path / "registry.db")
    registry, created, days_seen = start(environment=environment, token=made.stdout.strip()), [], set()
    for jump in (0, 3, -3, 40, -40, 1):
        set_clock(jump)
        if restarts:
            assert registry.stop() == 0
            registry = start(environment=environment, token=registry.token)
        for number in range(8):
            icc = registry.create(name=f"{jump} {number}")
            created.append(icc["id"])
            days_seen.add(icc["createdAt"][:10])
    assert len(days_seen) >= 4, "the clock did not jump"
    assert len(set(created)) == len(created) == 48
    whole = registry.ids()
    assert sorted(whole) == sorted(created)
    found, cursor = [], ""
    while cursor is not None:
        page = registry.get("/v1/iccs?limit=7" + (f"&cursor={cursor}" if cursor else ""))
        found += [item["id"] for item in page["items"]]
        cursor = page["nextCursor"]
    assert found == whole, "small pages give another order or other ICCs than large ones"
    for identifier in (created[0], created[-1]):
        assert registry.get(f"/v1/iccs/{identifier}")["id"] == identifier


def test_a_token_expires_when_the_clock_says_so_and_not_earlier(start, clock, command):
    set_clock, environment = clock
    set_clock(0)
    registry = start(environment=environment)
    done = command(
        "token", "create", "--role", "admin", "--name", "short", "--expires-in", "2", "--database", registry.database)
    assert done.returncode == 0, done.stderr
    for days, expected in ((0, 200), (1, 200), (3, 401), (-5, 200), (30, 401)):
        set_clock(days)
        assert registry.call("GET", "/v1/iccs", token=done.stdout.strip())[0] == expected, days
