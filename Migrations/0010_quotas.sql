-- Counts for quotas, kept by triggers: a create must not count rows. They are not in `counts`, which each scrape of the
-- metrics reads as a whole.
CREATE TABLE organisation_counts (
  organisation TEXT    PRIMARY KEY REFERENCES organisations (id),
  iccs         INTEGER NOT NULL CHECK (iccs >= 0)
) STRICT, WITHOUT ROWID;

INSERT INTO organisation_counts (organisation, iccs)
  SELECT o.id, coalesce(live.value, 0) FROM organisations AS o LEFT JOIN (
    SELECT organisation, count(*) AS value FROM iccs WHERE deleted_at IS NULL GROUP BY organisation
  ) AS live ON live.organisation = o.id;

CREATE TRIGGER organisations_have_counts AFTER INSERT ON organisations
BEGIN INSERT INTO organisation_counts (organisation, iccs) VALUES (NEW.id, 0); END;

CREATE TRIGGER iccs_are_counted_by_organisation AFTER INSERT ON iccs WHEN NEW.deleted_at IS NULL
BEGIN UPDATE organisation_counts SET iccs = iccs + 1 WHERE organisation = NEW.organisation; END;

CREATE TRIGGER iccs_are_counted_by_organisation_again AFTER UPDATE OF deleted_at ON iccs
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  UPDATE organisation_counts SET iccs = iccs + CASE WHEN NEW.deleted_at IS NULL THEN 1 ELSE -1 END
    WHERE organisation = NEW.organisation;
END;

-- The tokens are those of `idempotency_keys`, which refers to `tokens`.
CREATE TABLE token_counts (
  token            TEXT    PRIMARY KEY,
  idempotency_keys INTEGER NOT NULL CHECK (idempotency_keys >= 0)
) STRICT, WITHOUT ROWID;

INSERT INTO token_counts (token, idempotency_keys) SELECT token, count(*) FROM idempotency_keys GROUP BY token;

CREATE TRIGGER idempotency_keys_are_counted AFTER INSERT ON idempotency_keys
BEGIN
  INSERT INTO token_counts (token, idempotency_keys) VALUES (NEW.token, 1)
    ON CONFLICT (token) DO UPDATE SET idempotency_keys = idempotency_keys + 1;
END;

CREATE TRIGGER idempotency_keys_are_counted_again AFTER DELETE ON idempotency_keys
BEGIN UPDATE token_counts SET idempotency_keys = idempotency_keys - 1 WHERE token = OLD.token; END;

-- Tokens expire without a change of a row, so a trigger cannot count the valid ones. This index has them in one range.
CREATE INDEX tokens_not_revoked ON tokens (organisation, expires_at)
WHERE organisation IS NOT NULL AND revoked_at IS NULL;
