-- What an author typed that could not be saved as an answer. The page it was typed on
-- is kept only as a keyed hash, and named inside the sealed content: which prompts
-- were answered is as private as the answers.
CREATE TABLE unsent (
    report_id     TEXT     NOT NULL REFERENCES report (id),
    account_id    TEXT     NOT NULL REFERENCES account (id),
    page          BLOB     NOT NULL,
    content       BLOB     NOT NULL,
    at            TEXT     NOT NULL,
    PRIMARY KEY (report_id, account_id, page)
) STRICT;

-- A signed report takes in nothing more.
ALTER TABLE report ADD COLUMN signed_at TEXT;
ALTER TABLE report ADD COLUMN signed_by TEXT REFERENCES account (id);
