-- Which organisations' entries an account keeps true. `organisation` is spelt as the
-- entries spell it. A row is removed when the account keeps it no longer; what it
-- changed meanwhile stays in directory_change.
CREATE TABLE keeper (
    account_id    TEXT        NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    organisation  TEXT        NOT NULL,
    since         TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (account_id, organisation)
);
