-- Needs for which an author found nothing suitable, counted by area. A row says nothing
-- of a woman and does not lead to her report: `report` is a keyed hash, made with a key
-- that is not in this database, and is there so that a report is counted once and can
-- be taken out again. The month is as near as a row comes to a day.
CREATE TABLE unmet_need (
    report        BYTEA    NOT NULL,
    theme         TEXT     NOT NULL,
    level         TEXT,
    pdu           TEXT,
    police_area   TEXT,
    region        TEXT,
    month         TEXT     NOT NULL,
    PRIMARY KEY (report, theme)
);

CREATE INDEX unmet_need_area ON unmet_need (police_area, theme);
