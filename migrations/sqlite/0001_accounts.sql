-- Which key this database is sealed with: a keyed check value, never the key.
CREATE TABLE store_key (
    id            INTEGER  NOT NULL PRIMARY KEY CHECK (id = 1),
    check_value   BLOB     NOT NULL
) STRICT;

-- The people who may sign in. `email` is stored in lower case.
CREATE TABLE account (
    id            TEXT     NOT NULL PRIMARY KEY,
    email         TEXT     NOT NULL UNIQUE,
    display_name  TEXT     NOT NULL,
    role          TEXT     NOT NULL DEFAULT 'author',
    password_hash TEXT     NOT NULL,
    created_at    TEXT     NOT NULL,
    disabled_at   TEXT
) STRICT;

-- The one-time link that makes the first account. One row at most.
CREATE TABLE setup_link (
    id            INTEGER  NOT NULL PRIMARY KEY CHECK (id = 1),
    token_hash    BLOB     NOT NULL,
    expires_at    TEXT     NOT NULL
) STRICT;

-- Who is signed in. The cookie's token is kept only as its SHA-256.
CREATE TABLE session (
    token_hash    BLOB     NOT NULL PRIMARY KEY,
    account_id    TEXT     NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    started_at    TEXT     NOT NULL,
    seen_at       TEXT     NOT NULL,
    idle_seconds  INTEGER  NOT NULL,
    idle_until    TEXT     NOT NULL,
    ends_at       TEXT     NOT NULL
) STRICT;

CREATE INDEX session_account ON session (account_id);

-- Sign-in attempts that have not yet succeeded. The key is a keyed hash: nobody
-- can read from it which address tried which account.
CREATE TABLE sign_in_attempt (
    attempt_key   BLOB     NOT NULL PRIMARY KEY,
    failures      INTEGER  NOT NULL,
    last_at       TEXT     NOT NULL,
    wait_until    TEXT
) STRICT;
