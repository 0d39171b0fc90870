package dev.datastudio.core.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;

/** One request for a link, as whichever server took it shows it to {@link LinkTransfer}. Used on one thread. */
public interface LinkCall {
    /** Its method, in capitals. */
    String method();

    /** Path and query as they were sent, nothing decoded. */
    URI url();

    /** The values of a header of the request, letter case of its name aside; empty when it has none. */
    List<String> headers(String name);

    /** What was sent. */
    InputStream body() throws IOException;

    /** Puts a header of the answer in place of one of its name. */
    void setHeader(String name, String value);

    /** Adds a header to the answer. */
    void addHeader(String name, String value);

    /**
     * Sends status and headers.
     *
     * @param length how many bytes follow; 0 for none
     * @return takes the bytes, and is closed after them
     */
    OutputStream begin(int status, long length) throws IOException;
}
