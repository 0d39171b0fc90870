package dev.datastudio.rag.document;

/** Who of a tenant finds a document. */
public enum Visibility {
    /** Only the one who added it. */
    PRIVATE,
    /** Everybody of the tenant; only the one who added it changes or deletes it. */
    TENANT
}
