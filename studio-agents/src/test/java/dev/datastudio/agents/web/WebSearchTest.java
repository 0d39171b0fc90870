package dev.datastudio.agents.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.web.internal.SearchAccess;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.vault.KeyFileVault;
import dev.datastudio.testkit.server.RefusingPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSearchTest {
    private static final String KEY = "k3y+with/odd=characters";
    private static final String FOUND = """
            {"search_metadata": {"status": "Success"},
             "organic_results": [
               {"position": 1, "title": "Rents\\u0007 in Lis\\u200bbon", "link": "https://example.org/rents?y=2024",
                "snippet": "Median rent:\\n16 euros"},
               {"position": 2, "title": "Again", "link": "https://example.org/rents?y=2024", "snippet": "the same"},
               {"position": 3, "title": "A script", "link": "javascript:alert(1)", "snippet": "no address"},
               {"position": 4, "title": "A file", "link": "file:///etc/passwd", "snippet": "no address"},
               {"position": 5, "title": "A name", "link": "https://bank.example@evil.example/", "snippet": "no"},
               {"position": 6, "link": "http://example.org/untitled"},
               {"position": 7, "title": "Third", "link": "https://example.org/third", "snippet": "more"}]}
            """;

    private final LocalWeb server = new LocalWeb();
    private final Studio studio = Studio.inMemory();

    private WebSearch search;

    @BeforeEach
    void configure() {
        search = searching(Duration.ofSeconds(20), Map.of());
    }

    @AfterEach
    void close() {
        studio.close();
        server.close();
    }

    private WebSearch searching(Duration timeout, Map<String, String> environment) {
        // A studio has one web search; further ones of a test belong to studios of their own.
        Studio own = search == null ? studio : studio.closing(Studio.inMemory());
        return WebSearch.builder(own)
                .environment(environment)
                .timeout(timeout)
                .endpoint(SearchProvider.SERPAPI, server.uri("/search.json"))
                .endpoint(SearchProvider.SEARCHAPI, server.uri("/api/v1/search"))
                .endpoint(SearchProvider.TAVILY, server.uri("/tavily/"))
                .endpoint(SearchProvider.GOOGLE_CUSTOM, server.uri("/customsearch/v1"))
                .build();
    }

    private StudioException failure(WebSearch web, String query, Cancellation cancellation) {
        StudioException error = assertThrows(StudioException.class, () -> web.search(query, 5, cancellation));
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("k3y"), trace.toString());
        return error;
    }

    @Test
    void findsPagesWithSerpApi() {
        server.json("/search.json", 200, FOUND);
        search.configs().configure(SearchProvider.SERPAPI, Secret.of(KEY));

        List<SearchHit> hits = search.search("rent & \"Lisbon\"", 5, Cancellation.none());

        assertEquals(
                List.of(
                        new SearchHit(
                                "Rents in Lisbon",
                                URI.create("https://example.org/rents?y=2024"),
                                "Median rent: 16 euros"),
                        new SearchHit("http://example.org/untitled", URI.create("http://example.org/untitled"), ""),
                        new SearchHit("Third", URI.create("https://example.org/third"), "more")),
                hits);
        assertEquals(
                List.of("/search.json?engine=google&q=rent+%26+%22Lisbon%22&api_key=k3y%2Bwith%2Fodd%3Dcharacters"),
                server.requests());
    }

    @Test
    void findsPagesWithSearchApiWhichTakesTheKeyInAHeader() {
        server.json("/api/v1/search", 200, FOUND);
        search.configs().configure(SearchProvider.SEARCHAPI, Secret.of(KEY));

        assertEquals(1, search.search("rent", 1, Cancellation.none()).size());
        assertEquals(List.of("/api/v1/search?engine=google&q=rent Bearer " + KEY), server.requests());
    }

    @Test
    void findsPagesWithGooglesProgrammableSearch() {
        server.json("/customsearch/v1", 200, """
                {"kind": "customsearch#search", "searchInformation": {"totalResults": "2"}, "items": [
                  {"title": "Rents", "link": "https://example.org/a", "snippet": "16 euros"},
                  {"title": "Files", "link": "file:///etc/passwd", "snippet": "no"}]}
                """);
        search.configs().configure(SearchProvider.GOOGLE_CUSTOM, "0123:abc", Secret.of(KEY));

        assertEquals(
                List.of(new SearchHit("Rents", URI.create("https://example.org/a"), "16 euros")),
                search.search("rent & size", 10, Cancellation.none()));
        assertEquals(
                List.of("/customsearch/v1?q=rent+%26+size&num=10&cx=0123%3Aabc&key=k3y%2Bwith%2Fodd%3Dcharacters"),
                server.requests());
    }

    @Test
    void googleFindsNothing() {
        search.configs().configure(SearchProvider.GOOGLE_CUSTOM, "0123:abc", Secret.of(KEY));
        server.json("/customsearch/v1", 200, "{\"searchInformation\": {\"totalResults\": \"0\"}}");

        assertEquals(List.of(), search.search("rent", 5, Cancellation.none()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"hello": true} | answers with something else than results
            403 | {"error": {"message": "key k3y is wrong"}} | does not accept the key (status 403)
            """)
    void saysWhatIsWrongWithGooglesAnswerWithoutTheKey(int status, String body, String what) {
        search.configs().configure(SearchProvider.GOOGLE_CUSTOM, "0123:abc", Secret.of(KEY));
        server.json("/customsearch/v1", status, body);

        StudioException error = failure(search, "rent", Cancellation.none());

        assertEquals("The web search with Google Custom Search " + what, error.what());
    }

    @Test
    void sealsKeysAnewAfterTheVaultGotANewKey(@TempDir Path folder) {
        KeyFileVault vault = KeyFileVault.at(folder.resolve("key"));
        try (Studio other = Studio.builder().temporary().vault(vault).build()) {
            WebSearch theirs = WebSearch.builder(other)
                    .environment(Map.of())
                    .endpoint(SearchProvider.SERPAPI, server.uri("/search.json"))
                    .build();
            theirs.configs().configure(SearchProvider.SERPAPI, Secret.of(KEY));
            theirs.configs().configure(SearchProvider.TAVILY, Secret.of(KEY));
            assertEquals(0, theirs.configs().resealKeys());

            vault.rotate();

            assertEquals(2, theirs.configs().resealKeys());
            assertEquals(0, theirs.configs().resealKeys());
            server.json("/search.json", 200, FOUND);
            assertEquals(3, theirs.search("rent", 5, Cancellation.none()).size());
        }
    }

    @Test
    void findsPagesWithTavilyThroughTheModuleOfLangChain4j() {
        server.json("/tavily/search", 200, """
                {"query": "rent", "results": [
                  {"title": "Rents", "url": "https://example.org/a", "content": "16 euros", "score": 0.9}]}
                """);
        search.configs().configure(SearchProvider.TAVILY, Secret.of(KEY));

        List<SearchHit> hits = search.search("rent", 3, Cancellation.none());

        assertEquals(List.of(new SearchHit("Rents", URI.create("https://example.org/a"), "16 euros")), hits);
        assertEquals(1, server.requests().size());
        assertTrue(
                server.requests().get(0).startsWith("/tavily/search "),
                server.requests().get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "401, does not accept the key (status 401)",
        "403, does not accept the key (status 403)",
        "429, has had too many searches (status 429)",
        "500, answers with status 500",
        "301, answers with a redirect",
    })
    void saysWhatTheServiceAnsweredWithoutTheKey(int status, String words) {
        for (String path : List.of("/search.json", "/tavily/search")) {
            server.on(path, exchange -> {
                exchange.getResponseHeaders()
                        .set("Location", server.uri("/elsewhere").toString());
                byte[] body =
                        ("{\"error\": \"bad key " + KEY + "\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            });
        }
        for (SearchProvider provider : List.of(SearchProvider.SERPAPI, SearchProvider.TAVILY)) {
            search.configs().configure(provider, Secret.of(KEY));
            search.configs().activate(provider);

            StudioException error = failure(search, "rent", Cancellation.none());

            assertEquals(ErrorCode.TOOL_SERVER_FAILED, error.code());
            assertTrue(error.getMessage().contains(provider.title() + " " + words), error.getMessage());
        }
        assertTrue(server.requests().stream().noneMatch(request -> request.contains("elsewhere")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>k3y</html>", "{\"organic_results\": ", "", "[1]", "{}", "{\"error\": \"k3y\"}"})
    void refusesAnAnswerThatIsNoResult(String answer) {
        server.json("/search.json", 200, answer);
        search.configs().configure(SearchProvider.SERPAPI, Secret.of(KEY));

        assertEquals(
                ErrorCode.TOOL_SERVER_FAILED,
                failure(search, "rent", Cancellation.none()).code());
    }

    @Test
    void refusesATavilyAnswerThatIsNoResult() {
        server.json("/tavily/search", 200, "{\"results\": \"k3y");
        search.configs().configure(SearchProvider.TAVILY, Secret.of(KEY));

        assertEquals(
                ErrorCode.TOOL_SERVER_FAILED,
                failure(search, "rent", Cancellation.none()).code());
    }

    @Test
    void findsNothingWhenTheServiceSaysSo() {
        server.json("/search.json", 200, """
                {"search_metadata": {"status": "Success"}, "search_information": {"organic_results_state": "Fully empty"},
                 "error": "Google hasn't returned any results for this query."}
                """);
        search.configs().configure(SearchProvider.SERPAPI, Secret.of(KEY));

        assertEquals(List.of(), search.search("rent", 5, Cancellation.none()));
    }

    @Test
    void breaksOffAnAnswerWithoutEnd() {
        server.on("/search.json", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = new byte[1 << 16];
            while (true) { // until the connection is cut
                exchange.getResponseBody().write(blanks);
            }
        });
        search.configs().configure(SearchProvider.SERPAPI, Secret.of(KEY));

        StudioException error = failure(search, "rent", Cancellation.none());

        assertEquals(ErrorCode.LIMIT_EXCEEDED, error.code());
        assertTrue(error.getMessage().contains("larger than 4194304 bytes"), error.getMessage());
    }

    @Test
    void givesUpAServiceThatKeepsSilent() {
        WebSearch hasty = searching(Duration.ofMillis(50), Map.of("SERPAPI_API_KEY", KEY));
        server.silent("/search.json", () -> {});

        StudioException error = failure(hasty, "rent", Cancellation.none());

        assertEquals(ErrorCode.LIMIT_EXCEEDED, error.code());
        assertTrue(error.getMessage().contains("took longer than 50 ms"), error.getMessage());
    }

    @Test
    void stopsWhenItIsCancelled() {
        Cancellation cancellation = Cancellation.create();
        server.silent("/search.json", cancellation::cancel);
        search.configs().configure(SearchProvider.SERPAPI, Secret.of(KEY));

        assertEquals(ErrorCode.CANCELLED, failure(search, "rent", cancellation).code());
    }

    @Test
    @SuppressWarnings("try") // only keeps the port
    void saysThatAServiceIsNotThere() throws IOException {
        search.configs().configure(SearchProvider.SERPAPI, Secret.of(KEY));
        int port = server.port();
        server.close();
        try (RefusingPort gone = RefusingPort.after(port)) {
            StudioException error = failure(search, "rent", Cancellation.none());

            assertEquals(ErrorCode.TOOL_SERVER_FAILED, error.code());
            assertTrue(error.getMessage().contains("SerpAPI can't be reached: ConnectException"), error.getMessage());
        }
    }

    @Test
    void theEnvironmentOffersSerpApiUntilSomethingIsConfigured() {
        server.json("/search.json", 200, FOUND).json("/api/v1/search", 200, FOUND);
        WebSearch offered = searching(Duration.ofSeconds(20), Map.of("SERPAPI_API_KEY", " env-key "));

        assertTrue(offered.configs().active().orElseThrow().isFromEnvironment());
        offered.search("rent", 1, Cancellation.none());
        offered.configs().configure(SearchProvider.SEARCHAPI, Secret.of(KEY));
        offered.search("rent", 1, Cancellation.none());

        assertEquals(
                List.of(
                        "/search.json?engine=google&q=rent&api_key=env-key",
                        "/api/v1/search?engine=google&q=rent Bearer " + KEY),
                server.requests());
    }

    @Test
    void oneProviderIsActiveAtATime() {
        SearchConfigs configs = search.configs();
        configs.configure(SearchProvider.SERPAPI, Secret.of("first"));
        configs.configure(SearchProvider.GOOGLE_CUSTOM, "0123:abc", Secret.of("second"));

        assertEquals(Optional.of(SearchProvider.SERPAPI), configs.active().map(SearchConfig::provider));
        configs.activate(SearchProvider.GOOGLE_CUSTOM);
        assertEquals(Optional.of(SearchProvider.GOOGLE_CUSTOM), configs.active().map(SearchConfig::provider));
        configs.deactivate();
        assertEquals(Optional.empty(), configs.active());
        configs.delete(SearchProvider.SERPAPI);
        assertEquals(
                List.of(SearchProvider.GOOGLE_CUSTOM),
                configs.list().stream().map(SearchConfig::provider).toList());
        StudioException gone = assertThrows(StudioException.class, () -> configs.activate(SearchProvider.SERPAPI));
        assertEquals(ErrorCode.ENTRY_NOT_FOUND, gone.code());
    }

    @Test
    void keysAreSealedAndNoOtherOrganisationSearchesWithThem() {
        search.configs().configure(SearchProvider.SERPAPI, Secret.of(KEY));
        search.configs().configure(SearchProvider.SERPAPI, Secret.of(KEY + "2"));
        WebSearch others = search.as(new Caller("other", "eve"));

        String kept = studio.metadata()
                .list(EntryQuery.of(studio.caller().tenant(), "web-search"))
                .entries()
                .toString();
        assertFalse(kept.contains("k3y"), kept);
        assertEquals(List.of(), others.configs().list());
        assertEquals(
                ErrorCode.ENTRY_NOT_FOUND,
                failure(others, "rent", Cancellation.none()).code());
        assertEquals(List.of(), others.tools());
    }

    @ParameterizedTest
    @CsvSource({
        "SERPAPI,'',''",
        "SERPAPI,'','a b'",
        "SERPAPI,engine,key",
        "GOOGLE_CUSTOM,'',key",
        "GOOGLE_CUSTOM,a&b,key"
    })
    void refusesAConfigurationThatCantWork(SearchProvider provider, String engineId, String key) {
        StudioException error = assertThrows(
                StudioException.class, () -> search.configs().configure(provider, engineId, Secret.of(key)));

        assertEquals(ErrorCode.INVALID_ARGUMENT, error.code());
        assertEquals(List.of(), search.configs().list());
    }

    @Test
    void refusesQueriesThatAreNone() {
        search.configs().configure(SearchProvider.SERPAPI, Secret.of(KEY));

        assertEquals(
                ErrorCode.INVALID_ARGUMENT,
                failure(search, " ", Cancellation.none()).code());
        assertEquals(
                ErrorCode.INVALID_ARGUMENT,
                failure(search, "x".repeat(401), Cancellation.none()).code());
        assertThrows(StudioException.class, () -> search.search("rent", 11, Cancellation.none()));
        assertEquals(List.of(), server.requests());
    }

    @Test
    void everyProviderHasAnAddressOfItsOwnThatIsEncrypted() {
        for (SearchProvider provider : SearchProvider.values()) {
            assertEquals("https", SearchAccess.defaultEndpoint(provider).getScheme());
            assertEquals(provider, SearchProvider.parse(provider.id()));
        }
    }
}
