package dev.datastudio.benchmarks;

import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;

/**
 * A scripted model in a process of its own, so that its threads and memory don't count. It thinks for a while and then
 * says one word after the other.
 */
final class StreamServer implements AutoCloseable {
    /** How long the model thinks before its first word. */
    static final Duration DELAY = Duration.ofMillis(500);

    static final int WORDS = 40;
    private static final long LIMIT_SECONDS = 10;

    private final Process process;
    private final String url;

    private StreamServer(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static StreamServer start() throws IOException {
        Process process = new ProcessBuilder(Child.java(StreamServer.class))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String url = output.readLine();
            if (url == null) {
                throw new IOException("The server of the scripted model ended at once");
            }
            return new StreamServer(process, url);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The base URL of its OpenAI protocol. */
    String url() {
        return url;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close(); // it ends with its input
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The server of the scripted model can't be ended", e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Says its address, and ends when its input does. */
    public static void main(String[] arguments) throws IOException {
        String[] words = Collections.nCopies(WORDS, "word ").toArray(String[]::new);
        ModelReply reply = ModelReply.pieces(words).usage(20, WORDS).after(DELAY);
        try (ScriptedModelServer server = ScriptedModelServer.start()) {
            server.when("Tell").reply(reply);
            System.out.println(server.baseUrl());
            while (System.in.read() >= 0) {
                // waiting for its end
            }
        }
    }
}
