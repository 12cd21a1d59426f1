-- The last four characters of a token's text, which are part of its checksum: by them its bearer recognises it in a list.
ALTER TABLE tokens ADD COLUMN last_four TEXT CHECK (length(last_four) = 4);
