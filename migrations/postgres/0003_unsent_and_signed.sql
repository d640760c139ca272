-- What an author typed that could not be saved as an answer. The page it was typed on
-- is kept only as a keyed hash, and named inside the sealed content: which prompts
-- were answered is as private as the answers.
CREATE TABLE unsent (
    report_id     TEXT        NOT NULL REFERENCES report (id),
    account_id    TEXT        NOT NULL REFERENCES account (id),
    page          BYTEA       NOT NULL,
    content       BYTEA       NOT NULL,
    at            TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (report_id, account_id, page)
);

-- A signed report takes in nothing more.
ALTER TABLE report ADD COLUMN signed_at TIMESTAMPTZ;
ALTER TABLE report ADD COLUMN signed_by TEXT REFERENCES account (id);
