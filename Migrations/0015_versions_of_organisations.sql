-- An organisation can be renamed, so it has a version like an ICC.
ALTER TABLE organisations ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1);

CREATE TRIGGER organisations_count_their_versions BEFORE UPDATE ON organisations
WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'a change of an organisation has its next version'); END;
