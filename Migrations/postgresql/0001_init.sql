-- The registry's schema on PostgreSQL. Once released, a migration is never edited: a change is a new file.
-- Moments are milliseconds since 1970-01-01T00:00:00Z. Texts are compared by their bytes, as in the other store.
-- All writers take one lock (see PostgreSQLWriter), so `seq` is in the order of commits in every table.

CREATE TABLE migrations (
  number     bigint PRIMARY KEY,
  name       text   NOT NULL UNIQUE,
  checksum   bytea  NOT NULL CHECK (length(checksum) = 32),
  applied_at bigint NOT NULL
);

-- Refuses the change, with the trigger's argument as the message.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$;

CREATE TABLE organisations (
  seq        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id         text COLLATE "C" NOT NULL UNIQUE CHECK (char_length(id) BETWEEN 1 AND 63),
  name       text   NOT NULL CHECK (name <> ''),
  version    bigint NOT NULL DEFAULT 1 CHECK (version >= 1),
  created_at bigint NOT NULL,
  created_by text   NOT NULL,
  deleted_at bigint
);

CREATE TRIGGER organisations_stay_deleted BEFORE UPDATE ON organisations FOR EACH ROW
WHEN (NEW.seq <> OLD.seq OR NEW.id <> OLD.id
  OR (OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS DISTINCT FROM OLD.deleted_at))
EXECUTE FUNCTION refuse_change('an identifier is never used twice');

CREATE TRIGGER organisations_count_their_versions BEFORE UPDATE ON organisations FOR EACH ROW
WHEN (NEW.version <> OLD.version + 1)
EXECUTE FUNCTION refuse_change('a change of an organisation has its next version');

CREATE TRIGGER organisations_stay BEFORE DELETE OR TRUNCATE ON organisations
EXECUTE FUNCTION refuse_change('an organisation stays on record');

-- The number of live ICCs, for quotas and lists: a create must not count rows.
CREATE TABLE organisation_counts (
  organisation text COLLATE "C" PRIMARY KEY REFERENCES organisations (id),
  iccs         bigint NOT NULL CHECK (iccs >= 0)
) WITH (fillfactor = 50);

CREATE FUNCTION add_organisation_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO organisation_counts (organisation, iccs) VALUES (NEW.id, 0);
  RETURN NULL;
END $$;

CREATE TRIGGER organisations_have_counts AFTER INSERT ON organisations FOR EACH ROW
EXECUTE FUNCTION add_organisation_count();

-- The organisation that a request means when it names none.
INSERT INTO organisations (id, name, created_at, created_by)
VALUES ('default', 'Default', floor(extract(epoch FROM now()))::bigint * 1000, 'command-line');

CREATE FUNCTION require_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM organisations WHERE id = NEW.organisation AND deleted_at IS NULL) THEN
    RAISE EXCEPTION 'no such organisation' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

