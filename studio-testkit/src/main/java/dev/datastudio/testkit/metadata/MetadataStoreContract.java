package dev.datastudio.testkit.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.CounterAddition;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryPage;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.EntryQuery.Order;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.testkit.cache.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link MetadataStore} must do. A store's test extends this class and opens a store. */
public abstract class MetadataStoreContract {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    /** The clock that the store under test is opened with. */
    protected final SettableClock clock = new SettableClock(START);

    /**
     * A store over the storage of this test, which is empty at its beginning. Called again in the same test it opens
     * another store over the same storage. Whoever extends this class closes them after the test.
     */
    protected abstract MetadataStore open(InstantSource clock) throws Exception;

    @Test
    void givesBackWhatWasMade() throws Exception {
        MetadataStore store = open(clock);
        Map<String, String> attributes = Map.of("user", "ann", "state", "new");

        Entry made = insert(store, "p1", "{\"a\":1}", attributes);

        assertEquals(new Entry(key("p1"), 1, "{\"a\":1}", attributes, START, START), made);
        assertEquals(Optional.of(made), store.find(key("p1")));
        assertEquals(Optional.of(made), open(clock).find(key("p1")));
        assertEquals(Optional.empty(), store.find(key("p2")));
    }

    @Test
    void countsRevisionsAndKeepsTheTimeOfTheFirst() throws Exception {
        MetadataStore store = open(clock);
        insert(store, "p", "1", Map.of("state", "new"));
        clock.advance(Duration.ofMinutes(5));

        store.apply(EntryChange.update(key("p"), 1, "2", Map.of("state", "old", "more", "x")));
        Entry last = store.apply(EntryChange.put(key("p"), "3", Map.of("state", "old")))
                .orElseThrow();

        assertEquals(
                new Entry(key("p"), 3, "3", Map.of("state", "old"), START, START.plus(Duration.ofMinutes(5))), last);
        assertEquals(Optional.of(last), store.find(key("p")));
        assertEquals(0, store.count(query().where("state", "new")));
        assertEquals(0, store.count(query().where("more", "x")));
        assertEquals(1, store.count(query().where("state", "old")));
    }

    @Test
    void refusesAChangeOfAnotherRevisionThanExpected() throws Exception {
        MetadataStore store = open(clock);
        insert(store, "p", "1", Map.of());

        assertConflict(store, EntryChange.insert(key("p"), "2", Map.of()), "is there in revision 1");
        assertConflict(store, EntryChange.update(key("p"), 2, "2", Map.of()), "revision 2 was expected");
        assertConflict(store, EntryChange.update(key("q"), 1, "2", Map.of()), "'q' is not there");
        assertConflict(store, EntryChange.delete(key("p"), 2), "is there in revision 1");
        assertConflict(store, EntryChange.delete(key("q"), 1), "is not there");
        assertConflict(store, new EntryChange.Delete(key("p"), EntryChange.ABSENT), "expected not to be there");
        assertEquals("1", store.find(key("p")).orElseThrow().body());
    }

    @Test
    void deletesAndMakesAnew() throws Exception {
        MetadataStore store = open(clock);
        insert(store, "p", "1", Map.of("state", "new"));

        assertEquals(Optional.empty(), store.apply(EntryChange.delete(key("p"), 1)));
        assertEquals(Optional.empty(), store.apply(EntryChange.delete(key("p"))));
        assertEquals(Optional.empty(), store.find(key("p")));
        assertEquals(0, store.count(query().where("state", "new")));

        assertEquals(1, insert(store, "p", "2", Map.of()).revision());
    }

    @Test
    void makesAllChangesOfAGroupOrNone() throws Exception {
        MetadataStore store = open(clock);
        insert(store, "b", "1", Map.of());

        List<EntryChange> conflicting = List.of(
                EntryChange.put(key("a"), "2", Map.of("state", "x")),
                EntryChange.delete(key("b")),
                EntryChange.update(key("c"), 7, "2", Map.of()));
        assertEquals(
                ErrorCode.ENTRY_CONFLICT,
                assertThrows(StudioException.class, () -> store.apply(conflicting))
                        .code());
        assertEquals(Optional.empty(), store.find(key("a")));
        assertTrue(store.find(key("b")).isPresent());
        assertEquals(0, store.count(query().where("state", "x")));

        List<Entry> made = store.apply(List.of(
                EntryChange.insert(key("z"), "3", Map.of()),
                EntryChange.delete(key("b")),
                EntryChange.insert(key("a"), "3", Map.of())));
        assertEquals(List.of("z", "a"), ids(made));
        assertEquals(Optional.empty(), store.find(key("b")));
    }

