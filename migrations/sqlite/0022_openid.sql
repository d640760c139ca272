-- Sign-ins on their way to an OpenID Connect provider and back. Found by the hash of a
-- secret that the browser holds; what is kept of them is sealed. Each is used once.
CREATE TABLE openid_sign_in (
    state_hash    BLOB     NOT NULL PRIMARY KEY,
    content       BLOB     NOT NULL,
    expires_at    TEXT     NOT NULL
) STRICT;

-- Whose account somebody of a provider has. `subject` is the provider's own name for
-- her, which never passes to anybody else.
CREATE TABLE openid_identity (
    issuer        TEXT     NOT NULL,
    subject       TEXT     NOT NULL,
    account_id    TEXT     NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    since         TEXT     NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX openid_identity_account ON openid_identity (account_id);
