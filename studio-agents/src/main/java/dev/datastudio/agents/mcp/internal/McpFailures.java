package dev.datastudio.agents.mcp.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.text.internal.OutsideText;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.spec.McpError;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** What went wrong with a server, in words of ours: its own may hold anything. */
final class McpFailures {
    private McpFailures() {}

    /** The error for a failure of the SDK or of a connection. */
    static StudioException of(String server, Throwable failure) {
        Optional<StudioException> own = cause(failure, StudioException.class);
        if (own.isPresent()) {
            return own.get();
        }
        String name = "The MCP server " + StudioException.quote(server);
        if (cause(failure, McpHttpClientTransportAuthorizationException.class).isPresent()) {
            return failed(name + " refused the key", "Give it a key that is valid there", failure);
        }
        if (cause(failure, PinnedHttpClient.RedirectRefused.class).isPresent()) {
            return failed(
                    name + " answered with a redirect, which is not followed",
                    "Configure the address that it leads to, if you trust it",
                    failure);
        }
        Optional<McpError> refusal = cause(failure, McpError.class);
        if (refusal.isPresent() && refusal.get().getJsonRpcError() != null) {
            return failed(
                    name + " answered with an error: "
                            + StudioException.quote(OutsideText.line(
                                    String.valueOf(
                                            refusal.get().getJsonRpcError().message()),
                                    300)),
                    "Call it with other arguments, or go on without it",
                    failure);
        }
        if (cause(failure, TimeoutException.class).isPresent()) {
            return failed(name + " did not answer in time", "Try again later, or go on without it", failure);
        }
        if (cause(failure, IOException.class).isPresent()) {
            return failed(
                    name + " can't be reached, or the connection broke",
                    "Check that it runs and can be reached from here, then try again",
                    failure);
        }
        return failed(
                name + " does not speak the protocol as it should",
                "Check that the address is that of an MCP server with streamable HTTP",
                failure);
    }

    private static StudioException failed(String what, String mend, Throwable cause) {
        return new StudioException(ErrorCode.TOOL_SERVER_FAILED, what, mend, cause);
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        Set<Throwable> seen = new HashSet<>();
        for (Throwable each = failure; each != null && seen.add(each); each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }
}
