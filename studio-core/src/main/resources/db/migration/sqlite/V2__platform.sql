-- Versions of data sets: the imports of one name are versions 1, 2, 3, ... of one series.
ALTER TABLE dataset ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE dataset ADD COLUMN origin TEXT NOT NULL DEFAULT '{}';  -- JSON: where it came from, what was rejected

-- Entries of the metadata store.
CREATE TABLE entry (
    tenant     TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    revision   INTEGER NOT NULL,
    body       TEXT    NOT NULL,               -- JSON
    attributes TEXT    NOT NULL,               -- JSON object of texts
    created_at INTEGER NOT NULL,               -- milliseconds since 1970-01-01T00:00:00Z
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, kind, id)
);
CREATE INDEX entry_by_creation ON entry (tenant, kind, created_at, id);
CREATE INDEX entry_by_change ON entry (tenant, kind, changed_at, id);

-- The attributes again, to find entries by, with the time that lists of them are ordered by.
CREATE TABLE entry_attribute (
    tenant     TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    value      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, kind, id, name),
    FOREIGN KEY (tenant, kind, id) REFERENCES entry (tenant, kind, id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX entry_attribute_by_value ON entry_attribute (tenant, kind, name, value, created_at, id);

CREATE TABLE counter (
    tenant     TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    begins_at  INTEGER NOT NULL,               -- milliseconds since 1970-01-01T00:00:00Z
    ends_at    INTEGER NOT NULL,
    total      INTEGER NOT NULL,
    PRIMARY KEY (tenant, name, begins_at)
) WITHOUT ROWID;
CREATE INDEX counter_by_end ON counter (tenant, ends_at);
