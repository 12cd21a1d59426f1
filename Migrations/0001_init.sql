-- The registry's first schema. Once released, a migration is never edited: a change is a new file.
-- Moments are milliseconds since 1970-01-01T00:00:00Z. Lists are read in the order of `seq`, never of a clock.

-- "ICCR": says whose database this is (https://sqlite.org/pragma.html#pragma_application_id).
PRAGMA application_id = 0x49434352;

CREATE TABLE migrations (
  number     INTEGER PRIMARY KEY,
  name       TEXT    NOT NULL UNIQUE,
  checksum   BLOB    NOT NULL CHECK (length(checksum) = 32),
  applied_at INTEGER NOT NULL
) STRICT;

CREATE TABLE organisations (
  seq        INTEGER PRIMARY KEY,
  id         TEXT    NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 63),
  name       TEXT    NOT NULL CHECK (name <> ''),
  created_at INTEGER NOT NULL,
  created_by TEXT    NOT NULL,
  deleted_at INTEGER
) STRICT;

CREATE TRIGGER organisations_stay_deleted BEFORE UPDATE ON organisations
WHEN NEW.seq <> OLD.seq OR NEW.id <> OLD.id OR (OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NOT OLD.deleted_at)
BEGIN SELECT RAISE(ABORT, 'an identifier is never used twice'); END;

CREATE TRIGGER organisations_stay BEFORE DELETE ON organisations
BEGIN SELECT RAISE(ABORT, 'an organisation stays on record'); END;

-- The organisation that a request means when it names none.
INSERT INTO organisations (id, name, created_at, created_by)
VALUES ('default', 'Default', unixepoch() * 1000, 'command-line');

CREATE TABLE iccs (
  seq                 INTEGER PRIMARY KEY,
  id                  TEXT    NOT NULL UNIQUE CHECK (length(id) = 30 AND substr(id, 1, 4) = 'icc_'),
  organisation        TEXT    NOT NULL REFERENCES organisations (id),
  name                TEXT    NOT NULL CHECK (name <> ''),
  name_folded         TEXT    NOT NULL CHECK (name_folded <> ''),
  connector_type      TEXT    NOT NULL CHECK (connector_type IN ('s3-cross-account')),
  status              TEXT    NOT NULL CHECK (status IN ('draft', 'unverified', 'verified', 'insecure', 'failing')),
  enabled             INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  user_arn            TEXT,
  session_name        TEXT    NOT NULL CHECK (length(session_name) BETWEEN 2 AND 64),
  bucket_name         TEXT    NOT NULL CHECK (length(bucket_name) BETWEEN 3 AND 63),
  prefix              TEXT    NOT NULL CHECK (length(CAST(prefix AS BLOB)) <= 1024),
  kms_key_arn         TEXT,
  external_id         BLOB    NOT NULL CHECK (length(external_id) = 32),
  pending_external_id BLOB    CHECK (length(pending_external_id) = 32 AND pending_external_id <> external_id),
  version             INTEGER NOT NULL CHECK (version >= 1),
  created_at          INTEGER NOT NULL,
  created_by          TEXT    NOT NULL,
  updated_at          INTEGER NOT NULL CHECK (updated_at >= created_at),
  updated_by          TEXT    NOT NULL,
  deleted_at          INTEGER,
  CHECK ((status = 'draft') = (user_arn IS NULL))
) STRICT;

CREATE UNIQUE INDEX iccs_live_names ON iccs (organisation, name_folded) WHERE deleted_at IS NULL;
CREATE INDEX iccs_organisation ON iccs (organisation);
CREATE INDEX iccs_live_user_arns ON iccs (user_arn, organisation) WHERE user_arn IS NOT NULL AND deleted_at IS NULL;

CREATE TRIGGER iccs_stay BEFORE DELETE ON iccs
BEGIN SELECT RAISE(ABORT, 'an ICC stays on record'); END;

CREATE TRIGGER iccs_need_an_organisation BEFORE INSERT ON iccs
WHEN NOT EXISTS (SELECT 1 FROM organisations WHERE id = NEW.organisation AND deleted_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'no such organisation'); END;

CREATE TRIGGER iccs_come_back_to_an_organisation BEFORE UPDATE ON iccs
WHEN NEW.deleted_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM organisations WHERE id = NEW.organisation AND deleted_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'no such organisation'); END;

CREATE TRIGGER iccs_keep_their_origin BEFORE UPDATE ON iccs
WHEN NEW.seq <> OLD.seq OR NEW.id <> OLD.id OR NEW.organisation <> OLD.organisation
  OR NEW.connector_type <> OLD.connector_type OR NEW.created_at <> OLD.created_at OR NEW.created_by <> OLD.created_by
