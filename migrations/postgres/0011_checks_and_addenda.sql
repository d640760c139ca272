-- A second person asked to check a report. She sees that report and no other, while the
-- request stands. `content` holds what the author wrote to her, sealed. `decided_revision`
-- is the revision she read: a later save leaves her approval behind.
CREATE TABLE review_request (
    id                TEXT     NOT NULL PRIMARY KEY,
    report_id         TEXT     NOT NULL REFERENCES report (id),
    asked_by          TEXT     NOT NULL REFERENCES account (id),
    checker_id        TEXT     NOT NULL REFERENCES account (id),
    state             TEXT     NOT NULL,
    asked_at          TIMESTAMPTZ NOT NULL,
    asked_revision    BIGINT   NOT NULL,
    decided_at        TIMESTAMPTZ,
    decided_revision  BIGINT,
    content           BYTEA    NOT NULL,
    CHECK (asked_by <> checker_id)
);

CREATE INDEX review_request_report ON review_request (report_id, asked_at);
CREATE INDEX review_request_checker ON review_request (checker_id, state);
-- One request of a report is open at a time.
CREATE UNIQUE INDEX review_request_open ON review_request (report_id) WHERE state = 'asked';

-- What she says about a section. The section is named inside the sealed content.
CREATE TABLE review_comment (
    id                TEXT     NOT NULL PRIMARY KEY,
    request_id        TEXT     NOT NULL REFERENCES review_request (id),
    at                TIMESTAMPTZ NOT NULL,
    done_at           TIMESTAMPTZ,
    content           BYTEA    NOT NULL
);

CREATE INDEX review_comment_request ON review_comment (request_id);

-- What was added to a report after it was signed, each signed by itself: the document to
-- the byte, sealed, and its hash, as with the report.
CREATE TABLE addendum (
    report_id         TEXT     NOT NULL REFERENCES report (id),
    number            BIGINT   NOT NULL,
    hash              TEXT     NOT NULL,
    content           BYTEA    NOT NULL,
    signed_by         TEXT     NOT NULL REFERENCES account (id),
    signed_at         TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (report_id, number)
);

CREATE INDEX addendum_hash ON addendum (hash);
