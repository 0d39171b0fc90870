package dev.datastudio.graph.json.internal;

/** JSON pointers (RFC 6901). */
final class Pointer {
    private Pointer() {}

    /** A name as a part of a pointer. */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
