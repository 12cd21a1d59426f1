-- Live checks of ICCs against AWS. `document` is what was answered, as JSON.
CREATE TABLE verifications (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  icc         INTEGER NOT NULL REFERENCES iccs (seq),
  started_at  INTEGER NOT NULL,
  icc_version INTEGER NOT NULL CHECK (icc_version >= 1),
  verdict     TEXT    NOT NULL CHECK (verdict IN ('verified', 'insecure', 'failing', 'inconclusive')),
  document    TEXT    NOT NULL CHECK (substr(document, 1, 1) = '{')
) STRICT;

CREATE INDEX verifications_icc ON verifications (icc, seq);

CREATE TRIGGER verifications_are_never_altered BEFORE UPDATE ON verifications
BEGIN SELECT RAISE(ABORT, 'a verification stays as it was'); END;

-- The newest one's document once more, so that reading an ICC needs no second lookup.
ALTER TABLE iccs ADD COLUMN last_verification TEXT CHECK (substr(last_verification, 1, 1) = '{');
