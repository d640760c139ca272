-- Records of the directory that are kept here rather than in service-directory/: what
-- editors changed and what came in from feeds. A record with the id of one in the
-- folder takes its place. `record` is its JSON; where part of it must not be known
-- (a refuge's address), `record` is null and `sealed` holds it.
CREATE TABLE directory_record (
    id            TEXT        NOT NULL PRIMARY KEY,
    revision      BIGINT      NOT NULL,
    organisation  TEXT        NOT NULL,
    record        TEXT,
    sealed        BYTEA,
    feed          TEXT,
    updated_at    TIMESTAMPTZ NOT NULL,
    CHECK ((record IS NULL) <> (sealed IS NULL))
);

-- Every change to a record, the first included. Rows are added and never changed.
CREATE TABLE directory_change (
    service_id    TEXT        NOT NULL,
    revision      BIGINT      NOT NULL,
    act           TEXT        NOT NULL,
    by_account_id TEXT        REFERENCES account (id),
    at            TIMESTAMPTZ NOT NULL,
    record        TEXT,
    sealed        BYTEA,
    PRIMARY KEY (service_id, revision)
);

-- Rows of an import that has not been taken over yet: it is taken over whole, or not.
CREATE TABLE directory_incoming (
    run           TEXT        NOT NULL,
    seq           BIGINT      NOT NULL,
    service_id    TEXT        NOT NULL,
    organisation  TEXT        NOT NULL,
    record        TEXT,
    sealed        BYTEA,
    PRIMARY KEY (run, seq)
);

-- Goes up with every change, so that every process notices. One row.
CREATE TABLE directory_state (
    id            BIGINT      NOT NULL PRIMARY KEY CHECK (id = 1),
    version       BIGINT      NOT NULL
);

INSERT INTO directory_state (id, version) VALUES (1, 0);
