-- Who is asked for a code of six digits beside her password. `content` holds the secret
-- that she shares with her telephone, sealed; it counts from `confirmed_at` on. A code is
-- that of a step of half a minute, and none up to `last_step` works again.
CREATE TABLE second_step (
    account_id    TEXT     NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    content       BYTEA    NOT NULL,
    begun_at      TIMESTAMPTZ NOT NULL,
    confirmed_at  TIMESTAMPTZ,
    last_step     BIGINT   NOT NULL
);

-- Codes for the day on which the telephone is lost: keyed hashes, each removed as it is used.
CREATE TABLE recovery_code (
    account_id    TEXT     NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    code_hash     BYTEA    NOT NULL,
    PRIMARY KEY (account_id, code_hash)
);

-- That somebody else took it off an account: by an administrator, or from the command line.
-- `content` holds the reason, sealed. She is told until `told_at`.
CREATE TABLE second_step_removal (
    account_id    TEXT     NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    at            TIMESTAMPTZ NOT NULL,
    by_account_id TEXT     REFERENCES account (id),
    content       BYTEA    NOT NULL,
    told_at       TIMESTAMPTZ,
    PRIMARY KEY (account_id, at)
);

-- Sign-ins between the password and the code. Found by the hash of a secret that the
-- browser holds; where they lead is sealed.
CREATE TABLE held_sign_in (
    token_hash    BYTEA    NOT NULL PRIMARY KEY,
    account_id    TEXT     NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    content       BYTEA    NOT NULL,
    expires_at    TIMESTAMPTZ NOT NULL
);

CREATE INDEX held_sign_in_account ON held_sign_in (account_id);
