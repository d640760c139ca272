-- Runs of an import that are under way. One that has not moved for some minutes was
-- stopped: the next run clears it, and what it had put aside.
CREATE TABLE directory_run (
    run           TEXT        NOT NULL PRIMARY KEY,
    feed          TEXT        NOT NULL,
    beat_at       TIMESTAMPTZ NOT NULL
);

-- The revision that was weighed: a record changed since then is not written over.
ALTER TABLE directory_incoming ADD COLUMN seen BIGINT NOT NULL DEFAULT 0;