    @Test
    void refusesGroupsThatBreakTheRules() throws Exception {
        MetadataStore store = open(clock);
        EntryChange one = EntryChange.put(key("a"), "1", Map.of());
        EntryChange elsewhere = EntryChange.put(new EntryKey("other", "project", "a"), "1", Map.of());
        List<EntryChange> many = IntStream.range(0, 1_001)
                .mapToObj(i -> EntryChange.put(key("k" + i), "1", Map.of()))
                .toList();

        assertThrows(IllegalArgumentException.class, () -> store.apply(List.of()));
        assertThrows(IllegalArgumentException.class, () -> store.apply(List.of(one, EntryChange.delete(key("a")))));
        assertThrows(IllegalArgumentException.class, () -> store.apply(List.of(one, elsewhere)));
        assertThrows(IllegalArgumentException.class, () -> store.apply(many));
        assertEquals(0, store.count(query()));
        assertEquals(1_000, store.apply(many.subList(0, 1_000)).size());
        assertEquals(1_000, store.count(query()));
    }

    @Test
    void keepsTenantsAndKindsApart() throws Exception {
        MetadataStore store = open(clock);
        List<EntryKey> keys = List.of(
                new EntryKey("a", "project", "p"), new EntryKey("b", "project", "p"), new EntryKey("a", "note", "p"));
        for (EntryKey key : keys) {
            store.apply(EntryChange.insert(key, key.toString(), Map.of("user", "ann")));
        }

        for (EntryKey key : keys) {
            EntryQuery query = EntryQuery.of(key.tenant(), key.kind()).where("user", "ann");
            assertEquals(key.toString(), store.find(key).orElseThrow().body());
            assertEquals(
                    List.of(key),
                    store.list(query).entries().stream().map(Entry::key).toList());
            assertEquals(1, store.count(query));
        }
        assertEquals(0, store.count(EntryQuery.of("c", "project")));
        assertEquals(1, store.deleteAll(EntryQuery.of("a", "project"), Instant.MAX));
        assertEquals(1, store.count(EntryQuery.of("b", "project")));
        assertEquals(1, store.count(EntryQuery.of("a", "note")));
    }

    @Test
    void deletesEverythingOfATenant() throws Exception {
        MetadataStore store = open(clock);
        for (String tenant : List.of("b", "a", "a_", "c")) {
            store.apply(EntryChange.insert(new EntryKey(tenant, "project", "p"), "1", Map.of("user", "ann")));
            store.apply(EntryChange.insert(new EntryKey(tenant, "note", "p"), "1", Map.of()));
            store.add(tenant, new CounterAddition("asked", START, Duration.ofDays(1), 3, 10));
        }

        assertEquals(List.of("a", "a_", "b", "c"), store.tenants());
        assertEquals(2, store.deleteTenant("a"));

        assertEquals(List.of("a_", "b", "c"), store.tenants());
        assertEquals(0, store.sum("a", "asked", START));
        assertEquals(3, store.sum("a_", "asked", START));
        assertEquals(0, store.count(EntryQuery.of("a", "project").where("user", "ann")));
        assertEquals(1, store.count(EntryQuery.of("a_", "project").where("user", "ann")));
        assertEquals(0, store.deleteTenant("a"));
    }

    @Test
    void keepsAnyTextAndLargeBodies() throws Exception {
        MetadataStore store = open(clock);
        String text = "\"'`; -- \\ \n\t\u0001 ' OR 1=1 %_ é ß 中文 עברית 🎉 \uFFFF \u202E";
        char[] million = new char[1_000_000];
        Arrays.fill(million, 'é');

        insert(store, "text", text, Map.of("name", text, "empty", ""));
        insert(store, "large", new String(million), Map.of("name", "x".repeat(500)));

        Entry found = store.find(key("text")).orElseThrow();
        assertEquals(text, found.body());
        assertEquals(Map.of("name", text, "empty", ""), found.attributes());
        assertEquals(List.of("text"), ids(store.list(query().where("name", text))));
        assertEquals(List.of("text"), ids(store.list(query().where("empty", ""))));
        assertEquals(List.of("large"), ids(store.list(query().where("name", "x".repeat(500)))));
        assertEquals(new String(million), store.find(key("large")).orElseThrow().body());
    }

