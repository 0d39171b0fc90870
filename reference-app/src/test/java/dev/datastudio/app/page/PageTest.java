package dev.datastudio.app.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.datastudio.app.AppServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");

    @BeforeAll
    static void pagesAreBuilt() {
        assumeTrue(
                PageTest.class.getResource("/META-INF/resources/index.html") != null,
                "the pages were left out by -Dskip.ui");
    }

    @Test
    void everyAddressInsideThePagesIsAnsweredWithThem() throws Exception {
        String page = get("/", "text/html").body();

        assertTrue(page.contains("<div id=\"root\">"), page);
        assertEquals(page, get("/datasets/1", "text/html,*/*;q=0.8").body());
        assertEquals("no-cache", header(get("/datasets/1", "text/html"), "Cache-Control"));
    }

    @Test
    void whatIsNoPageIsNotAnsweredWithOne() throws Exception {
        assertEquals(404, get("/api/v1/none", "text/html").statusCode());
        assertEquals(404, get("/assets/none.js", "*/*").statusCode());
        assertEquals(404, get("/none.png", "text/html").statusCode());
        assertEquals(404, get("/datasets/1", "application/json").statusCode());
    }

    @Test
    void scriptsAreKeptForAYearAndSentCompressed() throws Exception {
        Matcher script = SCRIPT.matcher(get("/", "text/html").body());
        assertTrue(script.find());

        HttpResponse<String> answer = get(script.group(1), "*/*", "gzip, deflate, br, zstd");

        assertEquals(200, answer.statusCode());
        assertEquals("max-age=31536000, public, immutable", header(answer, "Cache-Control"));
        assertEquals("br", header(answer, "Content-Encoding"));
        assertEquals("gzip", header(get(script.group(1), "*/*", "gzip"), "Content-Encoding"));
    }

    private static HttpResponse<String> get(String path, String accepted) throws IOException, InterruptedException {
        return get(path, accepted, "identity");
    }

    private static HttpResponse<String> get(String path, String accepted, String encodings)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(AppServer.local().address().resolve(path))
                .header("Accept", accepted)
                .header("Accept-Encoding", encodings)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
