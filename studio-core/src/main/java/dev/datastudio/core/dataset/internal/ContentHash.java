package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.progress.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** SHA-256 of a file or text, as 64 lower-case hexadecimal digits. */
final class ContentHash implements AutoCloseable {
    private static final int BUFFER = 1 << 18;

    private final Cancellation closing = Cancellation.create();
    private final FutureTask<String> task;
    private final Thread thread;

    private ContentHash(Path file) {
        this.task = new FutureTask<>(() -> of(file, closing));
        this.thread = new Thread(task, "studio-hash");
        thread.setDaemon(true);
    }

    /** Begins to hash a file on a thread of its own, so that it is done beside other work on the file. */
    static ContentHash start(Path file) {
        ContentHash hash = new ContentHash(file);
        hash.thread.start();
        return hash;
    }

    /** The hash, waited for. */
    String await() throws IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        }
    }

    /** Stops hashing, if it still goes on, and waits for the thread to let go of the file. */
    @Override
    public void close() {
        closing.cancel();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads a file to its end and hashes it. */
    static String of(Path file, Cancellation cancellation) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                cancellation.throwIfCancelled();
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The hash of a text in UTF-8. */
    static String of(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
