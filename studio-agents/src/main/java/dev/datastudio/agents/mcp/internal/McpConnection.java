package dev.datastudio.agents.mcp.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server, with what it listed when it was opened or said to have changed. The server is given nothing
 * to ask for: no model, no files, no questions to the user. Thread-safe.
 */
final class McpConnection implements AutoCloseable {
    private static final Duration OPENING = Duration.ofSeconds(30);
    private static final Duration LISTING = Duration.ofSeconds(30);
    private static final Duration CALL = Duration.ofMinutes(10);
    private static final int MAX_TOOLS = 200;
    private static final int MAX_PAGES = 50;

    private final String server;
    private final Instant openedAt;
    private final WatchedTransport transport;
    private final Runnable afterwards;
    private final Breakage broken;
    private final McpAsyncClient client;
    private volatile Map<String, Definition> definitions = Map.of();
    private volatile boolean stale;

    private McpConnection(
            String server, Instant openedAt, McpClientTransport transport, Breakage broken, Runnable afterwards) {
        this.server = server;
        this.openedAt = openedAt;
        this.transport = new WatchedTransport(transport, () -> stale = true);
        this.broken = broken;
        this.afterwards = afterwards;
        this.client = McpClient.async(this.transport)
                .clientInfo(McpSchema.Implementation.builder("datastudio", "1").build())
                .requestTimeout(CALL)
                .initializationTimeout(OPENING)
                .jsonSchemaValidator(new Trusting())
                .build();
    }

    /** What is structured in an answer is shown as text, and so needs no check. */
    private static final class Trusting implements JsonSchemaValidator {
        @Override
        public ValidationResponse validate(Map<String, Object> schema, Object content) {
            return ValidationResponse.asValid(null);
        }
    }

    /**
     * Connects and lists the tools.
     *
     * @param broken told when the connection breaks
     * @param afterwards done when it is closed
     * @throws StudioException with {@link ErrorCode#TOOL_SERVER_FAILED} or {@link ErrorCode#CANCELLED}
     */
    static McpConnection open(
            String server,
            Instant now,
            McpClientTransport transport,
            Breakage broken,
            Runnable afterwards,
            Cancellation cancellation) {
        McpConnection connection = new McpConnection(server, now, transport, broken, afterwards);
        try {
            connection.await(connection.client.initialize().toFuture(), OPENING, cancellation);
            connection.list(cancellation);
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Asks the server what it offers by now. */
    void list(Cancellation cancellation) {
        stale = false;
        Map<String, Definition> listed = new LinkedHashMap<>();
        @Nullable String cursor = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            McpSchema.ListToolsResult result = await(client.listTools(cursor).toFuture(), LISTING, cancellation);
            byName(result.tools()).forEach(listed::putIfAbsent);
            cursor = result.nextCursor();
            if (cursor == null || cursor.isEmpty() || listed.size() >= MAX_TOOLS) {
                break;
            }
        }
        definitions = listed;
    }

    private static Map<String, Definition> byName(List<McpSchema.Tool> tools) {
        Map<String, Definition> definitions = new LinkedHashMap<>();
        for (McpSchema.Tool tool : tools) {
            Optional<Definition> definition = Definition.of(tool);
            definition
                    .filter(each -> definitions.size() < MAX_TOOLS)
                    .ifPresent(each -> definitions.putIfAbsent(each.name(), each));
        }
        return definitions;
    }

    /** What the server offers by now, by name; asks it again when it said that the list changed. */
    Map<String, Definition> definitions(Cancellation cancellation) {
        if (stale) {
            list(cancellation);
        }
        return definitions;
    }

    Instant openedAt() {
        return openedAt;
    }

    boolean isBroken() {
        return broken.isBroken();
    }

    /**
     * Calls a tool.
     *
     * @throws StudioException with {@link ErrorCode#TOOL_SERVER_FAILED} or {@link ErrorCode#CANCELLED}
     */
    McpSchema.CallToolResult call(String tool, Map<String, Object> arguments, Cancellation cancellation) {
        String token = UUID.randomUUID().toString();
        McpSchema.CallToolRequest request =
                new McpSchema.CallToolRequest(tool, arguments, Map.of("progressToken", token));
        CompletableFuture<McpSchema.CallToolResult> future =
                client.callTool(request).toFuture();
        try {
            McpSchema.CallToolResult result = await(future, CALL, cancellation);
            transport.forget(token);
            return result;
        } catch (StudioException e) {
            transport.cancel(token);
            throw e;
        }
    }

    /** Waits for an answer, the end of the connection, the end of patience, or the caller's. */
    private <T> T await(CompletableFuture<T> future, Duration patience, Cancellation cancellation) {
        CompletableFuture<Object> first = new CompletableFuture<>();
        CompletableFuture<T> unused = future.whenComplete((value, failure) -> end(first, value, failure));
        Cancellation.Registration breaking = broken.onBreak(first::completeExceptionally);
        Cancellation.Registration waiting =
                cancellation.onCancel(() -> first.completeExceptionally(Cancellation.cancelledError()));
        try {
            first.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return future.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        } catch (ExecutionException e) {
            throw McpFailures.of(server, e);
        } catch (TimeoutException e) {
            throw McpFailures.of(server, e);
        } finally {
            breaking.close();
            waiting.close();
            future.cancel(false);
        }
    }

    private static void end(CompletableFuture<Object> first, @Nullable Object value, @Nullable Throwable failure) {
        if (failure != null) {
            first.completeExceptionally(failure);
        } else {
            first.complete(value == null ? true : value);
        }
    }

    @Override
    public void close() {
        broken.report(new IOException("the connection was closed"));
        client.close();
        transport.close();
        afterwards.run();
    }
}
