-- The catalogue: one row for each imported version of a file, owned by one user of one tenant.
CREATE TABLE dataset (
    id           TEXT    NOT NULL PRIMARY KEY, -- UUID
    tenant       TEXT    NOT NULL,
    user_id      TEXT    NOT NULL,
    name         TEXT    NOT NULL,             -- what people call it, usually the file name
    table_name   TEXT    NOT NULL,
    content_hash TEXT    NOT NULL,             -- SHA-256, 64 lower-case hexadecimal digits
    row_count    INTEGER NOT NULL,
    columns      TEXT    NOT NULL,             -- JSON array
    warnings     TEXT    NOT NULL,             -- JSON array of sentences
    imported_at  INTEGER NOT NULL,             -- milliseconds since 1970-01-01T00:00:00Z
    upload       TEXT    NOT NULL,             -- artifact key prefix TENANT/USER/uploads/UPLOAD
    source_path  TEXT,                         -- absolute path of the original, null when it was no file
    source_size  INTEGER,                      -- bytes of the original
    source_stamp TEXT,                         -- what tells a changed original cheaply: modification time, file key
    UNIQUE (tenant, user_id, name, content_hash)
);
CREATE INDEX dataset_by_source ON dataset (tenant, user_id, source_path);
CREATE INDEX dataset_by_hash ON dataset (tenant, content_hash);

-- Results that a restart keeps. Bounded: total_bytes and entries are kept exact by triggers, whoever writes.
CREATE TABLE result_cache (
    id         INTEGER PRIMARY KEY,
    tenant     TEXT    NOT NULL,
    namespace  TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    value      BLOB    NOT NULL,
    checksum   INTEGER NOT NULL,               -- CRC-32C of the value
    size       INTEGER NOT NULL,               -- bytes of the value
    created_at INTEGER NOT NULL,               -- milliseconds since 1970-01-01T00:00:00Z
    used_at    INTEGER NOT NULL,               -- the same clock, updated in groups
    UNIQUE (tenant, namespace, key)
);
CREATE INDEX result_cache_by_use ON result_cache (used_at, id, size);

CREATE TABLE result_cache_tag (
    tenant TEXT    NOT NULL,
    tag    TEXT    NOT NULL,                   -- such as the content hash of a data set that the result stands on
    entry  INTEGER NOT NULL REFERENCES result_cache (id) ON DELETE CASCADE,
    PRIMARY KEY (tenant, tag, entry)
) WITHOUT ROWID;
CREATE INDEX result_cache_tag_by_entry ON result_cache_tag (entry);

CREATE TABLE result_cache_total (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    total_bytes INTEGER NOT NULL,
    entries     INTEGER NOT NULL
);
INSERT INTO result_cache_total (id, total_bytes, entries) VALUES (1, 0, 0);

CREATE TRIGGER result_cache_added AFTER INSERT ON result_cache
BEGIN
    UPDATE result_cache_total SET total_bytes = total_bytes + NEW.size, entries = entries + 1;
END;
CREATE TRIGGER result_cache_removed AFTER DELETE ON result_cache
BEGIN
    UPDATE result_cache_total SET total_bytes = total_bytes - OLD.size, entries = entries - 1;
END;
