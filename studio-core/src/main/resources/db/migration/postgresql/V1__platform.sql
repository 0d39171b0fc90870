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

-- Jobs: one row each while they are kept.
CREATE TABLE job (
    id             TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    tenant         TEXT COLLATE "C" NOT NULL,
    user_id        TEXT COLLATE "C" NOT NULL,
    type           TEXT    NOT NULL,
    queue          TEXT    NOT NULL,
    submit_key     TEXT,                       -- submitting it again gives this job
    payload        TEXT    NOT NULL,
    retry          TEXT    NOT NULL,
    timeout_ms     BIGINT  NOT NULL,
    run_at         BIGINT  NOT NULL,           -- milliseconds since 1970-01-01T00:00:00Z, as all times here
    state          TEXT    NOT NULL,
    attempt        INTEGER NOT NULL DEFAULT 0,
    failures       INTEGER NOT NULL DEFAULT 0,
    losses         INTEGER NOT NULL DEFAULT 0, -- how often its process was lost
    created_at     BIGINT  NOT NULL,
    started_at     BIGINT,
    ended_at       BIGINT,
    worker         TEXT,
    progress_stage TEXT,
    progress_done  BIGINT,
    progress_total BIGINT,
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
    id             TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    tenant         TEXT COLLATE "C" NOT NULL,
    type           TEXT    NOT NULL,
    queue          TEXT    NOT NULL,
    due_at         BIGINT  NOT NULL,
    picked         INTEGER NOT NULL DEFAULT 0,
    worker         TEXT,
    heartbeat_at   BIGINT,                    -- by the clock of the database
    fence          BIGINT  NOT NULL DEFAULT 0, -- grows with each pick; an older one may change nothing
    cancelled      INTEGER NOT NULL DEFAULT 0,
    progress_stage TEXT,
    progress_done  BIGINT,
    progress_total BIGINT,
    progress_unit  TEXT
);
CREATE INDEX job_run_by_due ON job_run (picked, due_at);
CREATE INDEX job_run_by_tenant ON job_run (tenant, picked);

CREATE TABLE job_schedule (
    tenant     TEXT COLLATE "C" NOT NULL,
    user_id    TEXT COLLATE "C" NOT NULL,
    name       TEXT COLLATE "C" NOT NULL,
    timing     TEXT    NOT NULL,               -- cron or every
    expression TEXT    NOT NULL,
    zone       TEXT    NOT NULL,
    missed     TEXT    NOT NULL,
    enabled    INTEGER NOT NULL,
    next_at    BIGINT  NOT NULL,
    last_job   TEXT,
    type       TEXT    NOT NULL,
    queue      TEXT    NOT NULL,
    payload    TEXT    NOT NULL,
    retry      TEXT    NOT NULL,
    timeout_ms BIGINT  NOT NULL,
    PRIMARY KEY (tenant, user_id, name)
);
CREATE INDEX job_schedule_by_time ON job_schedule (enabled, next_at);

-- Relations between tables, one for each pair of keys.
CREATE TABLE relation (
    owner        TEXT COLLATE "C" NOT NULL,    -- tenant, or tenant/user
    from_source  TEXT COLLATE "C" NOT NULL,
    from_table   TEXT COLLATE "C" NOT NULL,
    from_columns TEXT COLLATE "C" NOT NULL,    -- JSON array
    to_source    TEXT COLLATE "C" NOT NULL,
    to_table     TEXT COLLATE "C" NOT NULL,
    to_columns   TEXT COLLATE "C" NOT NULL,    -- JSON array
    score        DOUBLE PRECISION NOT NULL,
    evidence     TEXT NOT NULL,                -- JSON array
    status       TEXT NOT NULL,                -- PROPOSED, ACCEPTED, REJECTED
    PRIMARY KEY (owner, from_source, from_table, from_columns, to_source, to_table, to_columns)
);
CREATE INDEX relation_by_target ON relation (owner, to_source, to_table);
