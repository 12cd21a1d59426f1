-- A token never changes, except that it is used and revoked. Without this, one UPDATE makes a viewer an administrator, or
-- puts the hash of another token in its place.
CREATE TRIGGER tokens_keep_their_origin BEFORE UPDATE ON tokens
WHEN NEW.seq <> OLD.seq OR NEW.id <> OLD.id OR NEW.hash <> OLD.hash OR NEW.name <> OLD.name OR NEW.role <> OLD.role
  OR NEW.organisation IS NOT OLD.organisation OR NEW.created_at <> OLD.created_at OR NEW.created_by <> OLD.created_by
  OR NEW.expires_at IS NOT OLD.expires_at OR NEW.last_four IS NOT OLD.last_four
BEGIN SELECT RAISE(ABORT, 'where a token comes from does not change'); END;