-- The columns that end with `_folded` have the case-insensitive form of a text, for searches.
CREATE TABLE iccs (
  seq                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id                  text COLLATE "C" NOT NULL UNIQUE CHECK (char_length(id) = 30 AND starts_with(id, 'icc_')),
  organisation        text COLLATE "C" NOT NULL REFERENCES organisations (id),
  name                text COLLATE "C" NOT NULL CHECK (name <> ''),
  name_folded         text COLLATE "C" NOT NULL CHECK (name_folded <> ''),
  description         text COLLATE "C" NOT NULL CHECK (char_length(description) <= 1000),
  description_folded  text COLLATE "C" NOT NULL,
  connector_type      text COLLATE "C" NOT NULL CHECK (connector_type IN ('s3-cross-account')),
  status              text    NOT NULL CHECK (status IN ('draft', 'unverified', 'verified', 'insecure', 'failing')),
  enabled             boolean NOT NULL,
  user_arn            text COLLATE "C",
  session_name        text    NOT NULL CHECK (char_length(session_name) BETWEEN 2 AND 64),
  bucket_name         text COLLATE "C" NOT NULL CHECK (char_length(bucket_name) BETWEEN 3 AND 63),
  bucket_owner        text    CHECK (bucket_owner ~ '^[0-9]{12}$'),
  prefix              text    NOT NULL CHECK (octet_length(prefix) <= 1024),
  prefix_folded       text COLLATE "C" NOT NULL,
  filenames           text    NOT NULL CHECK (starts_with(filenames, '[')),
  kms_key_arn         text,
  external_id         bytea   NOT NULL CHECK (length(external_id) = 32),
  pending_external_id bytea   CHECK (length(pending_external_id) = 32 AND pending_external_id <> external_id),
  last_verification   text    CHECK (starts_with(last_verification, '{')),
  alarm_at            bigint,
  held                boolean NOT NULL CHECK (NOT held OR alarm_at IS NOT NULL),
  version             bigint  NOT NULL CHECK (version >= 1),
  created_at          bigint  NOT NULL,
  created_by          text    NOT NULL,
  updated_at          bigint  NOT NULL CHECK (updated_at >= created_at),
  updated_by          text    NOT NULL,
  deleted_at          bigint,
  CHECK ((status = 'draft') = (user_arn IS NULL))
);

CREATE UNIQUE INDEX iccs_live_names ON iccs (organisation, name_folded) WHERE deleted_at IS NULL;
CREATE INDEX iccs_deleted_names ON iccs (organisation, name_folded) WHERE deleted_at IS NOT NULL;
CREATE INDEX iccs_organisation ON iccs (organisation, seq);
CREATE INDEX iccs_live_user_arns ON iccs (user_arn, organisation) WHERE user_arn IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX iccs_updated ON iccs (updated_at, seq);
CREATE INDEX iccs_alarms ON iccs (seq) WHERE alarm_at IS NOT NULL;

CREATE TRIGGER iccs_stay BEFORE DELETE OR TRUNCATE ON iccs
EXECUTE FUNCTION refuse_change('an ICC stays on record');

CREATE TRIGGER iccs_need_an_organisation BEFORE INSERT ON iccs FOR EACH ROW
EXECUTE FUNCTION require_organisation();

CREATE TRIGGER iccs_come_back_to_an_organisation BEFORE UPDATE ON iccs FOR EACH ROW
WHEN (NEW.deleted_at IS NULL)
EXECUTE FUNCTION require_organisation();

CREATE TRIGGER iccs_keep_their_origin BEFORE UPDATE ON iccs FOR EACH ROW
WHEN (NEW.seq <> OLD.seq OR NEW.id <> OLD.id OR NEW.organisation <> OLD.organisation
  OR NEW.connector_type <> OLD.connector_type OR NEW.created_at <> OLD.created_at OR NEW.created_by <> OLD.created_by)
EXECUTE FUNCTION refuse_change('where an ICC comes from does not change');

CREATE TRIGGER iccs_count_their_versions BEFORE UPDATE ON iccs FOR EACH ROW
WHEN (NEW.version <> OLD.version + 1)
EXECUTE FUNCTION refuse_change('a change is the next version');

-- Every external ID ever issued. The primary key is what holds them unique for ever: a row is never deleted, and one that
-- is retired stays so. The value in the CHECK is the one that the public article shows.
CREATE TABLE external_ids (
  external_id bytea  PRIMARY KEY
    CHECK (length(external_id) = 32
      AND external_id <> '\xd68b1db43ed52e7e0297dbaca2bad20f40d4faaf92b5349891f08fddde530e23'),
  icc         bigint NOT NULL REFERENCES iccs (seq),
  state       text   NOT NULL CHECK (state IN ('live', 'pending', 'retired')),
  issued_at   bigint NOT NULL,
  retired_at  bigint,
  CHECK ((state = 'retired') = (retired_at IS NOT NULL))
);

CREATE UNIQUE INDEX external_ids_in_use ON external_ids (icc, state) WHERE state <> 'retired';

