"""Requests that reach two instances of one PostgreSQL database at the same time: each pair has one of the allowed outcomes."""

import contextlib
import datetime
import itertools
import json
import threading

import pytest

from deep import DEEP
from postgresql_server import PostgreSQLServer
from registry_process import ARTICLE

ROUNDS = 200 if DEEP else 8
PATCH = {"Content-Type": "application/merge-patch+json"}


class Pair:
    """Two instances that share a database."""

    def __init__(self, registries):
        self.registries, self.numbers = registries, itertools.count(1)

    def send(self, method, path, body=None, instance=0, **options):
        status, headers, content = self.registries[instance].call(method, path, body, **options)
        return status, headers, json.loads(content) if content else None

    def make(self, method, path, body=None, **options):
        status, _, value = self.send(method, path, body, **options)
        assert status in (200, 201), (method, path, status, value)
        return value

    def name(self):
        """A name that no other test uses, also as the identifier of an organisation."""
        return f"n{next(self.numbers)}"

    def organisation(self):
        return self.make("POST", "/v1/organisations", {"id": self.name()})["id"]

    def icc(self, **fields):
        """The path of a new ICC."""
        return "/v1/iccs/" + self.make("POST", "/v1/iccs", {**ARTICLE, "name": self.name(), **fields})["id"]

    def at_once(self, requests, turn):
        """Sends each request at the same time, in turns to one and to the other instance."""
        results, barrier = [None] * len(requests), threading.Barrier(len(requests))

        def run(number):
            method, path, body, *options = requests[number]
            barrier.wait()
            results[number] = self.send(method, path, body, (number + turn) % 2, **(options[0] if options else {}))

        threads = [threading.Thread(target=run, args=(number,)) for number in range(len(requests))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        return results


@pytest.fixture(scope="module")
def server():
    with contextlib.closing(PostgreSQLServer("max_connections=200", "fsync=off")) as server:
        yield server


@pytest.fixture
def database(server):
    return server.create_database()


@pytest.fixture
def start_pair(start, database):
    def start_two(token=None):
        limits = "--max-organisation-requests-per-second", 0
        first = start(*limits, database=database, token=token)
        return Pair([first, start(*limits, database=database, token=first.token)])

    return start_two


def create(name, **fields):
    return "POST", "/v1/iccs", {**ARTICLE, "name": name, **fields}


def one_name_eight_times(pair):
    name = pair.name()
    return [create(name)] * 8, {tuple(201 if number == winner else 409 for number in range(8)) for winner in range(8)}, None


def a_new_name_and_a_changed_name(pair):
    name, icc = pair.name(), pair.icc()
    return [create(name), ("PATCH", icc, {"name": name}, {"headers": PATCH})], {(201, 409), (409, 200)}, None


def a_restore_and_a_new_name(pair):
    name = pair.name()
    icc = pair.icc(name=name)
    pair.send("DELETE", icc)
    return [create(name), ("POST", icc + "/restore", None)], {(201, 409), (409, 200)}, None


def a_rotation_and_a_promotion(pair):
    icc = pair.icc()
    pending = pair.make("POST", icc + "/external-id/rotate")["pendingExternalId"]

    def check(statuses, _):
        found = pair.make("GET", icc)
        assert found["externalId"] == pending and (found["pendingExternalId"] is not None) == (statuses[0] == 200)
        assert found["pendingExternalId"] != pending

    path = icc + "/external-id/"
    return [("POST", path + "rotate", None), ("POST", path + "promote", None)], {(409, 200), (200, 200)}, check


def a_promotion_and_a_cancellation(pair):
    path = pair.icc() + "/external-id/"
    pair.make("POST", path + "rotate")
    return [("POST", path + "promote", None), ("POST", path + "cancel", None)], {(200, 409), (409, 200)}, None


def two_rotations(pair):
    path = pair.icc() + "/external-id/rotate"
    return [("POST", path, None)] * 2, {(200, 409), (409, 200)}, None


def a_deleted_organisation_and_an_icc(pair):
    organisation = pair.organisation()
    path = f"/v1/organisations/{organisation}"
    return [("DELETE", path, None), create(pair.name(), organisation=organisation)], {(204, 409), (409, 201)}, None


def a_deleted_organisation_and_a_token(pair):
    organisation = pair.organisation()

    def check(_, answers):
        if answers[1].get("token"):
            for instance in (0, 1):
                assert pair.send("GET", "/v1/session", instance=instance, token=answers[1]["token"])[0] == 401

    token = {"name": "x", "role": "viewer", "organisation": organisation}
    return [("DELETE", f"/v1/organisations/{organisation}", None), ("POST", "/v1/tokens", token)], {(204, 409), (204, 201)}, check


def an_idempotency_key_twice(pair):
    name = pair.name()
    request = (*create(name), {"headers": {"Idempotency-Key": name}})

    def check(_, answers):
        assert len({answer["id"] for answer in answers if answer and "id" in answer}) == 1
        assert len(pair.make("GET", f"/v1/iccs?name={name}")["items"]) == 1

    return [request, request], {(201, 201), (201, 409), (409, 201)}, check


def a_revocation_and_a_request_in_flight(pair):
    token = pair.make("POST", "/v1/tokens", {"name": pair.name(), "role": "admin"})
    before = pair.make("GET", "/v1/events?limit=1")["head"]["seq"]

    def check(_, __):
        for instance in (0, 1):
            assert pair.send("GET", "/v1/iccs?limit=1", instance=instance, token=token["token"])[0] == 401
        events = pair.make("GET", f"/v1/events?after={before}")["items"]
        # Its create is before its end in the audit trail, or there is none.
        assert [event["type"] for event in events][-1] == "token.revoked"

    return ([("DELETE", f"/v1/tokens/{token['id']}", None), (*create(pair.name()), {"token": token["token"]})],
            {(204, 201), (204, 401)}, check)


def a_usage_and_a_delete(pair):
    icc = pair.icc()
    tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    usage = {"expiresAt": tomorrow.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return [("PUT", icc + "/usages/job", usage), ("DELETE", icc, None)], {(201, 409), (404, 204)}, None


def one_version_changed_twice(pair):
    icc, headers = pair.icc(), {**PATCH, "If-Match": '"1"'}
    changes = [("PATCH", icc, {"prefix": f"{number}/"}, {"headers": headers}) for number in (1, 2)]
    return changes, {(200, 412), (412, 200)}, None


def the_last_use_of_a_link(pair):
    link = pair.make("POST", pair.icc() + "/hand-over", {"maxUses": 1})["secret"]
    return [("GET", "/v1/hand-over", None, {"token": link})] * 2, {(200, 410), (410, 200)}, None


def two_organisations_name_one_role(pair):
    role = f"arn:aws:iam::111122223333:role/{pair.name()}"
    creates = [create(pair.name(), organisation=pair.organisation(), userArn=role) for _ in (1, 2)]

    def check(_, answers):
        held = [pair.make("GET", f"/v1/iccs/{answer['id']}")["notUsableBecause"] for answer in answers]
        assert sum("held" in reasons for reasons in held) == 1, held

    return creates, {(201, 201)}, check


RACES = [
    one_name_eight_times, a_new_name_and_a_changed_name, a_restore_and_a_new_name, a_rotation_and_a_promotion,
    a_promotion_and_a_cancellation, two_rotations, a_deleted_organisation_and_an_icc, a_deleted_organisation_and_a_token,
    an_idempotency_key_twice, a_revocation_and_a_request_in_flight, a_usage_and_a_delete, one_version_changed_twice,
    the_last_use_of_a_link, two_organisations_name_one_role,
]


def lost(pair, race, turn):
    """Runs one round of a race. Returns what is wrong with its outcome; None if it is allowed."""
    requests, allowed, check = race(pair)
    answers = pair.at_once(requests, turn)
    statuses = tuple(status for status, _, _ in answers)
    if statuses not in allowed:
        return f"{race.__name__}: {statuses} is not one of {allowed}"
    try:
        if check:
            check(statuses, [value for _, _, value in answers])
    except AssertionError as error:
        return f"{race.__name__}: {error}"
    return None


def test_each_race_between_instances_has_an_allowed_outcome(start_pair, database, command):
    pair = start_pair()
    found = [lost(pair, race, turn) for race in RACES for turn in range(ROUNDS)]
    assert not any(found), [each for each in found if each]
    assert command("verify-database", "--database", database).returncode == 0


# A function of this name before PostgreSQL's own: every instance then has the lock at once. The numbers of events would still
# let one of two writers fail, and the index of names one of two equal names.
WITHOUT_LOCK = """
CREATE SCHEMA unlocked;
CREATE FUNCTION unlocked.pg_advisory_xact_lock(integer, integer) RETURNS void LANGUAGE sql AS '';
DROP TRIGGER events_are_numbered ON events;
ALTER TABLE events DROP CONSTRAINT events_pkey;
DROP INDEX iccs_live_names;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = unlocked, pg_catalog, public', current_database()); END $$
"""


def test_without_the_lock_of_writers_the_same_races_are_lost(server, start_pair, database):
    """Shows that the races above meet: with nothing to hold them, they end wrongly."""
    first = start_pair()
    for registry in first.registries:
        assert registry.stop() == 0
    server.query(database, WITHOUT_LOCK)
    pair = start_pair(first.registries[0].token)
    lost_races = {race.__name__ for turn in range(12) for race in RACES if lost(pair, race, turn)}
    assert len(lost_races) > len(RACES) // 2, lost_races
