-- What was signed, byte for byte, sealed. `hash` is the SHA-256 of the Word document: it
-- says nothing of a woman, and leads from a file to the signature on it. No row here is
-- ever changed.
CREATE TABLE signed_document (
    report_id     TEXT     NOT NULL PRIMARY KEY REFERENCES report (id),
    hash          TEXT     NOT NULL,
    content       BYTEA    NOT NULL
);

CREATE INDEX signed_document_hash ON signed_document (hash);
