-- The files under the prefix that may be imported: a JSON array of names with wildcards. An empty one means all of them.
ALTER TABLE iccs ADD COLUMN filenames TEXT NOT NULL DEFAULT '[]' CHECK (substr(filenames, 1, 1) = '[');
