-- The instance that does a job which one instance at a time does, until the lease expires by the server's clock.
CREATE TABLE leases (
  job        text   PRIMARY KEY CHECK (job <> ''),
  holder     bytea  NOT NULL CHECK (length(holder) = 16),
  expires_at bigint NOT NULL
) WITH (fillfactor = 50);
