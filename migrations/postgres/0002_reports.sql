-- A report. Nothing here says who it is about: `head` (the case file as it now
-- stands) and `summary` (what a list shows) are sealed, and can be made again from
-- the revisions.
CREATE TABLE report (
    id            TEXT        NOT NULL PRIMARY KEY,
    owner_id      TEXT        NOT NULL REFERENCES account (id),
    fictional     BOOLEAN     NOT NULL,
    pack_version  TEXT        NOT NULL,
    created_at    TIMESTAMPTZ NOT NULL,
    updated_at    TIMESTAMPTZ NOT NULL,
    revision      BIGINT      NOT NULL,
    head          BYTEA       NOT NULL,
    summary       BYTEA       NOT NULL
);

CREATE INDEX report_owner ON report (owner_id, updated_at);

-- The log of writes a report consists of. Rows are added and never changed. The
-- sealed content holds the place as well as the value: which prompts were answered
-- is as private as the answers.
CREATE TABLE revision (
    report_id     TEXT        NOT NULL REFERENCES report (id),
    seq           BIGINT      NOT NULL,
    content       BYTEA       NOT NULL,
    by_account_id TEXT        NOT NULL REFERENCES account (id),
    at            TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (report_id, seq)
);

-- Keyed hashes of the words of her name and of reference numbers, to find a report
-- by. Replaced whenever the summary is.
CREATE TABLE report_word (
    report_id     TEXT        NOT NULL REFERENCES report (id),
    word          BYTEA       NOT NULL,
    PRIMARY KEY (word, report_id)
);

CREATE INDEX report_word_report ON report_word (report_id);

-- Who did what, when, to which report: never any content.
CREATE TABLE audit (
    id            TEXT        NOT NULL PRIMARY KEY,
    at            TIMESTAMPTZ NOT NULL,
    account_id    TEXT        REFERENCES account (id),
    report_id     TEXT        REFERENCES report (id),
    action        TEXT        NOT NULL
);

CREATE INDEX audit_report ON audit (report_id, at);
