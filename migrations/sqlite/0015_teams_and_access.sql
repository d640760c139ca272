-- Areas, and the teams that belong to them. An account belongs to one team or to none;
-- those that were there before belong to none, and so still see their own reports alone.
CREATE TABLE area (
    id            TEXT     NOT NULL PRIMARY KEY,
    name          TEXT     NOT NULL UNIQUE
) STRICT;

CREATE TABLE team (
    id            TEXT     NOT NULL PRIMARY KEY,
    area_id       TEXT     NOT NULL REFERENCES area (id),
    name          TEXT     NOT NULL,
    UNIQUE (area_id, name)
) STRICT;

ALTER TABLE account ADD COLUMN team_id TEXT REFERENCES team (id);

CREATE INDEX account_team ON account (team_id);

-- What was done to an account, by whom. Rows are added and never changed.
CREATE TABLE account_change (
    id            TEXT     NOT NULL PRIMARY KEY,
    account_id    TEXT     NOT NULL REFERENCES account (id),
    by_account_id TEXT     NOT NULL REFERENCES account (id),
    what          TEXT     NOT NULL,
    at            TEXT     NOT NULL
) STRICT;

CREATE INDEX account_change_account ON account_change (account_id, at);

-- The one-time link by which somebody chooses a password. One an account.
CREATE TABLE password_link (
    account_id    TEXT     NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    token_hash    BLOB     NOT NULL UNIQUE,
    expires_at    TEXT     NOT NULL
) STRICT;

-- Since when a report is restricted to its author and those it names.
ALTER TABLE report ADD COLUMN restricted_at TEXT;

CREATE TABLE report_named (
    report_id     TEXT     NOT NULL REFERENCES report (id),
    account_id    TEXT     NOT NULL REFERENCES account (id),
    since         TEXT     NOT NULL,
    PRIMARY KEY (report_id, account_id)
) STRICT, WITHOUT ROWID;

-- That somebody took a report over, or opened one that was closed to her, until when.
-- `content` holds her reason, sealed.
CREATE TABLE report_opening (
    id            TEXT     NOT NULL PRIMARY KEY,
    report_id     TEXT     NOT NULL REFERENCES report (id),
    account_id    TEXT     NOT NULL REFERENCES account (id),
    kind          TEXT     NOT NULL,
    at            TEXT     NOT NULL,
    until         TEXT,
    content       BLOB     NOT NULL
) STRICT;

CREATE INDEX report_opening_report ON report_opening (report_id, at);
