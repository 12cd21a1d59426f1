-- For the list of all organisations' ICCs by their last change. A create appends to its end.
CREATE INDEX iccs_updated ON iccs (updated_at);

-- For the list of deleted ICCs by name. A create does not touch it.
CREATE INDEX iccs_deleted_names ON iccs (organisation, name_folded) WHERE deleted_at IS NOT NULL;
