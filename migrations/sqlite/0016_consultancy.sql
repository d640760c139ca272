-- A woman referred to a women's centre for an assessment. `content` is a copy of what was
-- shared, sealed. The centre is found by the organisation and the entry; it reads the copy
-- only while `state` lets it. `reply_by` is a day, as 2026-12-01.
CREATE TABLE referral (
    id            TEXT     NOT NULL PRIMARY KEY,
    report_id     TEXT     NOT NULL REFERENCES report (id),
    service_id    TEXT     NOT NULL,
    organisation  TEXT     NOT NULL,
    sent_by       TEXT     NOT NULL REFERENCES account (id),
    state         TEXT     NOT NULL,
    reply_by      TEXT     NOT NULL,
    sent_at       TEXT     NOT NULL,
    changed_at    TEXT     NOT NULL,
    content       BLOB     NOT NULL
) STRICT;

CREATE INDEX referral_report ON referral (report_id, sent_at);
CREATE INDEX referral_organisation ON referral (organisation, reply_by);

-- Questions, answers and reasons, oldest first. `side` is `author` or `centre`.
CREATE TABLE referral_message (
    id            TEXT     NOT NULL PRIMARY KEY,
    referral_id   TEXT     NOT NULL REFERENCES referral (id),
    side          TEXT     NOT NULL,
    by_account_id TEXT     NOT NULL REFERENCES account (id),
    at            TEXT     NOT NULL,
    content       BLOB     NOT NULL
) STRICT;

CREATE INDEX referral_message_referral ON referral_message (referral_id, at);

-- The assessment as it is being written: what was typed, sealed. `revision` goes up with
-- every save; a save that saw an older one is not laid over it.
CREATE TABLE assessment_draft (
    referral_id   TEXT     NOT NULL PRIMARY KEY REFERENCES referral (id),
    revision      INTEGER  NOT NULL,
    by_account_id TEXT     NOT NULL REFERENCES account (id),
    at            TEXT     NOT NULL,
    content       BLOB     NOT NULL
) STRICT;

-- The centre's replies. A correction or a withdrawal is a further version; rows are never
-- changed.
CREATE TABLE assessment_reply (
    referral_id   TEXT     NOT NULL REFERENCES referral (id),
    version       INTEGER  NOT NULL,
    act           TEXT     NOT NULL,
    signed_by     TEXT     NOT NULL REFERENCES account (id),
    at            TEXT     NOT NULL,
    content       BLOB     NOT NULL,
    PRIMARY KEY (referral_id, version)
) STRICT;
