package dev.datastudio.core.link;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;

/** Requests of the JDK's server as calls for links. */
final class LinkExchange implements HttpHandler {
    private static final int NO_BODY = -1;

    private final LinkTransfer transfer;

    LinkExchange(LinkTransfer transfer) {
        this.transfer = transfer;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            transfer.answer(new Call(exchange));
        }
    }

    private record Call(HttpExchange exchange) implements LinkCall {
        @Override
        public String method() {
            return exchange.getRequestMethod();
        }

        @Override
        public URI url() {
            return exchange.getRequestURI();
        }

        @Override
        public List<String> headers(String name) {
            return exchange.getRequestHeaders().getOrDefault(name, List.of());
        }

        @Override
        public InputStream body() {
            return exchange.getRequestBody();
        }

        @Override
        public void setHeader(String name, String value) {
            exchange.getResponseHeaders().set(name, value);
        }

        @Override
        public void addHeader(String name, String value) {
            exchange.getResponseHeaders().add(name, value);
        }

        @Override
        public OutputStream begin(int status, long length) throws IOException {
            exchange.sendResponseHeaders(status, length == 0 ? NO_BODY : length);
            return exchange.getResponseBody();
        }
    }
}
