-- What each account is here to do: one row a role. Until now an account had one role, and
-- every author could be asked to check a colleague's report; both stay as they were.
CREATE TABLE account_role (
    account_id    TEXT        NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    role          TEXT        NOT NULL,
    since         TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (account_id, role)
);

INSERT INTO account_role (account_id, role, since)
SELECT id, role, created_at FROM account;

INSERT INTO account_role (account_id, role, since)
SELECT id, 'countersigner', created_at FROM account WHERE role = 'author';

ALTER TABLE account DROP COLUMN role;

-- Which women's centres an assessor answers for. `organisation` is spelt as the entries of
-- the directory spell it.
CREATE TABLE centre_member (
    account_id    TEXT        NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    organisation  TEXT        NOT NULL,
    since         TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (account_id, organisation)
);
