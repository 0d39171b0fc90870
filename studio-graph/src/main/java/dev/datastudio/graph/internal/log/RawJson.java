package dev.datastudio.graph.internal.log;

/** A value that is read as the type its user asks for. Holds UTF-8 JSON that is not to be changed. */
public final class RawJson {
    private final byte[] utf8;

    public RawJson(byte[] utf8) {
        this.utf8 = utf8;
    }

    public byte[] utf8() {
        return utf8;
    }
}
