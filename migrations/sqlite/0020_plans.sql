-- A woman's support and development plan with what was recorded against it: one row a
-- version, appended and never changed, the whole of it sealed. A save names the version it
-- saw; its own is the next.
CREATE TABLE plan_version (
    report_id         TEXT     NOT NULL REFERENCES report (id),
    number            INTEGER  NOT NULL,
    content           BLOB     NOT NULL,
    saved_by          TEXT     NOT NULL REFERENCES account (id),
    saved_at          TEXT     NOT NULL,
    PRIMARY KEY (report_id, number)
) STRICT;
