-- Leases of import jobs. Those that have expired are deleted in small steps.
CREATE TABLE usages (
  icc         INTEGER NOT NULL REFERENCES iccs (seq),
  key         TEXT    NOT NULL CHECK (length(key) BETWEEN 1 AND 128),
  description TEXT    NOT NULL CHECK (length(description) <= 1000),
  expires_at  INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  created_by  TEXT    NOT NULL CHECK (created_by <> ''),
  PRIMARY KEY (icc, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX usages_expiry ON usages (expires_at);