BEGIN SELECT RAISE(ABORT, 'where an ICC comes from does not change'); END;

CREATE TRIGGER iccs_count_their_versions BEFORE UPDATE ON iccs WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'a change is the next version'); END;

-- Every external ID ever issued. The primary key is what holds them unique for ever: a row is never deleted,
-- and one that is retired stays so. The value in the CHECK is the one that the public article shows.
CREATE TABLE external_ids (
  external_id BLOB    PRIMARY KEY
    CHECK (length(external_id) = 32
      AND external_id <> x'd68b1db43ed52e7e0297dbaca2bad20f40d4faaf92b5349891f08fddde530e23'),
  icc         INTEGER NOT NULL REFERENCES iccs (seq),
  state       TEXT    NOT NULL CHECK (state IN ('live', 'pending', 'retired')),
  issued_at   INTEGER NOT NULL,
  retired_at  INTEGER,
  CHECK ((state = 'retired') = (retired_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX external_ids_in_use ON external_ids (icc, state) WHERE state <> 'retired';

CREATE TRIGGER external_ids_stay BEFORE DELETE ON external_ids
BEGIN SELECT RAISE(ABORT, 'an external ID stays on record'); END;

CREATE TRIGGER external_ids_only_move_on BEFORE UPDATE ON external_ids
WHEN NEW.external_id <> OLD.external_id OR NEW.icc <> OLD.icc OR NEW.issued_at <> OLD.issued_at
  OR OLD.state = 'retired' OR (OLD.state = 'live' AND NEW.state = 'pending')
BEGIN SELECT RAISE(ABORT, 'a retired external ID stays retired'); END;

CREATE TABLE tokens (
  seq          INTEGER PRIMARY KEY,
  id           TEXT    NOT NULL UNIQUE CHECK (length(id) = 30 AND substr(id, 1, 4) = 'tok_'),
  hash         BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),
  name         TEXT    NOT NULL CHECK (name <> ''),
  role         TEXT    NOT NULL CHECK (role IN ('admin', 'editor', 'viewer', 'connector')),
  organisation TEXT    REFERENCES organisations (id),
  created_at   INTEGER NOT NULL,
  created_by   TEXT    NOT NULL,
  expires_at   INTEGER,
  revoked_at   INTEGER,
  last_used_at INTEGER,
  CHECK ((role IN ('editor', 'viewer')) = (organisation IS NOT NULL))
) STRICT;

CREATE INDEX tokens_organisation ON tokens (organisation) WHERE organisation IS NOT NULL;

CREATE TRIGGER tokens_need_their_organisation BEFORE INSERT ON tokens
WHEN NEW.organisation IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM organisations WHERE id = NEW.organisation AND deleted_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'no such organisation'); END;

CREATE TRIGGER tokens_stay BEFORE DELETE ON tokens
BEGIN SELECT RAISE(ABORT, 'a token stays on record'); END;

CREATE TRIGGER tokens_stay_revoked BEFORE UPDATE ON tokens
WHEN OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NOT OLD.revoked_at
BEGIN SELECT RAISE(ABORT, 'a revoked token stays revoked'); END;

-- The audit trail. AUTOINCREMENT keeps the greatest `seq` ever given in `sqlite_sequence`, so that rows cut off
-- the end show. `hash` is SHA-256 over the hash before and this row's members; `verify-database` works it out again.
CREATE TABLE events (
  seq                 INTEGER PRIMARY KEY AUTOINCREMENT,
  at                  INTEGER NOT NULL,
  kind                TEXT    NOT NULL CHECK (kind <> ''),
  administrators_only INTEGER NOT NULL CHECK (administrators_only IN (0, 1)),
  actor               TEXT    NOT NULL CHECK (actor <> ''),
  address             TEXT,
  request_id          TEXT,
  organisation        TEXT,
  subject             TEXT    NOT NULL CHECK (subject <> ''),
  version             INTEGER,
  changes             TEXT    NOT NULL CHECK (substr(changes, 1, 1) = '{'),
  hash                BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX events_subject ON events (subject);
CREATE INDEX events_organisation ON events (organisation) WHERE organisation IS NOT NULL;

CREATE TRIGGER events_are_never_altered BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TABLE idempotency_keys (
  token       TEXT    NOT NULL REFERENCES tokens (id),
  key         TEXT    NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  fingerprint BLOB    NOT NULL CHECK (length(fingerprint) = 32),
  created_at  INTEGER NOT NULL,
  status      INTEGER NOT NULL CHECK (status BETWEEN 100 AND 599),
  location    TEXT,
  entity_tag  TEXT,
  body        BLOB    NOT NULL,
  PRIMARY KEY (token, key)
) STRICT;

CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);
