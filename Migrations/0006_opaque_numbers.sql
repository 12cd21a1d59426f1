-- An organisation must not learn from the numbers that it sees how much happens in others. To it, the events of an ICC (or
-- of another subject) are numbered from 1, without those that only administrators see.
ALTER TABLE events ADD COLUMN number INTEGER CHECK (number IS NULL OR (number >= 1 AND administrators_only = 0));

DROP TRIGGER events_are_never_altered;

UPDATE events SET number = counted.number
FROM (
  SELECT seq, row_number() OVER (PARTITION BY subject ORDER BY seq) AS number FROM events WHERE administrators_only = 0
) AS counted
WHERE counted.seq = events.seq;

CREATE TRIGGER events_are_never_altered BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

-- Cursors contain row numbers, so they are sealed with this key. It is kept, so that a list can be read on after a restart.
CREATE TABLE secrets (
  name  TEXT PRIMARY KEY CHECK (name <> ''),
  value BLOB NOT NULL CHECK (length(value) = 32)
) STRICT, WITHOUT ROWID;

INSERT INTO secrets (name, value) VALUES ('cursors', randomblob(32));
