package dev.datastudio.rag.document;

/** The stages of an ingestion, in their order. */
public enum Stage {
    /** The file is read into text and structure. */
    PARSE,
    /** The text is cut into passages. */
    CHUNK,
    /** Each passage gets its vector. */
    EMBED,
    /** The passages go into the index and are published there. */
    STORE
}
