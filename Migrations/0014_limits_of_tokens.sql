-- More roles, tokens of several organisations, and tokens that can be used from some addresses only. A CHECK cannot be
-- changed in place, so the table is rebuilt (https://sqlite.org/lang_altertable.html#otheralter). `organisation` is the
-- one of a token that belongs to one; `organisations` are those of a token that belongs to several. It and `address_blocks`
-- have a space before, between and after their words: the functions of JSON are not trusted in a schema.
CREATE TABLE tokens_with_limits (
  seq            INTEGER PRIMARY KEY,
  id             TEXT    NOT NULL UNIQUE CHECK (length(id) = 30 AND substr(id, 1, 4) = 'tok_'),
  hash           BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),
  name           TEXT    NOT NULL CHECK (name <> ''),
  role           TEXT    NOT NULL
    CHECK (role IN ('admin', 'owner', 'editor', 'viewer', 'auditor', 'connector', 'monitor')),
  organisation   TEXT    REFERENCES organisations (id),
  created_at     INTEGER NOT NULL,
  created_by     TEXT    NOT NULL,
  expires_at     INTEGER,
  revoked_at     INTEGER,
  last_used_at   INTEGER,
  last_four      TEXT    CHECK (length(last_four) = 4),
  organisations  TEXT    CHECK (organisations GLOB ' ?* ?* '),
  address_blocks TEXT    CHECK (address_blocks GLOB ' ?* '),
  CHECK (
    CASE
      WHEN role IN ('owner', 'editor', 'viewer') THEN organisation IS NOT NULL AND organisations IS NULL
      WHEN role IN ('auditor', 'connector') THEN organisation IS NULL OR organisations IS NULL
      ELSE organisation IS NULL AND organisations IS NULL
    END)
) STRICT;

INSERT INTO tokens_with_limits (seq, id, hash, name, role, organisation, created_at, created_by, expires_at, revoked_at,
  last_used_at, last_four)
SELECT seq, id, hash, name, role, organisation, created_at, created_by, expires_at, revoked_at, last_used_at, last_four
FROM tokens;

DROP TRIGGER tokens_stay;
DROP TABLE tokens;
ALTER TABLE tokens_with_limits RENAME TO tokens;

CREATE INDEX tokens_organisation ON tokens (organisation) WHERE organisation IS NOT NULL;
CREATE INDEX tokens_of_several_organisations ON tokens (seq) WHERE organisations IS NOT NULL;
CREATE INDEX tokens_created_by ON tokens (created_by);
CREATE INDEX tokens_not_revoked ON tokens (organisation, expires_at) WHERE organisation IS NOT NULL AND revoked_at IS NULL;

CREATE TRIGGER tokens_need_their_organisation BEFORE INSERT ON tokens
WHEN NEW.organisation IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM organisations WHERE id = NEW.organisation AND deleted_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'no such organisation'); END;

CREATE TRIGGER tokens_need_their_organisations BEFORE INSERT ON tokens
WHEN NEW.organisations IS NOT NULL
  AND length(NEW.organisations) - length(replace(NEW.organisations, ' ', '')) - 1 <> (
    SELECT count(*) FROM organisations WHERE deleted_at IS NULL AND instr(NEW.organisations, ' ' || id || ' ') > 0)
BEGIN SELECT RAISE(ABORT, 'no such organisation'); END;

CREATE TRIGGER tokens_stay BEFORE DELETE ON tokens
BEGIN SELECT RAISE(ABORT, 'a token stays on record'); END;

CREATE TRIGGER tokens_stay_revoked BEFORE UPDATE ON tokens
WHEN OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NOT OLD.revoked_at
BEGIN SELECT RAISE(ABORT, 'a revoked token stays revoked'); END;

CREATE TRIGGER tokens_keep_their_origin BEFORE UPDATE ON tokens
WHEN NEW.seq <> OLD.seq OR NEW.id <> OLD.id OR NEW.hash <> OLD.hash OR NEW.name <> OLD.name OR NEW.role <> OLD.role
  OR NEW.organisation IS NOT OLD.organisation OR NEW.created_at <> OLD.created_at OR NEW.created_by <> OLD.created_by
  OR NEW.expires_at IS NOT OLD.expires_at OR NEW.last_four IS NOT OLD.last_four
  OR NEW.organisations IS NOT OLD.organisations OR NEW.address_blocks IS NOT OLD.address_blocks
BEGIN SELECT RAISE(ABORT, 'where a token comes from does not change'); END;

-- A token of some organisations reads the change feed: without an index, it would read past the events of all others.
-- Alarms are about other organisations. They are not in the index, so that they do not make a read slower.
CREATE INDEX events_organisation ON events (organisation, seq)
WHERE organisation IS NOT NULL AND kind NOT IN ('user-arn.shared', 'icc.released');
