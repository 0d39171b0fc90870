package dev.datastudio.rag.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.testkit.server.ChromaServer;
import dev.datastudio.testkit.server.RefusingPort;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a server, or what is between, may do to a search index in Chroma. */
class ChromaFaultsTest {
    private static final IndexName NOTES = new IndexName("Acme_", "notes");
    private static final String TOKEN = "s3cret-token";

    private static List<Passage> passages(String document, String version, int... ordinals) {
        List<Passage> passages = new ArrayList<>();
        for (int ordinal : ordinals) {
            PassageKey key = new PassageKey(new PassageKey.Version(document, version), ordinal);
            float[] vector = {1, ordinal};
            passages.add(new Passage(key, "Text " + key, "", "en", Map.of("id", document), vector));
        }
        return passages;
    }

    private static SearchRequest request(SearchFilter filter) {
        return new SearchRequest(new SearchRequest.Meaning(new float[] {1, 0}), filter, 10);
    }

    private static Set<String> found(SearchIndex index, String document) {
        return index.search(NOTES, request(SearchFilter.is("id", document)), Cancellation.none()).stream()
                .map(hit -> hit.passage().key().toString())
                .collect(Collectors.toSet());
    }

    /** Refuses each request of {@code publish} in turn, and all after it. */
    @Test
    void aPublishThatBreaksOffAnywhereLeavesTheOldVersionOrBoth() throws Exception {
        ChromaOptions options =
                ChromaOptions.at(ChromaServer.require().address()).withDatabasePrefix("broken-off");
        AtomicInteger left = new AtomicInteger();
        try (ChromaProxy proxy = new ChromaProxy(exchange -> {
                    if (left.getAndDecrement() > 0) {
                        ChromaProxy.pass(exchange, options.server());
                    } else {
                        ChromaProxy.say(exchange, 400, "{}");
                    }
                });
                SearchIndex index = ChromaSearchIndex.open(options);
                SearchIndex broken =
                        ChromaSearchIndex.open(ChromaOptions.at(proxy.address()).withDatabasePrefix("broken-off"))) {
            index.prepare(NOTES, new VectorSpace("model", 2));
            left.set(100);
            broken.space(NOTES);
            boolean done = false;
            int requests = 0;
            for (; !done; requests++) {
                String document = "d" + requests;
                PassageKey.Version old = new PassageKey.Version(document, "1");
                PassageKey.Version fresh = new PassageKey.Version(document, "2");
                index.stage(NOTES, passages(document, "1", 0, 1));
                index.publish(NOTES, List.of(old));
                index.stage(NOTES, passages(document, "2", 0, 1));

                left.set(requests);
                done = publishes(broken, fresh);

                Set<String> found = found(index, document);
                Set<String> whole = Set.of(fresh + "#0", fresh + "#1");
                boolean isOldThere = found.containsAll(Set.of(old + "#0", old + "#1"));
                assertTrue(isOldThere || found.containsAll(whole), "after " + requests + " requests: " + found);
                index.publish(NOTES, List.of(fresh));
                assertEquals(whole, found(index, document), "repaired after " + requests + " requests");
            }
            assertEquals(requests, index.versions(NOTES).size());
            assertTrue(requests > 8, "publishing takes several requests, took " + (requests - 1));
        }
    }

    private static boolean publishes(SearchIndex index, PassageKey.Version version) {
        try {
            index.publish(NOTES, List.of(version));
            return true;
        } catch (StudioException e) {
            assertEquals(ErrorCode.STORAGE_FAILED, e.code());
            return false;
        }
    }

    @Test
    void givesPassagesBehindGaps() {
        ChromaOptions options =
                ChromaOptions.at(ChromaServer.require().address()).withDatabasePrefix("gaps");
        try (SearchIndex index = ChromaSearchIndex.open(options)) {
            index.prepare(NOTES, new VectorSpace("model", 2));
            index.stage(NOTES, passages("a", "1", 0, 7, 2_000_000_000));
            index.publish(NOTES, List.of(new PassageKey.Version("a", "1")));

            List<Passage> found = index.passages(NOTES, new PassageKey.Version("a", "1"), 1, 2);

            assertEquals(
                    List.of(7, 2_000_000_000),
                    found.stream().map(passage -> passage.key().ordinal()).toList());
        }
    }

    @Test
    void refusesAFilterWithMoreValuesThanTheServerTakes() {
        ChromaOptions options =
                ChromaOptions.at(ChromaServer.require().address()).withDatabasePrefix("values");
        try (SearchIndex index = ChromaSearchIndex.open(options)) {
            index.prepare(NOTES, new VectorSpace("model", 2));
            List<Object> most =
                    LongStream.range(0, 30_000).<Object>mapToObj(i -> i).toList();
            SearchFilter allowed = new SearchFilter.AnyOf("page", most);
            SearchFilter more = new SearchFilter.Or(List.of(allowed, SearchFilter.is("id", "a")));

            assertEquals(List.of(), index.search(NOTES, request(allowed), Cancellation.none()));
            StudioException refused =
                    assertThrows(StudioException.class, () -> index.search(NOTES, request(more), Cancellation.none()));

            assertEquals(ErrorCode.LIMIT_EXCEEDED, refused.code());
            assertTrue(refused.getMessage().contains("30001"), refused.getMessage());
        }
    }

