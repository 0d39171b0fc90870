package dev.datastudio.core.usage;

/** Whose use is counted together. */
public enum Scope {
    /** One person of a tenant. */
    USER,
    /** Everybody of a tenant. */
    TENANT
}
