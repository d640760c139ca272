-- The audit trail as a chain: each row holds the hash of the one before and its own, made
-- with a key that is not in this database. A row names a report without referring to it,
-- because it stays when the report is erased. `revision` is how far the report's log had
-- come then: a report put back to an earlier state is found out by it.
ALTER TABLE audit RENAME TO audit_unchained;
ALTER TABLE audit_unchained RENAME CONSTRAINT audit_pkey TO audit_unchained_pkey;
DROP INDEX audit_report;

CREATE TABLE audit (
    seq           BIGINT      NOT NULL PRIMARY KEY,
    at            TIMESTAMPTZ NOT NULL,
    account_id    TEXT        REFERENCES account (id),
    report_id     TEXT,
    revision      BIGINT,
    action        TEXT        NOT NULL,
    previous      BYTEA       NOT NULL,
    hash          BYTEA       NOT NULL
);

CREATE INDEX audit_report ON audit (report_id, seq);
CREATE INDEX audit_account ON audit (account_id, seq);

-- The last link. One row: whoever adds to the chain holds it until that is on the disk.
CREATE TABLE audit_head (
    id            BIGINT      NOT NULL PRIMARY KEY CHECK (id = 1),
    seq           BIGINT      NOT NULL,
    hash          BYTEA       NOT NULL
);

INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex'));

CREATE FUNCTION audit_not_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is added to and never changed';
END $$;

CREATE TRIGGER audit_not_changed BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_not_changed();

CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_not_changed();

CREATE FUNCTION audit_moves_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash WHERE id = 1 AND seq = NEW.seq - 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a row of the audit trail follows the last one';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER audit_moves_head BEFORE INSERT ON audit
FOR EACH ROW EXECUTE FUNCTION audit_moves_head();