CREATE TRIGGER external_ids_stay BEFORE DELETE OR TRUNCATE ON external_ids
EXECUTE FUNCTION refuse_change('an external ID stays on record');

CREATE TRIGGER external_ids_only_move_on BEFORE UPDATE ON external_ids FOR EACH ROW
WHEN (NEW.external_id <> OLD.external_id OR NEW.icc <> OLD.icc OR NEW.issued_at <> OLD.issued_at
  OR OLD.state = 'retired' OR (OLD.state = 'live' AND NEW.state = 'pending'))
EXECUTE FUNCTION refuse_change('a retired external ID stays retired');

-- `organisation` is the one of a token that belongs to one; `organisations` are those of a token that belongs to several.
-- It and `address_blocks` have a space before, between and after their words.
CREATE TABLE tokens (
  seq            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id             text COLLATE "C" NOT NULL UNIQUE CHECK (char_length(id) = 30 AND starts_with(id, 'tok_')),
  hash           bytea  NOT NULL UNIQUE CHECK (length(hash) = 32),
  name           text   NOT NULL CHECK (name <> ''),
  role           text   NOT NULL
    CHECK (role IN ('admin', 'owner', 'editor', 'viewer', 'auditor', 'connector', 'monitor')),
  organisation   text COLLATE "C" REFERENCES organisations (id),
  organisations  text COLLATE "C" CHECK (organisations LIKE ' _% _% '),
  address_blocks text   CHECK (address_blocks LIKE ' _% '),
  last_four      text   CHECK (char_length(last_four) = 4),
  created_at     bigint NOT NULL,
  created_by     text COLLATE "C" NOT NULL,
  expires_at     bigint,
  revoked_at     bigint,
  last_used_at   bigint,
  CHECK (
    CASE
      WHEN role IN ('owner', 'editor', 'viewer') THEN organisation IS NOT NULL AND organisations IS NULL
      WHEN role IN ('auditor', 'connector') THEN organisation IS NULL OR organisations IS NULL
      ELSE organisation IS NULL AND organisations IS NULL
    END)
);

CREATE INDEX tokens_organisation ON tokens (organisation) WHERE organisation IS NOT NULL;
CREATE INDEX tokens_of_several_organisations ON tokens (seq) WHERE organisations IS NOT NULL;
CREATE INDEX tokens_created_by ON tokens (created_by);
CREATE INDEX tokens_not_revoked ON tokens (organisation, expires_at)
WHERE organisation IS NOT NULL AND revoked_at IS NULL;

CREATE TRIGGER tokens_need_their_organisation BEFORE INSERT ON tokens FOR EACH ROW
WHEN (NEW.organisation IS NOT NULL)
EXECUTE FUNCTION require_organisation();

CREATE FUNCTION require_organisations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM unnest(string_to_array(trim(NEW.organisations), ' ')) AS named WHERE NOT EXISTS (
    SELECT 1 FROM organisations WHERE id = named AND deleted_at IS NULL)) THEN
    RAISE EXCEPTION 'no such organisation' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER tokens_need_their_organisations BEFORE INSERT ON tokens FOR EACH ROW
WHEN (NEW.organisations IS NOT NULL)
EXECUTE FUNCTION require_organisations();

CREATE TRIGGER tokens_stay BEFORE DELETE OR TRUNCATE ON tokens
EXECUTE FUNCTION refuse_change('a token stays on record');

