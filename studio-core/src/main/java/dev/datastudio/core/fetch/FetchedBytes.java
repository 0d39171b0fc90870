package dev.datastudio.core.fetch;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.Objects;

/** What was read from an address. Immutable. */
public final class FetchedBytes {
    private final URI address;
    private final String contentType;
    private final String charset;
    private final byte[] bytes;

    FetchedBytes(URI address, String contentType, String charset, byte[] bytes) {
        this.address = Objects.requireNonNull(address, "address");
        this.contentType = Objects.requireNonNull(contentType, "contentType");
        this.charset = Objects.requireNonNull(charset, "charset");
        this.bytes = bytes;
    }

    /** Where redirects led to. */
    public URI address() {
        return address;
    }

    /** What the server says it is, lower case and without parameters; empty when it says nothing. */
    public String contentType() {
        return contentType;
    }

    /** The encoding that the server names, which nobody may know; empty when it names none. */
    public String charset() {
        return charset;
    }

    /** How many bytes. */
    public int size() {
        return bytes.length;
    }

    /** The bytes, from the first. */
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }
}
