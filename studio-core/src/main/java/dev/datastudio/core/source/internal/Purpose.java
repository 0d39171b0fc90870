package dev.datastudio.core.source.internal;

/** What a connection is opened for. */
enum Purpose {
    /** Statements that end within the source's read timeout. */
    QUERY,
    /** One result that is read to its end, however long that takes; only silence ends it. */
    IMPORT
}