CREATE TRIGGER tokens_stay_revoked BEFORE UPDATE ON tokens FOR EACH ROW
WHEN (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
EXECUTE FUNCTION refuse_change('a revoked token stays revoked');

CREATE TRIGGER tokens_keep_their_origin BEFORE UPDATE ON tokens FOR EACH ROW
WHEN (NEW.seq <> OLD.seq OR NEW.id <> OLD.id OR NEW.hash <> OLD.hash OR NEW.name <> OLD.name OR NEW.role <> OLD.role
  OR NEW.organisation IS DISTINCT FROM OLD.organisation OR NEW.created_at <> OLD.created_at
  OR NEW.created_by <> OLD.created_by OR NEW.expires_at IS DISTINCT FROM OLD.expires_at
  OR NEW.last_four IS DISTINCT FROM OLD.last_four OR NEW.organisations IS DISTINCT FROM OLD.organisations
  OR NEW.address_blocks IS DISTINCT FROM OLD.address_blocks)
EXECUTE FUNCTION refuse_change('where a token comes from does not change');

-- The audit trail. `hash` is SHA-256 over the hash before and this row's fields. `number` counts the events of a subject
-- without those that only administrators see.
CREATE TABLE events (
  seq                 bigint  PRIMARY KEY CHECK (seq >= 1),
  at                  bigint  NOT NULL,
  kind                text    NOT NULL CHECK (kind <> ''),
  administrators_only boolean NOT NULL,
  actor               text    NOT NULL CHECK (actor <> ''),
  address             text,
  request_id          text,
  organisation        text COLLATE "C",
  subject             text COLLATE "C" NOT NULL CHECK (subject <> ''),
  version             bigint,
  changes             text    NOT NULL CHECK (starts_with(changes, '{')),
  hash                bytea   NOT NULL CHECK (length(hash) = 32),
  number              bigint  CHECK (number IS NULL OR (number >= 1 AND NOT administrators_only))
);

CREATE INDEX events_subject ON events (subject, seq);
CREATE INDEX events_organisation ON events (organisation, seq)
WHERE organisation IS NOT NULL AND kind NOT IN ('user-arn.shared', 'icc.released');

-- The numbers have no gap, so a reader of the change feed that has seen one has seen all before it.
CREATE FUNCTION require_next_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq <> coalesce((SELECT max(seq) FROM events), 0) + 1 THEN
    RAISE EXCEPTION 'an event has the next number' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER events_are_numbered BEFORE INSERT ON events FOR EACH ROW
EXECUTE FUNCTION require_next_event();

CREATE TRIGGER events_are_never_altered BEFORE UPDATE OR DELETE OR TRUNCATE ON events
EXECUTE FUNCTION refuse_change('the audit trail is append-only');

CREATE TABLE idempotency_keys (
  token       text COLLATE "C" NOT NULL REFERENCES tokens (id),
  key         text COLLATE "C" NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
  fingerprint bytea   NOT NULL CHECK (length(fingerprint) = 32),
  created_at  bigint  NOT NULL,
  status      integer NOT NULL CHECK (status BETWEEN 100 AND 599),
  location    text,
  entity_tag  text,
  body        bytea   NOT NULL,
  PRIMARY KEY (token, key)
);

CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);

CREATE TABLE token_counts (
  token            text COLLATE "C" PRIMARY KEY REFERENCES tokens (id),
  idempotency_keys bigint NOT NULL CHECK (idempotency_keys >= 0)
) WITH (fillfactor = 50);

CREATE FUNCTION count_idempotency_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE token_counts SET idempotency_keys = idempotency_keys - 1 WHERE token = OLD.token;
  ELSE
    INSERT INTO token_counts (token, idempotency_keys) VALUES (NEW.token, 1)
      ON CONFLICT (token) DO UPDATE SET idempotency_keys = token_counts.idempotency_keys + 1;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER idempotency_keys_are_counted AFTER INSERT OR DELETE ON idempotency_keys FOR EACH ROW
EXECUTE FUNCTION count_idempotency_keys();

-- Live checks of ICCs against AWS. `document` is what was answered, as JSON.
CREATE TABLE verifications (
  seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  icc         bigint NOT NULL REFERENCES iccs (seq),
  started_at  bigint NOT NULL,
  icc_version bigint NOT NULL CHECK (icc_version >= 1),
  verdict     text   NOT NULL CHECK (verdict IN ('verified', 'insecure', 'failing', 'inconclusive')),
  document    text   NOT NULL CHECK (starts_with(document, '{'))
);