    @Test
    void sendsAgainWhatFailedForAMoment() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (ChromaProxy proxy = new ChromaProxy(
                        exchange -> ChromaProxy.say(exchange, requests.incrementAndGet() < 3 ? 503 : 404, ""));
                SearchIndex index = ChromaSearchIndex.at(proxy.address())) {
            assertTrue(index.space(NOTES).isEmpty());
            assertEquals(3, requests.get());
        }
    }

    @Test
    void sendsHeadersAndKeepsThemOutOfMessages() throws Exception {
        try (ChromaProxy proxy = new ChromaProxy(exchange -> ChromaProxy.say(
                exchange, 400, "you sent " + exchange.getRequestHeaders().getFirst("X-Chroma-Token")))) {
            ChromaOptions options = ChromaOptions.at(proxy.address()).withHeader("X-Chroma-Token", Secret.of(TOKEN));
            try (SearchIndex index = ChromaSearchIndex.open(options)) {
                StudioException refused = assertThrows(StudioException.class, () -> index.space(NOTES));

                assertTrue(refused.getMessage().contains("you sent ***"), refused.getMessage());
                assertFalse(options.toString().contains(TOKEN));
            }
        }
    }

    @Test
    void refusesAnswersThatAreNotChromas() throws Exception {
        for (String answer : List.of("<html>", "[]", "{}", "", "{\"id\":\"../../x\"}", "null", "{\"id\":7}")) {
            assertEquals(ErrorCode.STORAGE_FAILED, failure(200, answer).code(), answer);
        }
        String untold =
                "{\"id\":\"f1a4bfde-a3b9-4e90-8f21-778faf3555d3\",\"metadata\":{\"model\":\"\",\"dimension\":4}}";
        assertEquals(ErrorCode.STORAGE_FAILED, failure(200, untold).code());
        assertTrue(failure(410, "{}").getMessage().contains("API v2"));
        assertTrue(failure(302, "").getMessage().contains("API v2"));
        assertTrue(failure(401, "").getMessage().contains("header"));
        assertEquals(ErrorCode.LIMIT_EXCEEDED, failure(413, "").code());
    }

    private static StudioException failure(int status, String answer) throws Exception {
        try (ChromaProxy proxy = new ChromaProxy(exchange -> {
                    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
                    ChromaProxy.say(exchange, status, answer);
                });
                SearchIndex index = ChromaSearchIndex.at(proxy.address())) {
            return assertThrows(StudioException.class, () -> index.space(NOTES));
        }
    }

    @Test
    @SuppressWarnings("try") // only keeps the port
    void saysThatAServerIsNotThereOrDoesNotAnswer() throws Exception {
        URI gone;
        CountDownLatch never = new CountDownLatch(1);
        try (ChromaProxy proxy = new ChromaProxy(exchange -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            gone = proxy.address();
            ChromaOptions hasty = ChromaOptions.at(gone).withTimeout(Duration.ofMillis(50));
            try (SearchIndex index = ChromaSearchIndex.open(hasty)) {
                assertEquals(
                        ErrorCode.STORAGE_BUSY,
                        assertThrows(StudioException.class, () -> index.space(NOTES))
                                .code());
            }
        }
        try (RefusingPort port = RefusingPort.after(gone.getPort());
                SearchIndex index = ChromaSearchIndex.at(gone)) {
            StudioException absent = assertThrows(StudioException.class, () -> index.space(NOTES));
            assertEquals(ErrorCode.STORAGE_FAILED, absent.code());
            assertTrue(absent.getMessage().contains(gone.toString()), absent.getMessage());
        }
    }

    @Test
    void refusesOptionsThatBreakTheRules() {
        ChromaOptions options = ChromaOptions.at(URI.create("https://chroma.example:8443/proxy"));
        for (String address : List.of(
                "ftp://host",
                "file:///etc/passwd",
                "host:8000",
                "http:///x",
                "http://u:p4ss@host",
                "http://host/?x=1")) {
            StudioException refused =
                    assertThrows(StudioException.class, () -> ChromaOptions.at(URI.create(address)), address);
            assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
            assertFalse(refused.getMessage().contains("p4ss"));
        }
        assertThrows(StudioException.class, () -> options.withTenant("../x"));
        assertThrows(StudioException.class, () -> options.withDatabasePrefix("A"));
        assertThrows(StudioException.class, () -> options.withTimeout(Duration.ZERO));
        assertThrows(StudioException.class, () -> options.withHeader("Host", Secret.of("x")));
        StudioException split = assertThrows(
                StudioException.class, () -> options.withHeader("X-Token", Secret.of(TOKEN + "\r\nX-Other: 1")));
        assertFalse(split.getMessage().contains(TOKEN));
    }
}
