-- Names are ordered by their bytes, whatever the locale of the server.

-- What is searched together, and which vectors it holds. They are in a table of their own, vector_ID, made when they are
-- first prepared: its type names their dimension, and its graph holds no vector of another tenant. The graph is made when
-- there are so many that it pays.
CREATE TABLE search_index (
    tenant     TEXT COLLATE "C" NOT NULL,
    id         BIGINT GENERATED ALWAYS AS IDENTITY,
    collection TEXT COLLATE "C" NOT NULL,
    model      TEXT,                                -- with the dimension; neither when none was prepared
    dimension  INTEGER,
    has_graph  BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, collection),
    CHECK ((model IS NULL) = (dimension IS NULL))
);

-- Versions of documents. A staged one has at least one passage.
CREATE TABLE document_version (
    tenant     TEXT COLLATE "C" NOT NULL,
    id         BIGINT GENERATED ALWAYS AS IDENTITY,
    index_id   BIGINT  NOT NULL,
    document   TEXT COLLATE "C" NOT NULL,
    version    TEXT COLLATE "C" NOT NULL,
    published  BOOLEAN NOT NULL DEFAULT FALSE,
    passages   BIGINT  NOT NULL DEFAULT 0,          -- counted when it is published
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, index_id, document, version),
    FOREIGN KEY (tenant, index_id) REFERENCES search_index (tenant, id) ON DELETE CASCADE
);
-- Whatever two processes do at once, one version of a document is found.
CREATE UNIQUE INDEX document_version_published ON document_version (tenant, index_id, document) WHERE published;

CREATE TABLE passage (
    tenant     TEXT COLLATE "C" NOT NULL,
    version_id BIGINT  NOT NULL,
    ordinal    INTEGER NOT NULL,
    body       BYTEA   NOT NULL,                    -- all of it but the vector, as it was put in
    language   TEXT COLLATE "C" NOT NULL,           -- by whose rules its words were read
    word_count INTEGER NOT NULL,
    words      TSVECTOR NOT NULL,                   -- INDEX:LANGUAGE:STEM, with as many positions as it is there times
    texts      JSONB   NOT NULL,                    -- attributes
    numbers    JSONB   NOT NULL,
    PRIMARY KEY (tenant, version_id, ordinal),
    FOREIGN KEY (tenant, version_id) REFERENCES document_version (tenant, id) ON DELETE CASCADE
);
CREATE INDEX passage_word ON passage USING gin (words);

-- How many passages and words of each language a published version has, which BM25 asks for.
CREATE TABLE language_total (
    tenant     TEXT COLLATE "C" NOT NULL,
    version_id BIGINT  NOT NULL,
    language   TEXT COLLATE "C" NOT NULL,
    passages   BIGINT  NOT NULL,
    words      BIGINT  NOT NULL,
    PRIMARY KEY (tenant, version_id, language),
    FOREIGN KEY (tenant, version_id) REFERENCES document_version (tenant, id) ON DELETE CASCADE
);
