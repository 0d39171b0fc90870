-- Names are ordered by their bytes, as SQLite does, whatever the locale of the server.

-- Entries of the metadata store.
CREATE TABLE entry (
    tenant     TEXT COLLATE "C" NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    id         TEXT COLLATE "C" NOT NULL,
    revision   BIGINT  NOT NULL,
    body       TEXT    NOT NULL,               -- JSON
    attributes TEXT    NOT NULL,               -- JSON object of texts
    created_at BIGINT  NOT NULL,               -- milliseconds since 1970-01-01T00:00:00Z
    changed_at BIGINT  NOT NULL,
    PRIMARY KEY (tenant, kind, id)
);
CREATE INDEX entry_by_creation ON entry (tenant, kind, created_at, id);
CREATE INDEX entry_by_change ON entry (tenant, kind, changed_at, id);

-- The attributes again, to find entries by, with the time that lists of them are ordered by.
CREATE TABLE entry_attribute (
    tenant     TEXT COLLATE "C" NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    id         TEXT COLLATE "C" NOT NULL,
    name       TEXT COLLATE "C" NOT NULL,
    value      TEXT COLLATE "C" NOT NULL,
    created_at BIGINT  NOT NULL,
    PRIMARY KEY (tenant, kind, id, name),
    FOREIGN KEY (tenant, kind, id) REFERENCES entry (tenant, kind, id) ON DELETE CASCADE
);
CREATE INDEX entry_attribute_by_value ON entry_attribute (tenant, kind, name, value, created_at, id);

CREATE TABLE counter (
    tenant     TEXT COLLATE "C" NOT NULL,
    name       TEXT COLLATE "C" NOT NULL,
    begins_at  BIGINT  NOT NULL,               -- milliseconds since 1970-01-01T00:00:00Z
    ends_at    BIGINT  NOT NULL,
    total      BIGINT  NOT NULL,
    PRIMARY KEY (tenant, name, begins_at)
);
CREATE INDEX counter_by_end ON counter (tenant, ends_at);
