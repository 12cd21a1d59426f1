-- The rules of `status` and `state` say the same in other words: for `IN` with more than two values, SQLite builds a
-- temporary table in each INSERT and UPDATE. Only the texts of the rules change and no row, so the tables need not be
-- rebuilt (https://sqlite.org/lang_altertable.html#otheralter, the second procedure).
PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(sql,
  'status IN (''draft'', ''unverified'', ''verified'', ''insecure'', ''failing'')',
  'status = ''draft'' OR status = ''unverified'' OR status = ''verified'' OR status = ''insecure'' OR status = ''failing''')
WHERE type = 'table' AND name = 'iccs';

UPDATE sqlite_schema SET sql = replace(sql,
  'state IN (''live'', ''pending'', ''retired'')', 'state = ''live'' OR state = ''pending'' OR state = ''retired''')
WHERE type = 'table' AND name = 'external_ids';

PRAGMA writable_schema = RESET;

-- For the list of one organisation's ICCs by their last change. A create appends to the end of the organisation's part.
-- It also tells other connections that the schema has changed.
CREATE INDEX iccs_updated_in_organisation ON iccs (organisation, updated_at);
