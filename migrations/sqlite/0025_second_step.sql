-- Who is asked for a code of six digits beside her password. `content` holds the secret
-- that she shares with her telephone, sealed; it counts from `confirmed_at` on. A code is
-- that of a step of half a minute, and none up to `last_step` works again.
CREATE TABLE second_step (
    account_id    TEXT     NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    content       BLOB     NOT NULL,
    begun_at      TEXT     NOT NULL,
    confirmed_at  TEXT,
    last_step     INTEGER  NOT NULL
) STRICT;

-- Codes for the day on which the telephone is lost: keyed hashes, each removed as it is used.
CREATE TABLE recovery_code (
    account_id    TEXT     NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    code_hash     BLOB     NOT NULL,
    PRIMARY KEY (account_id, code_hash)
) STRICT, WITHOUT ROWID;

-- That somebody else took it off an account: by an administrator, or from the command line.
-- `content` holds the reason, sealed. She is told until `told_at`.
CREATE TABLE second_step_removal (
    account_id    TEXT     NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    at            TEXT     NOT NULL,
    by_account_id TEXT     REFERENCES account (id),
    content       BLOB     NOT NULL,
    told_at       TEXT,
    PRIMARY KEY (account_id, at)
) STRICT, WITHOUT ROWID;

-- Sign-ins between the password and the code. Found by the hash of a secret that the
-- browser holds; where they lead is sealed.
CREATE TABLE held_sign_in (
    token_hash    BLOB     NOT NULL PRIMARY KEY,
    account_id    TEXT     NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    content       BLOB     NOT NULL,
    expires_at    TEXT     NOT NULL
) STRICT;

CREATE INDEX held_sign_in_account ON held_sign_in (account_id);
