package dev.datastudio.agents.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.fetch.HostResolver;
import dev.datastudio.core.fetch.UrlGuard;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebPagesTest {
    private static final UrlGuard LOCAL = UrlGuard.DEFAULT.allowing("localhost");

    private final LocalWeb server = new LocalWeb();
    private final WebPages pages = WebPages.with(LOCAL, PageLimits.DEFAULT);

    @AfterEach
    void close() {
        server.close();
    }

    private static ErrorCode refusal(WebPages pages, URI uri) {
        StudioException error = assertThrows(StudioException.class, () -> pages.fetch(uri, Cancellation.none()));
        assertFalse(error.getMessage().contains("secret"), error.getMessage());
        return error.code();
    }

    @Test
    void readsWhatAReaderSeesOfAPage() {
        server.page("/dir/page", """
                <html><head><title> Rents &amp; wages </title><script>var a = 1;</script></head><body>
                <nav><a href="/menu">Menu</a></nav>
                <h1>Rents</h1><!-- a comment --><p>The median rent is
                <b>16</b> euros, <a href="../source?y=1#top">says the office</a>.</p>
                <ul><li>Lisbon</li><li>Porto</li></ul>
                <table><tr><th>Town</th><th>Rent</th></tr><tr><td>Faro</td><td>12</td></tr></table>
                <p style="display : none">hidden 1</p><p hidden>hidden 2</p><span style="color:red;font-size:0px">hidden 3</span>
                <a href="javascript:alert(1)">bad</a> <a href="https://u:p@example.org/y">bad</a>
                <a href="https://example.org/x"><img src="http://127.0.0.1/p"></a><iframe src="http://127.0.0.1/"></iframe>
                <footer>Imprint</footer></body></html>
                """);

        WebPage page = pages.fetch(server.uri("/dir/page"), Cancellation.none());

        assertEquals("Rents & wages", page.title());
        assertEquals(
                "# Rents\n\nThe median rent is 16 euros, says the office.\n\n- Lisbon\n- Porto\n\n"
                        + "Town | Rent |\nFaro | 12 |\n\nbad bad",
                page.text());
        assertEquals(
                List.of(
                        new WebPage.Link("says the office", server.uri("/source?y=1#top")),
                        new WebPage.Link("bad", URI.create("https://example.org/y")), // no user name
                        new WebPage.Link("", URI.create("https://example.org/x"))),
                page.links());
        assertFalse(page.isCut());
        assertEquals(List.of("/dir/page"), server.requests());
    }

    @Test
    void readsTheMainPartOfAPageThatNamesOne() {
        String main = "Facts of the matter. ".repeat(20).strip();
        server.page("/a", "<body><div>Advertisement</div><main><p>" + main + "</p></main></body>");
        server.page("/b", "<body><div>The text</div><main>Loading</main></body>");

        assertEquals(main, pages.fetch(server.uri("/a"), Cancellation.none()).text());
        assertTrue(pages.fetch(server.uri("/b"), Cancellation.none()).text().contains("The text"));
    }

    @Test
    void readsTheEncodingThatTheServerOrThePageNames() {
        byte[] latin = "<meta charset=iso-8859-1><p>Größe</p>".getBytes(StandardCharsets.ISO_8859_1);
        server.answer("/page", 200, "text/html", latin);
        server.answer(
                "/server", 200, "text/plain; Charset=\"iso-8859-1\"", "Größe".getBytes(StandardCharsets.ISO_8859_1));
        server.answer("/none", 200, "text/plain; charset=klingon", "Größe".getBytes(StandardCharsets.UTF_8));

        for (String path : List.of("/page", "/server", "/none")) {
            assertEquals(
                    "Größe", pages.fetch(server.uri(path), Cancellation.none()).text(), path);
        }
    }

    @Test
    void takesOutWhatCantBeSeen() {
        server.page("/a", "<p>Daten&shy;bank &#x202E;evil&#x200B; &#xE0041;&#xE0042;tags &#x3164;&#7;x</p>");

        assertEquals(
                "Datenbank evil tags x",
                pages.fetch(server.uri("/a"), Cancellation.none()).text());
    }

    @Test
    void cutsLongTextsAndCountsLinks() {
        server.page(
                "/a",
                "<p>" + "word ".repeat(10_000) + "</p>" + "<a href=/x>x</a>".repeat(3)
                        + "<a href=/1>1</a><a href=/2>2</a>");
        PageLimits limits = new PageLimits(1 << 20, Duration.ofSeconds(20), 100, 2);

        WebPage page = WebPages.with(LOCAL, limits).fetch(server.uri("/a"), Cancellation.none());

        assertEquals(100, page.text().length());
        assertTrue(page.isCut());
        assertEquals(
                List.of("x", "1"), page.links().stream().map(WebPage.Link::text).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/pdf", "application/octet-stream", "video/mp4", ""})
    void refusesWhatIsNoTextByName(String type) {
        server.answer("/file", 200, type, new byte[] {1});

        StudioException error =
                assertThrows(StudioException.class, () -> pages.fetch(server.uri("/file?secret"), Cancellation.none()));

        assertEquals(ErrorCode.DOCUMENT_UNREADABLE, error.code());
        assertTrue(
                error.getMessage().contains(type.isEmpty() ? "has no type" : "is of type '" + type + "'"),
                error.getMessage());
        assertFalse(error.getMessage().contains("secret"), error.getMessage());
    }

    @Test
    void refusesWhatIsTooLargeOrNotThere() {
        server.on("/endless", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            while (true) { // until the connection is cut
                exchange.getResponseBody().write(new byte[1 << 16]);
            }
        });

        assertEquals(ErrorCode.LIMIT_EXCEEDED, refusal(pages, server.uri("/endless")));
        assertEquals(ErrorCode.URL_UNREACHABLE, refusal(pages, server.uri("/missing")));
    }

    @Test
    void stopsASilentServerInTimeAndWhenItIsCancelled() {
        Cancellation cancellation = Cancellation.create();
        server.silent("/silent", () -> {});
        server.silent("/cancelled", cancellation::cancel);
        PageLimits hasty = new PageLimits(1 << 20, Duration.ofMillis(50), 100, 2);

        assertEquals(ErrorCode.LIMIT_EXCEEDED, refusal(WebPages.with(LOCAL, hasty), server.uri("/silent")));
        StudioException cancelled =
                assertThrows(StudioException.class, () -> pages.fetch(server.uri("/cancelled"), cancellation));
        assertEquals(ErrorCode.CANCELLED, cancelled.code());
    }

    @Test
    void readsAPageThatIsNestedWithoutEnd() {
        server.page("/deep", "<div>".repeat(100_000) + "deep" + "<table><td>".repeat(20_000));

        assertTrue(pages.fetch(server.uri("/deep"), Cancellation.none()).text().contains("deep"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "http://localhost:PORT/private",
                "http://LOCALHOST:PORT/private",
                "http://127.0.0.1:PORT/private",
                "http://127.1:PORT/private",
                "http://2130706433:PORT/private",
                "http://0x7f000001:PORT/private",
                "http://0.0.0.0:PORT/private",
                "http://[::1]:PORT/private",
                "http://[::ffff:127.0.0.1]:PORT/private",
                "http://10.0.0.1/",
                "http://192.168.1.1/",
                "http://user:secret@93.184.216.34/",
                "http://93.184.216.34:25/",
                "file:///etc/passwd",
                "gopher://93.184.216.34/",
                "ftp://93.184.216.34/",
                "jar:http://93.184.216.34/a.jar!/x",
                "data:text/html,secret",
            })
    void neverReachesThisMachineOrItsNetwork(String address) {
        server.page("/private", "secret");
        WebPages guarded = WebPages.with(UrlGuard.DEFAULT, PageLimits.DEFAULT);
        URI uri = URI.create(address.replace("PORT", "" + server.port()));

        assertEquals(ErrorCode.URL_REFUSED, refusal(guarded, uri));
        assertEquals(List.of(), server.requests());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/private",
                "http://169.254.169.254/latest",
                "file:///etc/passwd",
                "//[::1]:PORT/private",
                "http://user:pass@localhost:PORT/private",
            })
    void neverFollowsARedirectThere(String target) {
        server.page("/private", "secret");
        server.redirect("/r", target.replace("PORT", "" + server.port()));

        assertEquals(ErrorCode.URL_REFUSED, refusal(pages, server.uri("/r")));
        assertEquals(List.of("/r"), server.requests());
    }

    @Test
    void tellsWhereARedirectLedTo() {
        server.page("/b", "<p>here</p><a href='c'>c</a>").redirect("/a", "/b");

        WebPage page = pages.fetch(server.uri("/a"), Cancellation.none());

        assertEquals(server.uri("/b"), page.address());
        assertEquals(server.uri("/c"), page.links().get(0).address());
    }

    @Test
    void asksANameServerOnceSoThatItsSecondAnswerLeadsNowhere() {
        AtomicInteger asked = new AtomicInteger();
        HostResolver twice =
                host -> List.of(InetAddress.getByName(asked.incrementAndGet() == 1 ? "127.0.0.1" : "192.0.2.1"));
        server.page("/a", "<p>pinned</p>");
        WebPages pinned =
                WebPages.with(UrlGuard.DEFAULT.resolving(twice).allowing("rebind.example"), PageLimits.DEFAULT);

        WebPage page = pinned.fetch(URI.create("http://rebind.example:" + server.port() + "/a"), Cancellation.none());

        assertEquals("pinned", page.text());
        assertEquals(1, asked.get());
    }

    @Test
    void refusesANameThatTurnsPrivateBetweenRedirects() {
        AtomicInteger asked = new AtomicInteger();
        HostResolver turning =
                host -> List.of(InetAddress.getByName(asked.incrementAndGet() == 1 ? "127.0.0.1" : "10.0.0.1"));
        server.redirect("/r", "http://second.example:" + server.port() + "/private");
        WebPages guarded =
                WebPages.with(UrlGuard.DEFAULT.resolving(turning).allowing("first.example"), PageLimits.DEFAULT);

        assertEquals(
                ErrorCode.URL_REFUSED, refusal(guarded, URI.create("http://first.example:" + server.port() + "/r")));
        assertEquals(List.of("/r"), server.requests());
    }
}