    @Test
    void takesHostileIdsAsNames() throws Exception {
        MetadataStore store = open(clock);
        List<String> ids =
                List.of("'", "\"", "';DROP/**/TABLE/**/entry;--", "%", "_", "a%", "../../etc", "A", "a", "?");

        for (String id : ids) {
            insert(store, id, "\"" + ids.indexOf(id) + "\"", Map.of("name", id));
        }

        for (String id : ids) {
            assertEquals(
                    "\"" + ids.indexOf(id) + "\"",
                    store.find(key(id)).orElseThrow().body());
            assertEquals(List.of(id), ids(store.list(query().where("name", id))));
        }
        assertEquals(ids.stream().sorted().toList(), ids(store.list(query().orderedBy(Order.BY_ID))));
        assertEquals(ids.size(), store.count(query()));
    }

    @Test
    void filtersByAllAttributesAndByTime() throws Exception {
        MetadataStore store = open(clock);
        for (int i = 0; i < 12; i++) {
            insert(store, "p" + (10 + i), "1", Map.of("user", i % 2 == 0 ? "ann" : "bob", "state", "s" + i % 3));
            clock.advance(Duration.ofSeconds(1));
        }

        EntryQuery both = query().where("user", "ann").where("state", "s0");
        assertEquals(List.of("p16", "p10"), ids(store.list(both)));
        assertEquals(2, store.count(both));
        assertEquals(0, store.count(both.where("colour", "red")));
        EntryQuery time = query().createdBetween(START.plusSeconds(3), START.plusSeconds(6));
        assertEquals(List.of("p15", "p14", "p13"), ids(store.list(time)));
        assertEquals(List.of("p14"), ids(store.list(time.where("user", "ann"))));
        assertEquals(2, store.count(query().createdBetween(START.plusSeconds(10), Instant.MAX)));
        assertEquals(1, store.count(query().createdBetween(Instant.MIN, START.plusNanos(1))));
    }

    @Test
    void deletesAllOfAQueryThatAreOldEnough() throws Exception {
        MetadataStore store = open(clock);
        for (int i = 0; i < 10; i++) {
            insert(store, "p" + i, "1", Map.of("user", i % 2 == 0 ? "ann" : "bob"));
            clock.advance(Duration.ofSeconds(1));
        }

        assertEquals(3, store.deleteAll(query().where("user", "ann").limitedTo(1), START.plusSeconds(6)));
        assertEquals(
                List.of("p1", "p3", "p5", "p6", "p7", "p8", "p9"), ids(store.list(query().orderedBy(Order.BY_ID))));
        assertEquals(2, store.count(query().where("user", "ann")));
        assertEquals(7, store.deleteAll(query(), Instant.MAX));
        assertEquals(0, store.deleteAll(query(), Instant.MAX));
    }

    @Test
    void pagesThroughEveryOrder() throws Exception {
        MetadataStore store = open(clock);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String id = "id" + (i * 7 % 25 + 10);
            made.add(id);
            insert(store, id, "1", Map.of("user", "ann"));
            if (i % 3 == 0) {
                clock.advance(Duration.ofMillis(1)); // the others have equal times
            }
        }

