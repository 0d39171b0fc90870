package dev.datastudio.testkit.mcp;

import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * An MCP server over streamable HTTP on a free port of this machine, with {@link ExampleMcpTools}. A request without its
 * key is answered with 401; {@link #redirectUrl()} sends elsewhere. Thread-safe; close it when done.
 */
public final class McpHttpServer implements AutoCloseable {
    private final Tomcat tomcat = new Tomcat();
    /**
     * Outlives the connector: without one, Tomcat tells a broken connection on the thread that found it broken, which
     * then waits for the thread of the request while that waits for it.
     */
    private final ExecutorService threads = Executors.newCachedThreadPool(McpHttpServer::daemon);

    private final String key;
    private final ExampleMcpTools tools;
    private final AtomicInteger requests = new AtomicInteger();

    private McpHttpServer(String key, Path folder) throws LifecycleException {
        this.key = key;
        HttpServletStreamableServerTransportProvider servlet = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(ExampleMcpTools.JSON)
                .mcpEndpoint("/mcp")
                .build();
        this.tools = ExampleMcpTools.over(servlet, this::breakOff);
        tomcat.setSilent(true);
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().getProtocolHandler().setExecutor(threads);
        Context context = tomcat.addContext("", folder.toString());
        if (context instanceof StandardContext standard) {
            standard.setClearReferencesThreadLocals(
                    false); // looks for leaks that a test of seconds can't have, and says so
            standard.setClearReferencesRmiTargets(false);
        }
        Tomcat.addServlet(context, "mcp", servlet).setAsyncSupported(true);
        context.addServletMappingDecoded("/mcp", "mcp");
        Tomcat.addServlet(context, "elsewhere", new Elsewhere());
        context.addServletMappingDecoded("/elsewhere", "elsewhere");
        guard(context);
        tomcat.start();
    }

    /**
     * A running server.
     *
     * @param key that each request must carry as a bearer token; empty for none
     * @param folder for Tomcat's own files
     */
    public static McpHttpServer start(String key, Path folder) {
        try {
            return new McpHttpServer(key, folder);
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat does not start", e);
        }
    }

    private void guard(Context context) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("key");
        definition.setFilter(new KeyFilter());
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName("key");
        map.addURLPattern("/*");
        context.addFilterMap(map);
    }

    private final class KeyFilter implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            requests.incrementAndGet();
            String given = ((HttpServletRequest) request).getHeader("Authorization");
            if (!key.isEmpty() && !("Bearer " + key).equals(given)) {
                ((HttpServletResponse) response).sendError(HttpServletResponse.SC_UNAUTHORIZED);
                return;
            }
            chain.doFilter(request, response);
        }
    }

    private static final class Elsewhere extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendRedirect("/mcp", HttpServletResponse.SC_TEMPORARY_REDIRECT);
        }
    }

    /** Where it is, with a host name. */
    public String url() {
        return base() + "/mcp";
    }

    /** An address that sends to {@link #url()}. */
    public String redirectUrl() {
        return base() + "/elsewhere";
    }

    private String base() {
        return "http://localhost:" + tomcat.getConnector().getLocalPort();
    }

    /** How many requests came, also those without the key. */
    public int requests() {
        return requests.get();
    }

    /** Cuts all connections in the middle of what they say, and takes no new ones. */
    private void breakOff() {
        daemon(this::stop).start();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "mcp-server");
        thread.setDaemon(true);
        thread.setContextClassLoader(McpHttpServer.class.getClassLoader()); // not the one that ends with Tomcat
        return thread;
    }

    private void stop() {
        try {
            tomcat.getConnector().stop();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat does not stop", e);
        }
    }

    @Override
    public void close() {
        tools.close();
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat does not stop", e);
        } finally {
            threads.shutdown();
        }
    }
}
