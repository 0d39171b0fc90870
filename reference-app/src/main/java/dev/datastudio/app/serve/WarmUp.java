package dev.datastudio.app.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Touches what a start and first requests touch, for an archive of classes that later starts map in; leaves nothing. */
final class WarmUp {
    static final List<String> SETTINGS =
            List.of("--server.port=0", "--server.address=127.0.0.1", "--studio.in-memory=true");

    private static final List<String> PATHS =
            List.of("/", "/api/health/", "/actuator/health", "/api/v1/auth/session", "/api/v1/datasets");

    private WarmUp() {}

    static void run(ConfigurableApplicationContext context) {
        try (context) {
            int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer(), "a server")
                    .getPort();
            HttpClient http = HttpClient.newHttpClient();
            for (String path : PATHS) {
                http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
            }
        } catch (IOException e) {
            throw new IllegalStateException("The server that was started for it does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
