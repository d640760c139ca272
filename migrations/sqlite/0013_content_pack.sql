-- The parts of each content pack that a report was begun or read with: titles and
-- fingerprints, no case content. With them a report can say what has changed since, long
-- after the pack itself is gone.
CREATE TABLE content_pack (
    version       TEXT     NOT NULL PRIMARY KEY,
    parts         TEXT     NOT NULL
) STRICT;

-- The version whose changes the author has read; where there is none, the one the report
-- began with.
ALTER TABLE report ADD COLUMN content_read TEXT;
