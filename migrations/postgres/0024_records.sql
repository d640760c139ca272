-- A report that must be kept, whatever its time: nobody erases it while a hold stands. Why
-- it was set, and why lifted, is sealed. `review_on` is a day, as 2026-12-01.
CREATE TABLE legal_hold (
    id             TEXT     NOT NULL PRIMARY KEY,
    report_id      TEXT     NOT NULL REFERENCES report (id),
    set_by         TEXT     NOT NULL REFERENCES account (id),
    set_at         TIMESTAMPTZ NOT NULL,
    review_on      TEXT     NOT NULL,
    content        BYTEA    NOT NULL,
    lifted_by      TEXT     REFERENCES account (id),
    lifted_at      TIMESTAMPTZ,
    lifted_content BYTEA
);

CREATE INDEX legal_hold_report ON legal_hold (report_id, set_at);
-- One hold of a report stands at a time.
CREATE UNIQUE INDEX legal_hold_standing ON legal_hold (report_id) WHERE lifted_at IS NULL;

-- That an administrator asked for a report to be erased. `seen_revision` and `seen_change`
-- are how the report stood then: a later change leaves the request behind. `content` holds
-- her note, sealed.
CREATE TABLE erasure_request (
    report_id      TEXT     NOT NULL PRIMARY KEY REFERENCES report (id),
    id             TEXT     NOT NULL UNIQUE,
    asked_by       TEXT     NOT NULL REFERENCES account (id),
    asked_at       TIMESTAMPTZ NOT NULL,
    reason         TEXT     NOT NULL,
    seen_revision  BIGINT   NOT NULL,
    seen_change    TIMESTAMPTZ NOT NULL,
    content        BYTEA    NOT NULL
);

-- That there was a report, and that it was erased. It refers to nothing that is gone.
CREATE TABLE erased_report (
    report_id      TEXT     NOT NULL PRIMARY KEY,
    owner_id       TEXT     NOT NULL REFERENCES account (id),
    asked_by       TEXT     NOT NULL REFERENCES account (id),
    asked_at       TIMESTAMPTZ NOT NULL,
    erased_by      TEXT     NOT NULL REFERENCES account (id),
    erased_at      TIMESTAMPTZ NOT NULL,
    reason         TEXT     NOT NULL,
    CHECK (asked_by <> erased_by)
);

CREATE INDEX erased_report_owner ON erased_report (owner_id);
