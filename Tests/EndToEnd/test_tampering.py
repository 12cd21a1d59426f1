"""A database that somebody has changed behind the server's back is found out, by the name of the row that differs."""

import hashlib
import json
import shutil
import sqlite3

import pytest

from life import MOVED, Life, live
from tampering import EVIL, earlier_database, opened, rechain, tamper


@pytest.fixture(scope="module")
def lived(binary, tmp_path_factory):
    """The database of a registry that was restarted in the middle of its life and has stopped."""
    return live(binary, tmp_path_factory.mktemp("life"))


@pytest.fixture
def life(lived, tmp_path, command):
    """A copy of the database, to be changed."""
    copy = Life(lived.registry, command)
    copy.__dict__.update(vars(lived), command=command, database=tmp_path / "registry.db")
    shutil.copyfile(lived.database, copy.database)
    return copy


def findings(life, *options):
    done = life.command("verify-database", "--database", life.database, *options)
    assert done.returncode == 1, (done.stdout, done.stderr)
    return done.stdout.splitlines()


def head(life):
    done = life.command("verify-database", "--database", life.database)
    assert done.returncode == 0, (done.stdout, done.stderr)
    [line] = done.stdout.splitlines()
    return line


def test_a_busy_life_is_intact(life, tmp_path):
    with opened(life.database) as connection:
        last = connection.execute("SELECT seq, hex(hash) FROM events ORDER BY seq DESC LIMIT 1").fetchone()
        kinds = {kind for kind, in connection.execute("SELECT DISTINCT kind FROM events")}
    assert len(kinds) == 18, kinds
    assert head(life) == f"{last[0]}:{last[1].lower()}"
    assert "not provable" not in life.command("verify-database", "--database", life.database).stderr
    assert life.command("restore", life.database, "--database", tmp_path / "restored.db").returncode == 0


def text(life, sql, *values):
    with opened(life.database) as connection:
        return connection.execute(sql, values).fetchone()[0]


def rewrite_and_rechain(connection):
    connection.execute("UPDATE events SET changes = replace(changes, 'acme-data-2', 'evil-data')")
    rechain(connection)


def issue_another(connection, name="first"):
    """Another external ID, where it must be: in both tables."""
    row = connection.execute("SELECT seq, external_id FROM iccs WHERE name = ?", (name,)).fetchone()
    connection.execute("UPDATE external_ids SET external_id = ? WHERE external_id = ?", (b"\1" * 32, row[1]))
    connection.execute("UPDATE iccs SET external_id = ? WHERE seq = ?", (b"\1" * 32, row[0]))


def insert_token(connection):
    connection.execute(
        "INSERT INTO tokens (id, hash, name, role, created_at, created_by) VALUES (?, ?, 'x', 'admin', 1, 'command-line')",
        ("tok_01m85dde5bqzmknqg7xnrah7t6", hashlib.sha256(b"known").digest()))


EXTRA = (
    "CREATE TRIGGER extra AFTER INSERT ON iccs BEGIN INSERT INTO tokens (id, hash, name, role, created_at, created_by)"
    " VALUES ('tok_01m85dde5bqzmknqg7xnrah7t6', x'00', 'x', 'admin', 1, 'x'); END")
ICC = "UPDATE iccs SET {}, version = version + 1 WHERE name = 'first'"
TOKEN = "UPDATE tokens SET {} WHERE id = '{{life.{}}}'"

