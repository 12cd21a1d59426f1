-- What an ICC is for, in the customer's words, and the account that owns the bucket if it is not the role's.
ALTER TABLE iccs ADD COLUMN description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 1000);
ALTER TABLE iccs ADD COLUMN bucket_owner TEXT CHECK (length(bucket_owner) = 12 AND bucket_owner NOT GLOB '*[^0-9]*');
