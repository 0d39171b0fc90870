package dev.datastudio.agents.mcp.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.agents.mcp.McpProgram;
import dev.datastudio.agents.mcp.McpServerSpec;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.fetch.CheckedUrl;
import dev.datastudio.core.fetch.UrlGuard;
import dev.datastudio.core.fetch.internal.PinnedHttp;
import dev.datastudio.core.fetch.internal.PublicAddresses;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How servers are reached from here: over the web under the rules of a guard, and as programs that the host offers.
 * Immutable.
 *
 * @param guard tells which addresses may be reached
 * @param programs of the host, by name
 */
public record Reach(UrlGuard guard, Map<String, McpProgram> programs) {
    private static final int MAX_MESSAGE = 8 << 20;

    public Reach {
        programs = Map.copyOf(programs);
    }

    /**
     * Checks that a server may be reached, before it is kept.
     *
     * @throws StudioException with {@link ErrorCode#URL_REFUSED}, {@link ErrorCode#URL_UNREACHABLE} or
     *     {@link ErrorCode#ENTRY_NOT_FOUND}
     */
    public void check(McpServerSpec spec, boolean hasKey) {
        if (spec.program().isEmpty()) {
            checked(spec, hasKey);
        } else {
            program(spec);
        }
    }

    private McpProgram program(McpServerSpec spec) {
        McpProgram program = programs.get(spec.program());
        if (program == null) {
            throw new StudioException(
                    ErrorCode.ENTRY_NOT_FOUND,
                    "The host offers no MCP program " + StudioException.quote(spec.program()),
                    "Use an https:// address, or have the host program offer it");
        }
        return program;
    }

    private CheckedUrl checked(McpServerSpec spec, boolean hasKey) {
        CheckedUrl url = guard.check(URI.create(spec.endpointUrl()));
        boolean plain = "http".equalsIgnoreCase(url.uri().getScheme());
        if (plain && hasKey && url.addresses().stream().anyMatch(PublicAddresses::contains)) {
            throw new StudioException(
                    ErrorCode.URL_REFUSED,
                    "The MCP server " + StudioException.quote(spec.name()) + " would be sent its key unencrypted",
                    "Use its https:// address");
        }
        return url;
    }

    McpConnection connect(McpServerSpec spec, Secret key, Instant now, Cancellation cancellation) {
        Breakage breakage = new Breakage();
        if (!spec.program().isEmpty()) {
            StdioTransport transport = new StdioTransport(program(spec), json(), breakage::report);
            return McpConnection.open(spec.name(), now, transport, breakage, () -> {}, cancellation);
        }
        CheckedUrl url = checked(spec, !key.isEmpty());
        PinnedHttp http = new PinnedHttp();
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "studio-mcp-http");
            thread.setDaemon(true);
            return thread;
        });
        PinnedHttpClient client = new PinnedHttpClient(url, http, threads, breakage::report);
        return McpConnection.open(
                spec.name(),
                now,
                transport(url.uri(), key, client),
                breakage,
                () -> {
                    http.close();
                    threads.shutdownNow();
                },
                cancellation);
    }

    private static McpJsonMapper json() {
        return new JacksonMcpJsonMapper(new ObjectMapper());
    }

    private static HttpClientStreamableHttpTransport transport(URI uri, Secret key, PinnedHttpClient client) {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key.reveal());
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return HttpClientStreamableHttpTransport.builder(uri.getScheme() + "://" + uri.getRawAuthority())
                .endpoint(path + query)
                .clientBuilder(new PinnedClientBuilder(client))
                .requestBuilder(request)
                .jsonMapper(json())
                .maxResponseSize(MAX_MESSAGE)
                .build();
    }
}
