-- Sign-ins on their way to an OpenID Connect provider and back. Found by the hash of a
-- secret that the browser holds; what is kept of them is sealed. Each is used once.
CREATE TABLE openid_sign_in (
    state_hash    BYTEA    NOT NULL PRIMARY KEY,
    content       BYTEA    NOT NULL,
    expires_at    TIMESTAMPTZ NOT NULL
);

-- Whose account somebody of a provider has. `subject` is the provider's own name for
-- her, which never passes to anybody else.
CREATE TABLE openid_identity (
    issuer        TEXT     NOT NULL,
    subject       TEXT     NOT NULL,
    account_id    TEXT     NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    since         TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (issuer, subject)
);

CREATE INDEX openid_identity_account ON openid_identity (account_id);
