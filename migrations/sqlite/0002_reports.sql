-- A report. Nothing here says who it is about: `head` (the case file as it now
-- stands) and `summary` (what a list shows) are sealed, and can be made again from
-- the revisions.
CREATE TABLE report (
    id            TEXT     NOT NULL PRIMARY KEY,
    owner_id      TEXT     NOT NULL REFERENCES account (id),
    fictional     INTEGER  NOT NULL,
    pack_version  TEXT     NOT NULL,
    created_at    TEXT     NOT NULL,
    updated_at    TEXT     NOT NULL,
    revision      INTEGER  NOT NULL,
    head          BLOB     NOT NULL,
    summary       BLOB     NOT NULL
) STRICT;

CREATE INDEX report_owner ON report (owner_id, updated_at);

-- The log of writes a report consists of. Rows are added and never changed. The
-- sealed content holds the place as well as the value: which prompts were answered
-- is as private as the answers.
CREATE TABLE revision (
    report_id     TEXT     NOT NULL REFERENCES report (id),
    seq           INTEGER  NOT NULL,
    content       BLOB     NOT NULL,
    by_account_id TEXT     NOT NULL REFERENCES account (id),
    at            TEXT     NOT NULL,
    PRIMARY KEY (report_id, seq)
) STRICT, WITHOUT ROWID;

-- Keyed hashes of the words of her name and of reference numbers, to find a report
-- by. Replaced whenever the summary is.
CREATE TABLE report_word (
    report_id     TEXT     NOT NULL REFERENCES report (id),
    word          BLOB     NOT NULL,
    PRIMARY KEY (word, report_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX report_word_report ON report_word (report_id);

-- Who did what, when, to which report: never any content.
CREATE TABLE audit (
    id            TEXT     NOT NULL PRIMARY KEY,
    at            TEXT     NOT NULL,
    account_id    TEXT     REFERENCES account (id),
    report_id     TEXT     REFERENCES report (id),
    action        TEXT     NOT NULL
) STRICT;

CREATE INDEX audit_report ON audit (report_id, at);
