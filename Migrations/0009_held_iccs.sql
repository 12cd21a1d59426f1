-- An ICC that names a role which another organisation already uses raises an alarm, and is held until an administrator
-- releases it. Roles that are shared already keep working: their alarm is listed, and their ICCs are not held.
ALTER TABLE iccs ADD COLUMN alarm_at INTEGER;
ALTER TABLE iccs ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held = 0 OR (held = 1 AND alarm_at IS NOT NULL));

CREATE INDEX iccs_alarms ON iccs (seq) WHERE alarm_at IS NOT NULL;

-- The alarms that are set here do not change the ICCs, so their versions stay.
DROP TRIGGER iccs_count_their_versions;

UPDATE iccs SET alarm_at = coalesce(
    (SELECT max(at) FROM events WHERE subject = iccs.id AND kind = 'user-arn.shared'), iccs.updated_at)
FROM (
  SELECT user_arn, min(seq) AS first FROM iccs WHERE user_arn IS NOT NULL AND deleted_at IS NULL
  GROUP BY user_arn HAVING min(organisation) <> max(organisation)
) AS shared JOIN iccs AS earliest ON earliest.seq = shared.first
WHERE iccs.user_arn = shared.user_arn AND iccs.deleted_at IS NULL AND iccs.organisation <> earliest.organisation;

CREATE TRIGGER iccs_count_their_versions BEFORE UPDATE ON iccs WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'a change is the next version'); END;

INSERT INTO counts (name, value) SELECT 'alarms.listed', count(*) FROM iccs
  WHERE alarm_at IS NOT NULL AND deleted_at IS NULL;
INSERT INTO counts (name, value) VALUES ('alarms.held', 0);

CREATE TRIGGER alarms_are_counted AFTER INSERT ON iccs WHEN NEW.alarm_at IS NOT NULL AND NEW.deleted_at IS NULL
BEGIN
  UPDATE counts SET value = value + 1 WHERE name = 'alarms.' || CASE NEW.held WHEN 1 THEN 'held' ELSE 'listed' END;
END;

CREATE TRIGGER alarms_are_counted_again AFTER UPDATE OF alarm_at, held, deleted_at ON iccs
WHEN OLD.alarm_at IS NOT NULL OR NEW.alarm_at IS NOT NULL
BEGIN
  UPDATE counts SET value = value - 1 WHERE OLD.alarm_at IS NOT NULL AND OLD.deleted_at IS NULL
    AND name = 'alarms.' || CASE OLD.held WHEN 1 THEN 'held' ELSE 'listed' END;
  UPDATE counts SET value = value + 1 WHERE NEW.alarm_at IS NOT NULL AND NEW.deleted_at IS NULL
    AND name = 'alarms.' || CASE NEW.held WHEN 1 THEN 'held' ELSE 'listed' END;
END;
