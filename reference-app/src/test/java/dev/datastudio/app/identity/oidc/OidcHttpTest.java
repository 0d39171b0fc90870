package dev.datastudio.app.identity.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A provider that can't be reached, or does not answer, keeps nobody waiting. */
@Timeout(30)
class OidcHttpTest {
    private static OidcException failure(OidcHttp http, int port) {
        URI address = URI.create("http://127.0.0.1:" + port + "/.well-known/openid-configuration");
        return assertThrows(OidcException.class, () -> http.json(HttpRequest.newBuilder(address)));
    }

    @Test
    void aProviderThatIsNotThereFailsAtOnce() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertEquals(
                OidcException.Kind.PROVIDER_FAILED,
                failure(new OidcHttp(), port).kind());
    }

    @Test
    void aProviderThatDoesNotAnswerFailsAtTheLimit() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            long begun = System.nanoTime();

            OidcException failure = failure(new OidcHttp(Duration.ofMillis(300)), silent.getLocalPort());

            assertEquals(OidcException.Kind.PROVIDER_FAILED, failure.kind());
            assertTrue(System.nanoTime() - begun >= 290_000_000L, "it gave up before the limit");
        }
    }
}