# What is changed, and the beginning and the end of a line that must name it.
ROWS = {
    "role": ([ICC.format(f"user_arn = '{EVIL}'")], "{life.icc}: userArn is \"" + EVIL + "\", but event ",
             "\"arn:aws:iam::111122223333:role/infosum-import\""),
    "bucket": ([ICC.format("bucket_name = 'evil-data'")], "{life.icc}: bucketName is \"evil-data\", but event ", "\"acme-data-2\""),
    "version": ([ICC.format("bucket_name = bucket_name")], "{life.icc}: version is 14, but event ", " says 13"),
    "enabled": (["UPDATE iccs SET enabled = 0 WHERE name = 'first'"], "{life.icc}: enabled is false, but event ", " says true"),
    "organisation": (["UPDATE iccs SET organisation = 'acme' WHERE name = 'first'"],
                     "{life.icc}: organisation is \"acme\", but event ", " says \"default\""),
    "released": (["UPDATE iccs SET held = 0 WHERE name = 'held'"], "{life.held}: held is false, but event ", " says true"),
    "folded-name": (["UPDATE iccs SET name_folded = 'x' WHERE name = 'first'"], "{life.icc}: name_folded does not belong to its name", ""),
    "actor": (["UPDATE iccs SET updated_by = 'command-line' WHERE name = 'first'"],
              "{life.icc}: updatedBy is \"command-line\", but event ", "\""),
    "undeleted": (["UPDATE iccs SET deleted_at = NULL WHERE name = 'third'"], "icc_", "Z\""),
    "verification": (["UPDATE iccs SET last_verification = json_set(last_verification, '$.verdict', 'insecure') WHERE name = 'first'"],
                     "{life.icc}: lastVerification is {{\"verdict\":\"insecure\"", "}}"),
    "removed-icc": (["DELETE FROM external_ids WHERE icc = (SELECT seq FROM iccs WHERE name = 'third')", "DELETE FROM iccs WHERE name = 'third'"],
                    "icc_", ": it has events, but its row is missing"),
    "external-id": ([issue_another], "{life.icc}: externalId is \"01010101", "\""),
    "imported-external-id": ([lambda connection: issue_another(connection, "moved")], "{life.moved}: externalId is \"01010101", "\""),
    "imported-time": (["UPDATE iccs SET created_at = 1 WHERE name = 'moved'"], "{life.moved}: createdAt is \"1970-01-01",
                      "says \"2024-05-06T07:08:09.000Z\""),
    "imported-id-time": (["UPDATE external_ids SET issued_at = 1 WHERE external_id = x'" + MOVED + "'"], "{life.moved}: the external ID ",
                         "… was not issued or retired at the recorded time"),
    "retired-id-removed": (["DELETE FROM external_ids WHERE state = 'retired'"], "{life.icc}: the external ID ",
                           "… is not recorded as issued, but an event issued it"),
    "retired-id-added": (["INSERT INTO external_ids SELECT randomblob(32), seq, 'retired', 1, 2 FROM iccs WHERE name = 'first'"],
                         "{life.icc}: the external ID ", "… is recorded as issued, but no event issued it"),
    "admin-token": ([insert_token], "tok_01m85dde5bqzmknqg7xnrah7t6: it exists with the role admin, but no event created it", ""),
    "viewer-to-admin": ([TOKEN.format("role = 'admin', organisation = NULL", "rotated")],
                        "{life.rotated}: role is \"admin\", but event ", " says \"viewer\""),
    "token-organisation": ([TOKEN.format("organisation = 'default'", "rotated")],
                           "{life.rotated}: organisation is \"default\", but event ", " says \"acme\""),
    "token-hash": ([TOKEN.format("hash = randomblob(32)", "connector")], "{life.connector}: hashFingerprint is ", "\""),
    "token-expiry": ([TOKEN.format("expires_at = expires_at + 1", "connector")], "{life.connector}: expiresAt is ", "\""),
    "token-organisations": ([TOKEN.format("organisations = NULL", "limited")], "{life.limited}: organisations is [], but event ", "]"),
    "token-addresses": ([TOKEN.format("address_blocks = NULL", "limited")], "{life.limited}: addressBlocks is [], but event ", "]"),
    "token-unrevoked": ([TOKEN.format("revoked_at = NULL", "revoked")], "{life.revoked}: revokedAt is null, but event ", "\""),
    "organisation-back": (["UPDATE organisations SET deleted_at = NULL WHERE id = 'gone'"],
                          "organisation gone: deletedAt is null, but event ", "\""),
    "organisation-name": (["UPDATE organisations SET name = 'Evil', version = version + 1 WHERE id = 'acme'"],
                          "organisation acme: name is \"Evil\", but event ", " says \"Acme Group\""),
    "organisation-version": (["UPDATE organisations SET version = version + 1 WHERE id = 'late'"],
                             "organisation late: version is 2, but event ", " says 1"),
    "organisation-added": (["INSERT INTO organisations (id, name, created_at, created_by) VALUES ('evil', 'Evil', 1, 'x')"],
                           "organisation evil: it exists, but no event created it", ""),
    "default-organisation": (["UPDATE organisations SET name = 'Evil' WHERE id = 'default'"], "organisation default: name is \"Evil\"", "\"Default\""),
    "event-rechained": ([rewrite_and_rechain], "{life.icc}: bucketName is \"acme-data-2\", but event ", " says \"evil-data\""),
    "event": (["UPDATE events SET actor = 'x' WHERE seq = 3"], "event 3 of the audit trail was altered", ""),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_changed_row_is_named(life, tmp_path, name):
    statements, begin, end = ROWS[name]
    begin, end = begin.format(life=life), end.replace("}}", "}")
    tamper(life.database, *[one.format(life=life) if isinstance(one, str) and "{life" in one else one for one in statements])
    lines = findings(life)
    assert any(line.startswith(begin) and line.endswith(end) for line in lines), lines
    assert not any("trigger" in line or "schema" in line for line in lines), lines
    target = tmp_path / "restored.db"
    done = life.command("restore", life.database, "--database", target)
    assert done.returncode == 1 and begin in done.stderr and not target.exists(), done.stderr


@pytest.mark.parametrize(("statement", "line"), [
    ("DROP TRIGGER events_are_never_altered", "the trigger events_are_never_altered is missing"),
    ("DROP TRIGGER tokens_keep_their_origin", "the trigger tokens_keep_their_origin is missing"),
    (EXTRA, "the trigger extra was added"),
], ids=["events-unprotected", "tokens-unprotected", "extra"])
def test_a_changed_schema_is_named(life, tmp_path, statement, line):
    tamper(life.database, statement, keep_triggers=False)
    assert line in findings(life)
    done = life.command("restore", life.database, "--database", tmp_path / "restored.db")
    assert done.returncode == 1 and line in done.stderr, done.stderr


@pytest.mark.parametrize("change", [
    "hash = randomblob(32)", "role = 'admin', organisation = NULL", "organisation = 'default'", "name = 'x'", "created_at = 1",
    "created_by = 'x'", "expires_at = NULL", "last_four = 'abcd'", "id = 'tok_01m85dde5bqzmknqg7xnrah7t6'", "seq = 99",
    "organisations = ' default acme '", "address_blocks = ' ::/0 '",
])
def test_sql_cannot_change_a_token(life, change):
    with opened(life.database) as connection, pytest.raises(sqlite3.IntegrityError, match="where a token comes from does not change"):
        connection.execute(f"UPDATE tokens SET {change} WHERE id = ?", (life.rotated,))


def rewrite_everything(connection):
    """The whole past of a bucket, and all hashes: nothing in the database contradicts it."""
    connection.execute("UPDATE iccs SET bucket_name = 'evil-data' WHERE name = 'first'")
    rewrite_and_rechain(connection)


def test_a_past_that_was_rewritten_as_a_whole_differs_from_an_anchor(life, tmp_path):
    anchor = head(life)
    tamper(life.database, rewrite_everything)
    head(life)
    assert findings(life, "--anchor", anchor) == [f"the anchor does not match: event {anchor.split(':')[0]} had another hash then"]
    done = life.command("restore", life.database, "--database", tmp_path / "restored.db", "--anchor", anchor)
    assert done.returncode == 1 and "the anchor does not match" in done.stderr


def test_an_anchor_stays_true_while_events_are_appended(life, command, start):
    anchor = head(life)
    registry = start(database=life.database, token=life.registry.token)
    registry.create(name="later", userArn=None)
    feed = registry.get("/v1/events?limit=1")["head"]
    assert feed["seq"] == int(anchor.split(":")[0]) + 1
    assert f'icc_registry_audit_head{{hash="{feed["hash"]}"}} {feed["seq"]}\n' in registry.call("GET", "/metrics")[2].decode()
    assert registry.stop() == 0
    for known in (anchor, f"{feed['seq']}:{feed['hash']}", "0:" + "0" * 64):
        assert command("verify-database", "--database", life.database, "--anchor", known).returncode == 0, known
    # Events that were cut off.
    tamper(life.database, ("DELETE FROM events WHERE seq = ?", (feed["seq"],)), ("UPDATE sqlite_sequence SET seq = ?", (feed["seq"] - 1,)))
    assert f"the anchor does not match: event {feed['seq']} is missing" in findings(life, "--anchor", f"{feed['seq']}:{feed['hash']}")


def test_only_administrators_see_the_end_of_the_trail(start):
    registry = start()
    life = Life(registry, None)
    tokens = [life.token("connector"), life.token("editor", organisation="default"), life.token("viewer", organisation="default")]
    icc = registry.create()["id"]
    end = registry.get("/v1/events")["head"]["hash"]
    for token in tokens:
        for path in ("/v1/events", f"/v1/iccs/{icc}/events", "/metrics"):
            assert end not in registry.call("GET", path, token=token["token"])[2].decode(), (token["role"], path)
    assert json.loads(registry.call("GET", "/v1/events", token=tokens[0]["token"])[2])["head"] is None


@pytest.mark.parametrize("words", [
    ("--anchor", "1"), ("--anchor", "1:00"), ("--checkpoints", "x"), ("--checkpoint-public-key", "x"),
    ("--checkpoints", "x", "--checkpoint-public-key", "missing.pem"), ("--checkpoints", "x", "--checkpoint-public-key", "/dev/null"),
])
def test_wrong_evidence_is_a_usage_error(life, words):
    for command in (["verify-database"], ["restore", life.database]):
        done = life.command(*command, "--database", life.database, *words)
        assert done.returncode == 2 and words[-2] in done.stderr, done.stderr


def test_tokens_of_an_earlier_version_are_not_called_proven(life):
    """Their events have no fingerprint; a later event without one is a forgery."""
    strip = ("UPDATE events SET changes = json_remove(changes, '$.hashFingerprint', '$.lastFour')"
             " WHERE kind = 'token.created' AND subject {} ?")
    tamper(life.database, (strip.format(">="), ("",)), rechain)
    done = life.command("verify-database", "--database", life.database)
    assert done.returncode == 0, done.stdout
    assert "not provable: the hashes of 4 valid tokens from before fingerprints were recorded" in done.stderr, done.stderr
    assert life.connector in done.stderr and life.revoked not in done.stderr


def test_a_token_event_without_a_fingerprint_is_found_after_one_that_has_it(life):
    tamper(life.database, ("UPDATE events SET changes = json_remove(changes, '$.hashFingerprint') WHERE subject = ?"
                           " AND kind = 'token.created'", (life.rotated,)), rechain)
    [line] = findings(life)
    assert line.startswith(f"{life.rotated}: event ") and "has no fingerprint of its hash" in line


def event(sequence, kind, subject, organisation, version, **changes):
    """The statement that adds an event in the form of the first version."""
    pairs = {name: {"before": None, "after": value} if not isinstance(value, tuple) else dict(zip(("before", "after"), value))
             for name, value in changes.items()}
    return (
        "INSERT INTO events (seq, at, kind, administrators_only, actor, organisation, subject, version, changes, hash)"
        " VALUES (?, ?, ?, ?, 'command-line', ?, ?, ?, ?, zeroblob(32))",
        (sequence, 1000 + sequence, kind, int(kind.startswith("token")), organisation, subject, version, json.dumps(pairs)))


@pytest.mark.parametrize("migrations", [1, 3, 5, 8, 10])
def test_an_upgraded_database_of_an_earlier_version_is_intact(command, start, tmp_path, migrations):
    database, icc = tmp_path / "earlier.db", "icc_01m85dde5bqzmknqg7xnrah7t6"
    old, revoked = "tok_01m85dde5bqzmknqg7xnrah7t7", "tok_01m85dde5bqzmknqg7xnrah7t8"
    live, retired = b"\2" * 32, b"\3" * 32
    fields = {"name": "Old", "connectorType": "s3-cross-account", "enabled": True, "sessionName": "acme-import",
              "bucketName": "acme-data", "prefix": "", "externalId": retired.hex(), "status": "draft"}
    token = "INSERT INTO tokens (seq, id, hash, name, role, created_at, created_by, revoked_at) VALUES (?, ?, ?, 'old', 'admin', ?, 'command-line', ?)"
    earlier_database(
        database, migrations,
        ("INSERT INTO iccs (seq, id, organisation, name, name_folded, connector_type, status, enabled, session_name, bucket_name, prefix,"
         " external_id, version, created_at, created_by, updated_at, updated_by) VALUES (1, ?, 'default', 'Old', 'old', 's3-cross-account',"
         " 'draft', 1, 'acme-import', 'acme-data', '', ?, 3, 1001, 'command-line', 1003, 'command-line')", (icc, live)),
        ("INSERT INTO external_ids VALUES (?, 1, 'retired', 1001, 1003), (?, 1, 'live', 1002, NULL)", (retired, live)),
        (token, (1, old, b"\4" * 32, 1004, None)), (token, (2, revoked, b"\5" * 32, 1005, 1006)),
        event(1, "icc.created", icc, "default", 1, **fields),
        event(2, "external-id.rotated", icc, "default", 2, pendingExternalId=live.hex()),
        event(3, "external-id.promoted", icc, "default", 3, externalId=(retired.hex(), live.hex()), pendingExternalId=(live.hex(), None)),
        event(4, "token.created", old, None, None, name="old", role="admin", expiresAt=None),
        event(5, "token.created", revoked, None, None, name="old", role="admin", expiresAt=None),
        event(6, "token.revoked", revoked, None, None, revokedAt="1970-01-01T00:00:01.006Z"),
        *(["UPDATE events SET number = seq WHERE seq <= 3"] if migrations >= 6 else []),
        *(["UPDATE counts SET value = 1 WHERE name = 'iccs.draft'"] if migrations >= 8 else []),
        *(["UPDATE organisation_counts SET iccs = 1 WHERE organisation = 'default'"] if migrations >= 10 else []))
    assert command("migrate", "--database", database).returncode == 0
    done = command("verify-database", "--database", database)
    assert done.returncode == 0, done.stdout
    assert f"not provable: the hashes of 1 valid tokens from before fingerprints were recorded ({old});" in done.stderr
    # It lives on: a field that the events of the old version do not have is changed.
    made = command("token", "create", "--role", "admin", "--name", "new", "--database", database).stdout.strip()
    registry = start(database=database, token=made)
    headers = {"Content-Type": "application/merge-patch+json"}
    assert registry.call("PATCH", f"/v1/iccs/{icc}", {"description": "x", "bucketOwner": "111122223333"}, headers=headers)[0] == 200
    assert registry.call("DELETE", f"/v1/tokens/{old}")[0] == 204
    assert registry.stop() == 0
    done = command("verify-database", "--database", database)
    assert done.returncode == 0 and "not provable" not in done.stderr, (done.stdout, done.stderr)
