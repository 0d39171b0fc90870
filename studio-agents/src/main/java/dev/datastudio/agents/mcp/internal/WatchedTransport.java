package dev.datastudio.agents.mcp.internal;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A transport that does what the SDK's client does not: it knows which request a call became, so that the server can be
 * told when nobody waits for it any more ({@code notifications/cancelled}); and it keeps the news of a changed list of
 * tools from the client, which would read however many pages the server sends. Thread-safe.
 */
final class WatchedTransport implements McpClientTransport {
    private static final String LIST_CHANGED = "notifications/tools/list_changed";

    private final McpClientTransport transport;
    private final Runnable listChanged;
    private final Map<Object, Object> requests = new ConcurrentHashMap<>();

    WatchedTransport(McpClientTransport transport, Runnable listChanged) {
        this.transport = transport;
        this.listChanged = listChanged;
    }

    @Override
    public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
        if (message instanceof McpSchema.JSONRPCRequest request
                && request.params() instanceof McpSchema.CallToolRequest call
                && call.meta() != null
                && call.meta().get("progressToken") != null) {
            requests.put(call.meta().get("progressToken"), request.id());
        }
        return transport.sendMessage(message);
    }

    /** Forgets a call that has ended. */
    void forget(String token) {
        requests.remove(token);
    }

    /** Tells the server that a call is no longer waited for, if it was sent; does not wait. */
    void cancel(String token) {
        Object request = requests.remove(token);
        if (request != null) {
            Map<String, Object> params = Map.of("requestId", request, "reason", "The caller stopped waiting");
            transport
                    .sendMessage(new McpSchema.JSONRPCNotification("notifications/cancelled", params))
                    .onErrorComplete()
                    .subscribe();
        }
    }

    @Override
    public Mono<Void> connect(Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> handler) {
        return transport.connect(messages -> messages.flatMap(message -> {
            if (message instanceof McpSchema.JSONRPCNotification news && LIST_CHANGED.equals(news.method())) {
                listChanged.run();
                return Mono.empty();
            }
            return handler.apply(Mono.just(message));
        }));
    }

    @Override
    public void setExceptionHandler(Consumer<Throwable> handler) {
        transport.setExceptionHandler(handler);
    }

    @Override
    public void close() {
        transport.close();
    }

    @Override
    public Mono<Void> closeGracefully() {
        return transport.closeGracefully();
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return transport.unmarshalFrom(data, type);
    }

    @Override
    public List<String> protocolVersions() {
        return transport.protocolVersions();
    }
}
