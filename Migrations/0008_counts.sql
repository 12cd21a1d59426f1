-- Counts for metrics, kept by triggers: counting a million rows at each scrape would take seconds. A trigger changes one row
-- of a page that every commit has in its cache.
CREATE TABLE counts (
  name  TEXT    PRIMARY KEY CHECK (name <> ''),
  value INTEGER NOT NULL CHECK (value >= 0)
) STRICT, WITHOUT ROWID;

INSERT INTO counts (name, value) VALUES
  ('iccs.draft', 0), ('iccs.unverified', 0), ('iccs.verified', 0), ('iccs.insecure', 0), ('iccs.failing', 0);
UPDATE counts SET value = live.value
  FROM (SELECT 'iccs.' || status AS name, count(*) AS value FROM iccs WHERE deleted_at IS NULL GROUP BY status) AS live
  WHERE counts.name = live.name;
INSERT INTO counts (name, value) SELECT 'user-arn.shared', count(*) FROM events WHERE kind = 'user-arn.shared';

CREATE TRIGGER iccs_are_counted AFTER INSERT ON iccs WHEN NEW.deleted_at IS NULL
BEGIN UPDATE counts SET value = value + 1 WHERE name = 'iccs.' || NEW.status; END;

CREATE TRIGGER iccs_are_counted_again AFTER UPDATE OF status, deleted_at ON iccs
WHEN NEW.status <> OLD.status OR (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  UPDATE counts SET value = value - 1 WHERE name = 'iccs.' || OLD.status AND OLD.deleted_at IS NULL;
  UPDATE counts SET value = value + 1 WHERE name = 'iccs.' || NEW.status AND NEW.deleted_at IS NULL;
END;

CREATE TRIGGER shared_roles_are_counted AFTER INSERT ON events WHEN NEW.kind = 'user-arn.shared'
BEGIN UPDATE counts SET value = value + 1 WHERE name = 'user-arn.shared'; END;
