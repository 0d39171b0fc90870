package dev.datastudio.core.quality;

/** How much it matters that a rule is kept, the most first. */
public enum Severity {
    /** The data should not be used. */
    ERROR,
    /** Somebody should look. */
    WARNING,
    /** Good to know. */
    INFO
}
