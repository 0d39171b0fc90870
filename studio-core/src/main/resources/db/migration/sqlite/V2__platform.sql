-- Versions of data sets: the imports of one name are versions 1, 2, 3, ... of one series. A later version may have the
-- content of an earlier one, so the table is made anew without that constraint.
CREATE TABLE dataset_version (
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
    version      INTEGER NOT NULL,
    origin       TEXT    NOT NULL,             -- JSON: where it came from
    rejected     TEXT    NOT NULL              -- JSON: how many rows were left out, and the first
);
INSERT INTO dataset_version
SELECT id, tenant, user_id, name, table_name, content_hash, row_count, columns, warnings, imported_at, upload,
       source_path, source_size, source_stamp,
       row_number() OVER (PARTITION BY tenant, user_id, name ORDER BY imported_at, rowid),
       json_object('kind', CASE WHEN source_path IS NULL THEN 'rows' ELSE 'file' END, 'detail', ''),
       '{}'
FROM dataset
ORDER BY rowid;
DROP TABLE dataset;
ALTER TABLE dataset_version RENAME TO dataset;
CREATE INDEX dataset_by_source ON dataset (tenant, user_id, source_path);
CREATE INDEX dataset_by_hash ON dataset (tenant, content_hash);
CREATE UNIQUE INDEX dataset_by_version ON dataset (tenant, user_id, name, version);

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

-- Relations between tables, one for each pair of keys.
CREATE TABLE relation (
    owner        TEXT NOT NULL,                -- tenant, or tenant/user
    from_source  TEXT NOT NULL,
    from_table   TEXT NOT NULL,
    from_columns TEXT NOT NULL,                -- JSON array
    to_source    TEXT NOT NULL,
    to_table     TEXT NOT NULL,
    to_columns   TEXT NOT NULL,                -- JSON array
    score        REAL NOT NULL,
    evidence     TEXT NOT NULL,                -- JSON array
    status       TEXT NOT NULL,                -- PROPOSED, ACCEPTED, REJECTED
    PRIMARY KEY (owner, from_source, from_table, from_columns, to_source, to_table, to_columns)
) WITHOUT ROWID;
CREATE INDEX relation_by_target ON relation (owner, to_source, to_table);

-- Jobs: one row each while they are kept.
CREATE TABLE job (
    id             TEXT    NOT NULL PRIMARY KEY,
    tenant         TEXT    NOT NULL,
    user_id        TEXT    NOT NULL,
    type           TEXT    NOT NULL,
    queue          TEXT    NOT NULL,
    submit_key     TEXT,                       -- submitting it again gives this job
    payload        TEXT    NOT NULL,
    retry          TEXT    NOT NULL,
    timeout_ms     INTEGER NOT NULL,
    run_at         INTEGER NOT NULL,           -- milliseconds since 1970-01-01T00:00:00Z, as all times here
    state          TEXT    NOT NULL,
    attempt        INTEGER NOT NULL DEFAULT 0,
    failures       INTEGER NOT NULL DEFAULT 0,
    losses         INTEGER NOT NULL DEFAULT 0, -- how often its process was lost
    created_at     INTEGER NOT NULL,
    started_at     INTEGER,
    ended_at       INTEGER,
    worker         TEXT,
    progress_stage TEXT,
    progress_done  INTEGER,
    progress_total INTEGER,
    progress_unit  TEXT,
    result         TEXT,
    error_code     TEXT,
    error_what     TEXT,
    error_mend     TEXT
);
CREATE INDEX job_by_owner ON job (tenant, user_id, created_at, id);
CREATE UNIQUE INDEX job_by_key ON job (tenant, user_id, type, submit_key) WHERE submit_key IS NOT NULL;
CREATE INDEX job_by_end ON job (ended_at) WHERE ended_at IS NOT NULL;

-- What the workers look at: one narrow row for each job that is not done.
CREATE TABLE job_run (
    id             TEXT    NOT NULL PRIMARY KEY,
    tenant         TEXT    NOT NULL,
    type           TEXT    NOT NULL,
    queue          TEXT    NOT NULL,
    due_at         INTEGER NOT NULL,
    picked         INTEGER NOT NULL DEFAULT 0,
    worker         TEXT,
    heartbeat_at   INTEGER,                    -- by the clock of the database
    fence          INTEGER NOT NULL DEFAULT 0, -- grows with each pick; an older one may change nothing
    cancelled      INTEGER NOT NULL DEFAULT 0,
    progress_stage TEXT,
    progress_done  INTEGER,
    progress_total INTEGER,
    progress_unit  TEXT
);
CREATE INDEX job_run_by_due ON job_run (picked, due_at);
CREATE INDEX job_run_by_tenant ON job_run (tenant, picked);

CREATE TABLE job_schedule (
    tenant     TEXT    NOT NULL,
    user_id    TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    timing     TEXT    NOT NULL,               -- cron or every
    expression TEXT    NOT NULL,
    zone       TEXT    NOT NULL,
    missed     TEXT    NOT NULL,
    enabled    INTEGER NOT NULL,
    next_at    INTEGER NOT NULL,
    last_job   TEXT,
    type       TEXT    NOT NULL,
    queue      TEXT    NOT NULL,
    payload    TEXT    NOT NULL,
    retry      TEXT    NOT NULL,
    timeout_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant, user_id, name)
);
CREATE INDEX job_schedule_by_time ON job_schedule (enabled, next_at);