CREATE INDEX verifications_icc ON verifications (icc, seq);

CREATE TRIGGER verifications_are_never_altered BEFORE UPDATE ON verifications
EXECUTE FUNCTION refuse_change('a verification stays as it was');

-- Leases of import jobs. Those that have expired are deleted in small steps.
CREATE TABLE usages (
  icc         bigint NOT NULL REFERENCES iccs (seq),
  key         text COLLATE "C" NOT NULL CHECK (char_length(key) BETWEEN 1 AND 128),
  description text   NOT NULL CHECK (char_length(description) <= 1000),
  expires_at  bigint NOT NULL,
  created_at  bigint NOT NULL,
  created_by  text   NOT NULL CHECK (created_by <> ''),
  PRIMARY KEY (icc, key)
);

CREATE INDEX usages_expiry ON usages (expires_at);

-- Cursors contain row numbers, so they are sealed with this key, which is the same for all instances.
CREATE TABLE secrets (
  name  text  PRIMARY KEY CHECK (name <> ''),
  value bytea NOT NULL CHECK (length(value) = 32)
);

INSERT INTO secrets (name, value) VALUES (
  'cursors',
  sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

-- The last transaction of each instance's writer. After a lost connection it says whether that transaction was committed.
CREATE TABLE writers (
  id      bytea  PRIMARY KEY CHECK (length(id) = 16),
  batch   bigint NOT NULL,
  used_at bigint NOT NULL
) WITH (fillfactor = 50);

-- Counts for metrics: a scrape must not read a million rows.
CREATE TABLE counts (
  name  text   PRIMARY KEY CHECK (name <> ''),
  value bigint NOT NULL CHECK (value >= 0)
) WITH (fillfactor = 50);

INSERT INTO counts (name, value) VALUES
  ('iccs.draft', 0), ('iccs.unverified', 0), ('iccs.verified', 0), ('iccs.insecure', 0), ('iccs.failing', 0),
  ('user-arn.shared', 0), ('alarms.listed', 0), ('alarms.held', 0);

CREATE FUNCTION add_to_count(counted text, step integer) RETURNS void LANGUAGE sql AS $$
UPDATE counts SET value = value + step WHERE name = counted $$;

CREATE FUNCTION alarm_count(held boolean) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN held THEN 'alarms.held' ELSE 'alarms.listed' END $$;

-- Counts the row before the change as one less, and the row after it as one more.
CREATE FUNCTION count_iccs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.deleted_at IS NULL THEN
    PERFORM add_to_count('iccs.' || OLD.status, -1);
    IF OLD.alarm_at IS NOT NULL THEN PERFORM add_to_count(alarm_count(OLD.held), -1); END IF;
    UPDATE organisation_counts SET iccs = iccs - 1 WHERE organisation = OLD.organisation;
  END IF;
  IF NEW.deleted_at IS NULL THEN
    PERFORM add_to_count('iccs.' || NEW.status, 1);
    IF NEW.alarm_at IS NOT NULL THEN PERFORM add_to_count(alarm_count(NEW.held), 1); END IF;
    UPDATE organisation_counts SET iccs = iccs + 1 WHERE organisation = NEW.organisation;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER iccs_are_counted AFTER INSERT ON iccs FOR EACH ROW
EXECUTE FUNCTION count_iccs();

CREATE TRIGGER iccs_are_counted_again AFTER UPDATE ON iccs FOR EACH ROW
WHEN (NEW.status <> OLD.status OR (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
  OR (NEW.alarm_at IS NULL) <> (OLD.alarm_at IS NULL) OR NEW.held <> OLD.held)
EXECUTE FUNCTION count_iccs();

CREATE FUNCTION count_shared_roles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM add_to_count('user-arn.shared', 1);
  RETURN NULL;
END $$;

CREATE TRIGGER shared_roles_are_counted AFTER INSERT ON events FOR EACH ROW
WHEN (NEW.kind = 'user-arn.shared')
EXECUTE FUNCTION count_shared_roles();
