package dev.datastudio.agents.mcp.internal;

import dev.datastudio.agents.mcp.McpProgram;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Speaks to a program over its standard input and output, one JSON message a line. Unlike the SDK's own transport it
 * gives the program none of the host's environment, which holds keys, and tells when the program ends. Thread-safe.
 */
final class StdioTransport implements McpClientTransport {
    private static final int MAX_LINE = 8 << 20;

    private final McpProgram program;
    private final McpJsonMapper json;
    private final Consumer<IOException> broken;
    private volatile @Nullable Process process;
    private volatile boolean closed;

    /** @param broken told when the program ends or says what is no message, while it should not */
    StdioTransport(McpProgram program, McpJsonMapper json, Consumer<IOException> broken) {
        this.program = program;
        this.json = json;
        this.broken = broken;
    }

    @Override
    public Mono<Void> connect(Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> handler) {
        return Mono.fromRunnable(
                () -> { // on this thread: what is sent next finds the program running
                    try {
                        start(handler);
                    } catch (IOException e) {
                        broken.accept(e);
                    }
                });
    }

    private synchronized void start(Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> handler)
            throws IOException {
        if (closed) {
            throw new IOException("the connection is closed");
        }
        List<String> command = new ArrayList<>();
        command.add(program.command().toString());
        command.addAll(program.arguments());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(program.environment());
        Process started = builder.start();
        process = started;
        Thread reader = new Thread(() -> read(started, handler), "studio-mcp-stdio");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(
            Process started, Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> handler) {
        try (InputStream output = new BufferedInputStream(started.getInputStream())) {
            for (String line = line(output); line != null; line = line(output)) {
                if (!line.isBlank()) {
                    handler.apply(Mono.just(McpSchema.deserializeJsonRpcMessage(json, line)))
                            .subscribe();
                }
            }
            ended(new IOException("the program ended"));
        } catch (IOException | RuntimeException e) {
            ended(new IOException("the program said what is no message", e));
        }
    }

    private void ended(IOException why) {
        if (!closed) {
            broken.accept(why);
        }
    }

    private static @Nullable String line(InputStream output) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = output.read(); next >= 0; next = output.read()) {
            if (next == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            if (line.size() == MAX_LINE) {
                throw new IOException("a message has more than " + MAX_LINE + " bytes");
            }
            line.write(next);
        }
        return null;
    }

    @Override
    public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
        return Mono.<Void>fromCallable(() -> {
                    write(json.writeValueAsString(message));
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private synchronized void write(String message) throws IOException {
        Process running = process;
        if (running == null) {
            throw new IOException("the program is not running");
        }
        OutputStream input = running.getOutputStream();
        input.write((message + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    /** Ends the program at once: whatever it still does is for nobody. */
    @Override
    public void close() {
        closed = true;
        Process running = process; // without the lock: a write that the program does not read holds it
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
        }
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::close);
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.convertValue(data, type);
    }
}
