-- The tokens that a token has made are revoked with it: without an index, each revocation would read all tokens.
CREATE INDEX tokens_created_by ON tokens (created_by);
