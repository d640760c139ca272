-- What a report's log added up to at some revision, sealed. It is written every so
-- many revisions and not with each, and what was written since is laid over it when
-- the report is read. Beside the report and not in it, so that neither a save nor a
-- list has to move it.
CREATE TABLE report_head (
    report_id     TEXT        NOT NULL PRIMARY KEY REFERENCES report (id),
    revision      BIGINT      NOT NULL,
    content       BYTEA       NOT NULL
);

INSERT INTO report_head (report_id, revision, content) SELECT id, revision, head FROM report;

ALTER TABLE report DROP COLUMN head;
