package dev.datastudio.core.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.fetch.internal.FileNames;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FetchTest {
    private static final byte[] CSV = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final WebServer server = new WebServer();
    private final Fetch fetch = Fetch.with(UrlGuard.DEFAULT.allowing("localhost"));

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void assertNothingStays() {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ErrorCode refusal(Fetch fetch, URI uri, FetchOptions options) {
        StudioException error = assertThrows(StudioException.class, () -> fetch.download(uri, folder, options));
        assertNothingStays();
        return error.code();
    }

    @Test
    void downloadsAFileAndTellsItsNameAndType() throws IOException {
        server.serve(
                "/x",
                CSV,
                Map.of(
                        "Content-Type",
                        "Text/CSV; charset=utf-8",
                        "Content-Disposition",
                        "attachment; filename=\"s.csv\""));
        List<Progress> reports = new ArrayList<>();

        FetchedFile file = fetch.download(server.uri("/x"), folder, FetchOptions.DEFAULT.reportingTo(reports::add));

        assertEquals("s.csv", file.name());
        assertEquals("text/csv", file.contentType());
        assertEquals(CSV.length, file.bytes());
        assertEquals("a,b\n1,2\n", Files.readString(file.path()));
        assertEquals(List.of(new Progress("fetching", CSV.length, CSV.length, "bytes")), reports);
    }

    @Test
    void followsThreeRedirectsAndNoMore() {
        server.redirect("/r1", "/r2")
                .redirect("/r2", "/r3")
                .redirect("/r3", "/file.csv")
                .redirect("/r0", "/r1");
        server.serve("/file.csv", CSV, Map.of());

        assertEquals(
                "file.csv",
                fetch.download(server.uri("/r1"), folder, FetchOptions.DEFAULT).name());
        assertEquals(
                ErrorCode.URL_REFUSED,
                assertThrows(
                                StudioException.class,
                                () -> fetch.download(server.uri("/r0"), folder, FetchOptions.DEFAULT))
                        .code());
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:PORT/secret",
        "http://[::1]:PORT/secret",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "gopher://localhost/",
        "http://user:pass@localhost:PORT/secret",
        "//127.0.0.1:PORT/secret",
        "::::"
    })
    void checksWhereARedirectLeads(String target) {
        server.serve("/secret", CSV, Map.of());
        server.redirect("/r", target.replace("PORT", "" + server.port()));

        assertEquals(ErrorCode.URL_REFUSED, refusal(fetch, server.uri("/r"), FetchOptions.DEFAULT));
        assertEquals(List.of("/r"), server.requests());
    }

    @Test
    void connectsToTheAddressThatWasCheckedWhateverTheNameServerSaysNext() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        // A public address first, the loopback at every later look-up; allowing() leaves only the pinning to test.
        HostResolver twice =
                host -> List.of(InetAddress.getByName(asked.incrementAndGet() == 1 ? "127.0.0.1" : "192.0.2.1"));
        server.serve("/a.csv", CSV, Map.of());
        Fetch pinned = Fetch.with(UrlGuard.DEFAULT.resolving(twice).allowing("rebind.example"));
        URI uri = URI.create("http://rebind.example:" + server.port() + "/a.csv");

        FetchedFile file = pinned.download(uri, folder, FetchOptions.DEFAULT);

        assertEquals(CSV.length, file.bytes());
        assertEquals(1, asked.get());
    }

    @Test
    void checksTheSecondAnswerOfANameServerWhenARedirectAsksAgain() {
        AtomicInteger asked = new AtomicInteger();
        HostResolver twice = host -> List.of(InetAddress.getByName(
                host.equals("first.example") || asked.incrementAndGet() > 1 ? "127.0.0.1" : "10.0.0.1"));
        server.redirect("/r", "http://second.example:" + server.port() + "/secret");
        Fetch guarded = Fetch.with(UrlGuard.DEFAULT.resolving(twice).allowing("first.example"));
        URI uri = URI.create("http://first.example:" + server.port() + "/r");

        assertEquals(ErrorCode.URL_REFUSED, refusal(guarded, uri, FetchOptions.DEFAULT));
        assertEquals(List.of("/r"), server.requests());
    }

    @Test
    void givesCredentialsToTheFirstServerOnly() {
        server.redirect("/r", "/file.csv").serve("/file.csv", CSV, Map.of());

        fetch.download(server.uri("/r"), "me", Secret.of("key"), folder, FetchOptions.DEFAULT);

        assertEquals(List.of("/r Basic bWU6a2V5", "/file.csv"), server.requests());
    }

    @Test
    void refusesALargeFileWhetherOrNotItsSizeIsSaid() {
        server.serve("/said", new byte[5_000], Map.of());
        server.on("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 1_000_000; i++) {
                    out.write(new byte[1_000]);
                }
            }
        });
        FetchOptions small = FetchOptions.DEFAULT.withMaxBytes(4_000);

        assertEquals(ErrorCode.LIMIT_EXCEEDED, refusal(fetch, server.uri("/said"), small));
        assertEquals(ErrorCode.LIMIT_EXCEEDED, refusal(fetch, server.uri("/endless"), small));
    }

    @Test
    void givesUpOnAServerThatKeepsSilent() {
        CountDownLatch end = new CountDownLatch(1);
        server.on("/silent", exchange -> await(end));
        server.on("/half", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            await(end);
        });
        FetchOptions brief = FetchOptions.DEFAULT.withMaxTime(Duration.ofMillis(300));

        assertEquals(ErrorCode.LIMIT_EXCEEDED, refusal(fetch, server.uri("/silent"), brief));
        assertEquals(ErrorCode.LIMIT_EXCEEDED, refusal(fetch, server.uri("/half"), brief));
        end.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void stopsWhenItIsCancelled() {
        CountDownLatch end = new CountDownLatch(1);
        Cancellation cancellation = Cancellation.create();
        server.on("/silent", exchange -> {
            cancellation.cancel();
            await(end);
        });

        assertEquals(
                ErrorCode.CANCELLED,
                refusal(fetch, server.uri("/silent"), FetchOptions.DEFAULT.stoppedBy(cancellation)));
        end.countDown();
    }

    @Test
    void saysWhatTheServerAnswered() {
        server.status("/gone", 404).status("/login", 401);

        HttpStatusException gone = assertThrows(
                HttpStatusException.class,
                () -> fetch.download(server.uri("/gone?token=secret"), folder, FetchOptions.DEFAULT));
        HttpStatusException login = assertThrows(
                HttpStatusException.class, () -> fetch.download(server.uri("/login"), folder, FetchOptions.DEFAULT));

        assertEquals(404, gone.status());
        assertFalse(gone.getMessage().contains("secret"), gone.getMessage());
        assertTrue(login.mend().contains("login"), login.mend());
        assertNothingStays();
    }

    @Test
    void refusesAnAnswerThatBreaksOff() {
        server.on("/cut", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(CSV);
            exchange.getResponseBody().flush();
            throw new IOException("cut");
        });

        assertEquals(ErrorCode.URL_UNREACHABLE, refusal(fetch, server.uri("/cut"), FetchOptions.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "attachment; filename=\"../../etc/passwd\" => passwd",
                "attachment; filename=\"..\\..\\boot.csv\" => boot.csv",
                "attachment; filename=\"C:\\x\\a.csv\" => a.csv",
                "attachment; filename=\"CON\" => _CON",
                "attachment; filename=\"nul.csv\" => _nul.csv",
                "attachment; filename=\".bashrc\" => bashrc",
                "attachment; filename=\"a.csv. . .\" => a.csv",
                "attachment; filename*=UTF-8''s%C3%A4les.csv => säles.csv",
                "attachment; filename*=UTF-8''..%2F..%2Fx.csv => x.csv",
                "attachment; filename=\"x%00.csv\" => x%00.csv",
                "attachment; filename=plain.csv; size=3 => plain.csv",
                "attachment; filename=\"..\" => last.csv",
                "inline => last.csv"
            })
    void makesTheNamesOfServersSafe(String disposition, String expected) {
        assertEquals(expected, FileNames.of(disposition, URI.create("http://a.example/p/last.csv"), ""));
    }

    @Test
    void cutsLongNamesAndNamesTheNameless() {
        String name = FileNames.of("attachment; filename=\"" + "x".repeat(300) + ".csv\"", URI.create("http://a/"), "");

        assertEquals(120, name.length());
        assertTrue(name.endsWith(".csv"), name);
        assertEquals("download.csv", FileNames.of("", URI.create("http://a.example/"), "text/csv"));
        assertEquals("a\u202egnp.csv".replace("\u202e", ""), FileNames.safe("a\u202egnp\u0000.csv"));
    }

    /** Sends until nobody takes it, at most a gigabyte; how much went out. */
    private static long endless(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, 0);
        byte[] block = new byte[1 << 16];
        long sent = 0;
        try (OutputStream body = exchange.getResponseBody()) {
            for (; sent < (1L << 30); sent += block.length) {
                body.write(block);
            }
        } catch (IOException e) {
            return sent; // the other side has cut the connection
        }
        return sent;
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 404})
    void cutsAnAnswerWithoutAnEndInPlaceOfReadingItsRest(int status) throws Exception {
        CompletableFuture<Long> sent = new CompletableFuture<>();
        server.on("/endless", exchange -> {
            exchange.getResponseHeaders().set("Location", "/there");
            sent.complete(endless(exchange, status));
        });
        server.serve("/there", new byte[10], Map.of());

        FetchOptions limits = FetchOptions.DEFAULT.withMaxBytes(100_000);
        if (status == 302) {
            assertEquals(
                    10, fetch.download(server.uri("/endless"), folder, limits).bytes());
        } else {
            assertThrows(StudioException.class, () -> fetch.download(server.uri("/endless"), folder, limits));
        }

        long bytes = sent.get(30, TimeUnit.SECONDS);
        assertTrue(bytes < (64L << 20), () -> "read " + bytes);
    }
}
