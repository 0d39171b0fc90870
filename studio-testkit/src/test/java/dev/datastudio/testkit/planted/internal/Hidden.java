package dev.datastudio.testkit.planted.internal;

/** A type that no public type may show. */
public class Hidden extends Exception {
    private static final long serialVersionUID = 1L;
}
