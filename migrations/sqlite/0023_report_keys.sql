-- A key of its own for each report, sealed with the database's: whoever erases a report
-- deletes its key, and then nothing of it opens, wherever a copy of it may be. Without a
-- row here a report is none. A report from before this has an empty value, and gets its
-- key, with everything of it sealed anew, when the program next starts.
CREATE TABLE report_key (
    report_id     TEXT     NOT NULL PRIMARY KEY REFERENCES report (id),
    wrapped       BLOB     NOT NULL
) STRICT;

INSERT INTO report_key (report_id, wrapped) SELECT id, X'' FROM report;