        for (EntryQuery query : List.of(query(), query().where("user", "ann"))) {
            List<String> oldest =
                    pages(store, query.orderedBy(Order.OLDEST_FIRST).limitedTo(4));
            List<String> newest =
                    pages(store, query.orderedBy(Order.NEWEST_FIRST).limitedTo(7));
            assertEquals(25, oldest.size());
            assertEquals(reversed(oldest), newest);
            assertEquals(made.get(0), oldest.get(0));
            assertEquals(
                    newest,
                    pages(store, query.orderedBy(Order.CHANGED_LAST_FIRST).limitedTo(1)));
            assertEquals(
                    made.stream().sorted().toList(),
                    pages(store, query.orderedBy(Order.BY_ID).limitedTo(25)));
        }
    }

    @Test
    void pagesStayStableWhileEntriesComeAndGo() throws Exception {
        MetadataStore store = open(clock);
        for (int i = 10; i < 30; i++) {
            insert(store, "p" + i, "1", Map.of());
            clock.advance(Duration.ofMillis(1));
        }

        List<String> seen = new ArrayList<>();
        EntryPage page = store.list(query().limitedTo(5));
        for (int i = 0; page.hasMore(); i++) {
            seen.addAll(ids(page));
            insert(store, "new" + i, "1", Map.of());
            store.apply(EntryChange.delete(page.entries().get(4).key()));
            page = store.list(query().limitedTo(5).after(page.next()));
        }
        seen.addAll(ids(page));

        assertEquals(IntStream.range(0, 20).mapToObj(i -> "p" + (29 - i)).toList(), seen);
    }

    @Test
    void endsAPageOfLargeBodiesEarly() throws Exception {
        MetadataStore store = open(clock);
        String body = "x".repeat(8_000_000);
        for (int i = 0; i < 6; i++) {
            insert(store, "p" + i, body, Map.of());
        }

        EntryPage first = store.list(query().orderedBy(Order.BY_ID));

        assertTrue(first.hasMore());
        assertTrue(first.entries().size() < 6, () -> first.entries().size() + " entries of 8 MB");
        assertEquals(6, pages(store, query().orderedBy(Order.BY_ID)).size());
    }

    @Test
    void refusesPagePositionsThatAreNotItsOwn() throws Exception {
        MetadataStore store = open(clock);
        for (int i = 0; i < 4; i++) {
            insert(store, "p" + i, "1", Map.of("user", "ann"));
        }
        String mine = store.list(query().limitedTo(1)).next();
        List<EntryQuery> foreign = List.of(
                query().orderedBy(Order.BY_ID).after(mine),
                query().where("user", "ann").after(mine),
                query().createdBetween(START, Instant.MAX).after(mine),
                EntryQuery.of("other", "project").after(mine),
                EntryQuery.of("acme", "note").after(mine));
        List<EntryQuery> hostile = List.of(
                        "x",
                        "' OR 1=1 --",
                        "\u0000",
                        "=".repeat(10_000),
                        mine + "A",
                        mine.substring(1),
                        base64("1:0000000000000000:1:p"),
                        base64("1:ffffffffffffffff:99999999999999999999:p"))
                .stream()
                .map(query()::after)
                .toList();

        for (List<EntryQuery> queries : List.of(foreign, hostile)) {
            for (EntryQuery query : queries) {
                StudioException refused = assertThrows(StudioException.class, () -> store.list(query));
                assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
            }
        }
        assertEquals(3, store.list(query().after(mine)).entries().size());
    }

    @Test
    void refusesUseAfterItWasClosed() throws Exception {
        MetadataStore store = open(clock);
        store.close();
        store.close();

        assertThrows(IllegalStateException.class, () -> store.find(key("p")));
        assertThrows(IllegalStateException.class, () -> insert(store, "p", "1", Map.of()));
        assertFalse(open(clock).find(key("p")).isPresent());
    }

    private static EntryQuery query() {
        return EntryQuery.of("acme", "project");
    }

    static EntryKey key(String id) {
        return new EntryKey("acme", "project", id);
    }

    private static Entry insert(MetadataStore store, String id, String body, Map<String, String> attributes) {
        return store.apply(EntryChange.insert(key(id), body, attributes)).orElseThrow();
    }

    private static void assertConflict(MetadataStore store, EntryChange change, String saying) {
        StudioException refused = assertThrows(StudioException.class, () -> store.apply(change));
        assertEquals(ErrorCode.ENTRY_CONFLICT, refused.code());
        assertTrue(refused.what().contains(saying), refused::what);
    }

    private static List<String> pages(MetadataStore store, EntryQuery query) {
        List<String> ids = new ArrayList<>();
        EntryPage page = store.list(query);
        ids.addAll(ids(page));
        while (page.hasMore()) {
            page = store.list(query.after(page.next()));
            ids.addAll(ids(page));
        }
        return ids;
    }

    private static List<String> ids(EntryPage page) {
        return ids(page.entries());
    }

    private static List<String> ids(List<Entry> entries) {
        return entries.stream().map(entry -> entry.key().id()).toList();
    }

    private static List<String> reversed(List<String> list) {
        List<String> copy = new ArrayList<>(list);
        Collections.reverse(copy);
        return copy;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
