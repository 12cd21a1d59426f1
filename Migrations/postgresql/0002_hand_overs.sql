-- Links by which the customer's AWS administrator sets up one ICC without a token. Only the hash of a link's secret is
-- stored. `permissions` has a space before, between and after its words, like the words of tokens. A link stays on record.
CREATE TABLE hand_overs (
  seq          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id           text COLLATE "C" NOT NULL UNIQUE CHECK (char_length(id) = 30 AND substr(id, 1, 4) = 'hov_'),
  hash         bytea  NOT NULL UNIQUE CHECK (length(hash) = 32),
  icc          bigint NOT NULL REFERENCES iccs (seq),
  permissions  text   CHECK (permissions LIKE ' _% '),
  created_at   bigint NOT NULL,
  created_by   text   NOT NULL CHECK (created_by <> ''),
  expires_at   bigint NOT NULL,
  max_uses     bigint NOT NULL CHECK (max_uses BETWEEN 1 AND 10000),
  uses         bigint NOT NULL DEFAULT 0 CHECK (uses BETWEEN 0 AND max_uses),
  last_used_at bigint,
  revoked_at   bigint
);

CREATE INDEX hand_overs_icc ON hand_overs (icc, seq);

CREATE TRIGGER hand_overs_stay BEFORE DELETE ON hand_overs FOR EACH ROW
EXECUTE FUNCTION refuse_change('a hand-over stays on record');

CREATE TRIGGER hand_overs_stay_revoked BEFORE UPDATE ON hand_overs FOR EACH ROW
WHEN (OLD.revoked_at IS NOT NULL)
EXECUTE FUNCTION refuse_change('a revoked hand-over stays as it is');

CREATE TRIGGER hand_overs_count_up BEFORE UPDATE ON hand_overs FOR EACH ROW
WHEN (NEW.uses < OLD.uses)
EXECUTE FUNCTION refuse_change('the uses of a hand-over are only counted up');

CREATE TRIGGER hand_overs_keep_their_limits BEFORE UPDATE ON hand_overs FOR EACH ROW
WHEN (NEW.seq <> OLD.seq OR NEW.id <> OLD.id OR NEW.hash <> OLD.hash OR NEW.icc <> OLD.icc
  OR NEW.permissions IS DISTINCT FROM OLD.permissions OR NEW.created_at <> OLD.created_at
  OR NEW.created_by <> OLD.created_by OR NEW.expires_at <> OLD.expires_at OR NEW.max_uses <> OLD.max_uses)
EXECUTE FUNCTION refuse_change('the limits of a hand-over do not change');
