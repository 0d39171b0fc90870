package dev.datastudio.core.link;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body of known length that fails when it ends too early: the JDK's server gives the end of a broken connection like
 * that of a whole body. Not thread-safe.
 */
final class WholeBody extends FilterInputStream {
    private long left;
    private boolean wasCut;

    WholeBody(InputStream body, long length) {
        super(body);
        this.left = length;
    }

    /** Whether it ended too early, or the connection broke. */
    boolean wasCut() {
        return wasCut;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read;
        try {
            read = super.read(buffer, offset, (int) Math.min(length, left));
        } catch (IOException e) {
            wasCut = true;
            throw e;
        }
        if (read < 0) {
            wasCut = true;
            throw new EOFException("The body ended " + left + " bytes too early");
        }
        left -= read;
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        throw new IOException("A body is read to its end");
    }
}
