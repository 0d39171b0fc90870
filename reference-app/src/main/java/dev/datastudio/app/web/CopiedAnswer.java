package dev.datastudio.app.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.MediaType;

/** A response that is sent as it is written, of whose beginning a copy is kept in memory. */
final class CopiedAnswer extends HttpServletResponseWrapper {
    private final int maxBytes;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private long written;
    private Optional<PrintWriter> writer = Optional.empty();

    CopiedAnswer(HttpServletResponse response, int maxBytes) {
        super(response);
        this.maxBytes = maxBytes;
    }

    /** What was written as UTF-8, when that was no more than is kept. */
    Optional<String> text() {
        writer.ifPresent(PrintWriter::flush);
        return written > maxBytes || isStream() ? Optional.empty() : Optional.of(copy.toString(StandardCharsets.UTF_8));
    }

    /** A stream of events is as long as it lasts: nothing of it is kept. */
    private boolean isStream() {
        return String.valueOf(getContentType()).startsWith(MediaType.TEXT_EVENT_STREAM_VALUE);
    }

    private void keep(byte[] bytes, int offset, int length) {
        written += length;
        if (written <= maxBytes && !isStream()) {
            copy.write(bytes, offset, length);
        }
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer.isEmpty()) {
            writer = Optional.of(new PrintWriter(new OutputStreamWriter(getOutputStream(), StandardCharsets.UTF_8)));
        }
        return writer.get();
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream out = super.getOutputStream();
        return new ServletOutputStream() {
            @Override
            public void write(int b) throws IOException {
                out.write(b);
                keep(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                keep(bytes, offset, length);
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }

            @Override
            public boolean isReady() {
                return out.isReady();
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                out.setWriteListener(listener);
            }
        };
    }
}
