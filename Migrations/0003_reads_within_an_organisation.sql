-- An ICC is looked up by organisation and identifier in one probe, so that another organisation's ICC and none take the
-- same steps and touch the same pages: both are missed in the part of the index that belongs to the organisation asking.
CREATE UNIQUE INDEX iccs_of_organisation ON iccs (organisation, id);

-- Its place is paid for: nobody reads the events of an organisation but through one of its ICCs (`events_subject`).
DROP INDEX events_organisation;
