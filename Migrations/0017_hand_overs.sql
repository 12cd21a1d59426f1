-- Links by which the customer's AWS administrator sets up one ICC without a token. Only the hash of a link's secret is
-- stored. `permissions` has a space before, between and after its words, like the words of tokens. A link stays on record.
CREATE TABLE hand_overs (
  seq          INTEGER PRIMARY KEY,
  id           TEXT    NOT NULL UNIQUE CHECK (length(id) = 30 AND substr(id, 1, 4) = 'hov_'),
  hash         BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),
  icc          INTEGER NOT NULL REFERENCES iccs (seq),
  permissions  TEXT    CHECK (permissions GLOB ' ?* '),
  created_at   INTEGER NOT NULL,
  created_by   TEXT    NOT NULL CHECK (created_by <> ''),
  expires_at   INTEGER NOT NULL,
  max_uses     INTEGER NOT NULL CHECK (max_uses BETWEEN 1 AND 10000),
  uses         INTEGER NOT NULL DEFAULT 0 CHECK (uses BETWEEN 0 AND max_uses),
  last_used_at INTEGER,
  revoked_at   INTEGER
) STRICT;

CREATE INDEX hand_overs_icc ON hand_overs (icc, seq);

CREATE TRIGGER hand_overs_stay BEFORE DELETE ON hand_overs
BEGIN SELECT RAISE(ABORT, 'a hand-over stays on record'); END;

CREATE TRIGGER hand_overs_stay_revoked BEFORE UPDATE ON hand_overs
WHEN OLD.revoked_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a revoked hand-over stays as it is'); END;

CREATE TRIGGER hand_overs_count_up BEFORE UPDATE ON hand_overs
WHEN NEW.uses < OLD.uses
BEGIN SELECT RAISE(ABORT, 'the uses of a hand-over are only counted up'); END;

CREATE TRIGGER hand_overs_keep_their_limits BEFORE UPDATE ON hand_overs
WHEN NEW.seq <> OLD.seq OR NEW.id <> OLD.id OR NEW.hash <> OLD.hash OR NEW.icc <> OLD.icc
  OR NEW.permissions IS NOT OLD.permissions OR NEW.created_at <> OLD.created_at OR NEW.created_by <> OLD.created_by
  OR NEW.expires_at <> OLD.expires_at OR NEW.max_uses <> OLD.max_uses
BEGIN SELECT RAISE(ABORT, 'the limits of a hand-over do not change'); END;
