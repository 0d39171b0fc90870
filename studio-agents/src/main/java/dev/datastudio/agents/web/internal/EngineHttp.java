package dev.datastudio.agents.web.internal;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Gives LangChain4j's engines our own way to a service, with its limits; what they set themselves is left aside. */
record EngineHttp(SearchAccess access) implements HttpClientBuilder {
    @Override
    public Duration connectTimeout() {
        return access.http().timeout();
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return access.http().timeout();
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
        return this;
    }

    @Override
    public HttpClient build() {
        return new Client(access);
    }

    private record Client(SearchAccess access) implements HttpClient {
        @Override
        public SuccessfulHttpResponse execute(HttpRequest request) {
            java.net.http.HttpRequest.Builder sent = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                    .method(request.method().name(), body(request));
            request.headers().forEach((name, values) -> values.forEach(value -> sent.header(name, value)));
            String body = access.http().send(access.provider(), sent.build(), access.cancellation());
            return SuccessfulHttpResponse.builder()
                    .statusCode(200)
                    .headers(Map.of())
                    .body(body)
                    .build();
        }

        private static java.net.http.HttpRequest.BodyPublisher body(HttpRequest request) {
            return request.body() == null
                    ? java.net.http.HttpRequest.BodyPublishers.noBody()
                    : java.net.http.HttpRequest.BodyPublishers.ofString(request.body(), StandardCharsets.UTF_8);
        }

        @Override
        public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
            throw new UnsupportedOperationException("No search service streams");
        }
    }
}
