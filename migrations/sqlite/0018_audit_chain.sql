-- The audit trail as a chain: each row holds the hash of the one before and its own, made
-- with a key that is not in this database. A row names a report without referring to it,
-- because it stays when the report is erased. `revision` is how far the report's log had
-- come then: a report put back to an earlier state is found out by it.
ALTER TABLE audit RENAME TO audit_unchained;
DROP INDEX audit_report;

CREATE TABLE audit (
    seq           INTEGER  NOT NULL PRIMARY KEY,
    at            TEXT     NOT NULL,
    account_id    TEXT     REFERENCES account (id),
    report_id     TEXT,
    revision      INTEGER,
    action        TEXT     NOT NULL,
    previous      BLOB     NOT NULL,
    hash          BLOB     NOT NULL
) STRICT;

CREATE INDEX audit_report ON audit (report_id, seq);
CREATE INDEX audit_account ON audit (account_id, seq);

-- The last link. One row: whoever adds to the chain holds it until that is on the disk.
CREATE TABLE audit_head (
    id            INTEGER  NOT NULL PRIMARY KEY CHECK (id = 1),
    seq           INTEGER  NOT NULL,
    hash          BLOB     NOT NULL
) STRICT;

INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, zeroblob(32));

CREATE TRIGGER audit_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is added to and never changed');
END;

CREATE TRIGGER audit_not_removed BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'nothing is removed from the audit trail');
END;

CREATE TRIGGER audit_follows BEFORE INSERT ON audit
WHEN NEW.seq <> (SELECT seq + 1 FROM audit_head WHERE id = 1)
BEGIN
    SELECT RAISE(ABORT, 'a row of the audit trail follows the last one');
END;

CREATE TRIGGER audit_moves_head AFTER INSERT ON audit
BEGIN
    UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash WHERE id = 1;
END;
