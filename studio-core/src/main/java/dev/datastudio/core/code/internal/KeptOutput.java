package dev.datastudio.core.code.internal;

import dev.datastudio.api.code.CodeOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads a stream to its end on a thread of its own, and keeps the beginning. */
final class KeptOutput {
    private final InputStream in;
    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread reader;
    private boolean truncated;

    private KeptOutput(InputStream in, int limit, String name) {
        this.in = in;
        this.limit = limit;
        this.reader = new Thread(this::read, name);
        this.reader.setDaemon(true);
    }

    static KeptOutput of(InputStream in, int limit, String name) {
        KeptOutput output = new KeptOutput(in, limit, name);
        output.reader.start();
        return output;
    }

    private void read() {
        byte[] buffer = new byte[1 << 13];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                int room = Math.min(count, limit - kept.size());
                kept.write(buffer, 0, room);
                truncated |= room < count;
            }
        } catch (IOException e) {
            truncated = true; // the pipe of a killed process
        }
    }

    /** What was kept, once the stream is at its end. */
    CodeOutput await() throws InterruptedException {
        reader.join();
        return new CodeOutput(kept.toString(StandardCharsets.UTF_8), truncated);
    }
}
