package dev.datastudio.testkit.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.VersionStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How passages get into an index and out of it. */
abstract class PublishingContract extends SearchIndexFixture {
    @Test
    void anIndexThatIsNotThereHoldsNothing() {
        assertEquals(List.of(), index().versions(DOCS));
        assertEquals(List.of(), index().passages(DOCS, version("a", "1"), 0, 10));
        assertTrue(index().space(DOCS).isEmpty());
        index().delete(DOCS, Set.of("a"));
        index().discard(DOCS, version("a", "1"));
        index().drop(DOCS);
        index().publish(DOCS, List.of(version("a", "1")));
        assertEquals(List.of(), texts());
    }

    @Test
    void stagedPassagesAreNotThereUntilTheyArePublished() {
        PassageKey.Version staged = stage("a", "1", "one whale", "two whales");

        assertEquals(List.of(new VersionStatus(staged, false, 2)), index().versions(DOCS));
        assertEquals(List.of(), index().passages(DOCS, staged, 0, 10));

        index().publish(DOCS, List.of(staged));

        assertEquals(List.of(new VersionStatus(staged, true, 2)), index().versions(DOCS));
        assertEquals(List.of("one whale", "two whales"), texts());
    }

    @Test
    void publishingTakesTheOtherVersionsAway() {
        put("a", "1", "old");
        put("b", "1", "other");
        stage("a", "2", "never published");

        put("a", "3", "new");

        assertEquals(List.of("new", "other"), texts());
        assertEquals(
                List.of(new VersionStatus(version("a", "3"), true, 1), new VersionStatus(version("b", "1"), true, 1)),
                index().versions(DOCS));
        assertEquals(List.of(), index().passages(DOCS, version("a", "1"), 0, 10));
    }

    @Test
    void manyVersionsArePublishedAtOnce() {
        List<PassageKey.Version> versions = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            put("d" + i, "1", "old " + i);
            versions.add(stage("d" + i, "2", "new " + i));
        }

        index().publish(DOCS, versions);

        assertTrue(texts().stream().allMatch(text -> text.startsWith("new")), () -> "left: " + texts());
        assertEquals(12, texts().size());
    }

    @Test
    void aVersionIsStagedInPartsAndAgain() {
        PassageKey.Version version = version("a", "1");
        index().stage(DOCS, List.of(passage(version, 2, "two"), passage(version, 3, "wrong")));
        index().stage(DOCS, List.of(passage(version, 0, "zero"), passage(version, 1, "one")));
        index().stage(DOCS, List.of(passage(version, 3, "three"), passage(version, 2, "two")));

        assertEquals(4, index().versions(DOCS).get(0).passages());
        index().publish(DOCS, List.of(version));

        assertEquals(List.of("zero", "one", "two", "three"), texts());
    }

    @Test
    void publishingAgainChangesNothing() {
        PassageKey.Version version = put("a", "1", "kept");

        index().publish(DOCS, List.of(version));

        assertEquals(List.of("kept"), texts());
        assertEquals(1, index().versions(DOCS).get(0).passages());
    }

    @Test
    void publishingAVersionWithoutPassagesHidesItsDocument() {
        put("a", "1", "old");

        index().publish(DOCS, List.of(version("a", "2")));

        assertEquals(List.of(), texts());
    }

    @Test
    void refusesToStageIntoAPublishedVersion() {
        PassageKey.Version version = put("a", "1", "kept");
        List<Passage> more = List.of(passage(version, 1, "more"));

        StudioException refused = assertThrows(StudioException.class, () -> index().stage(DOCS, more));

        assertEquals(ErrorCode.ENTRY_CONFLICT, refused.code());
        assertTrue(refused.getMessage().contains("a@1"), refused.getMessage());
        assertEquals(List.of("kept"), texts());
    }

    @Test
    void refusesBatchesThatAreNoneTooManyOrOfTwoVersions() {
        PassageKey.Version version = version("a", "1");
        List<Passage> tooMany = Collections.nCopies(SearchIndex.MAX_BATCH + 1, passage(version, 0, "x"));
        List<Passage> mixed = List.of(passage(version, 0, "x"), passage(version("b", "1"), 0, "y"));

        assertThrows(IllegalArgumentException.class, () -> index().stage(DOCS, tooMany));
        assertThrows(IllegalArgumentException.class, () -> index().stage(DOCS, mixed));
        assertThrows(IllegalArgumentException.class, () -> index().stage(DOCS, List.of()));
        assertThrows(IllegalArgumentException.class, () -> index().publish(DOCS, List.of(version, version("a", "2"))));
    }

    @Test
    void discardsWhatIsStagedAndNothingElse() {
        PassageKey.Version published = put("a", "1", "kept");
        PassageKey.Version staged = stage("a", "2", "thrown away");

        index().discard(DOCS, staged);
        index().discard(DOCS, published);

        assertEquals(List.of(new VersionStatus(published, true, 1)), index().versions(DOCS));
        index().publish(DOCS, List.of(staged));
        assertEquals(List.of(), texts());
    }

    @Test
    void deletesDocumentsWithAllTheirVersions() {
        put("a", "1", "gone");
        stage("a", "2", "gone too");
        stage("b", "1", "never there");
        put("c", "1", "kept");

        index().delete(DOCS, Set.of("a", "b", "unknown"));

        assertEquals(List.of(new VersionStatus(version("c", "1"), true, 1)), index().versions(DOCS));
        assertEquals(List.of("kept"), texts());
        put("a", "1", "back");
        assertEquals(List.of("back", "kept"), texts());
    }

    @Test
    void dropsAnIndexAndNoOther() {
        IndexName others = new IndexName("acme", "tables");
        index().prepare(DOCS, SPACE);
        put("a", "1", "gone");
        stage("b", "1", "gone too");
        PassageKey.Version kept = version("a", "1");
        index().stage(others, List.of(passage(kept, 0, "kept")));
        index().publish(others, List.of(kept));

        index().drop(DOCS);

        assertEquals(List.of(), index().versions(DOCS));
        assertTrue(index().space(DOCS).isEmpty());
        assertEquals(List.of("kept"), texts(index(), others));
        put("a", "1", "new");
        assertEquals(List.of("new"), texts());
    }

    @Test
    void tenantsAndCollectionsAreApart() {
        List<IndexName> names = List.of(
                DOCS, new IndexName("acme", "tables"), new IndexName("other", "documents"), new IndexName("a", "b"));
        PassageKey.Version same = version("a", "1");
        for (IndexName name : names) {
            index().stage(name, List.of(passage(same, 0, "of " + name)));
            index().publish(name, List.of(same));
        }

        index().delete(names.get(3), Set.of("a"));

        assertEquals(List.of(), texts(index(), names.get(3)));
        for (IndexName name : names.subList(0, 3)) {
            assertEquals(List.of("of " + name), texts(index(), name));
        }
    }

    @Test
    void givesPassagesBackAsTheyWere() throws Exception {
        PassageKey.Version version = version("Report_2024.pdf", "sha-1.a_b");
        String text = "  Größe \u2014 \uD83D\uDC33 \u0000 'quoted' \"\\ $1 <b> \n\t\u202E end ";
        Map<String, Object> attributes =
                Map.of("title", "Ä \uD83D\uDC33 '%_", "page", 7L, "least", Long.MIN_VALUE, "empty", "");
        index().stage(DOCS, List.of(new Passage(new PassageKey(version, 0), text, "A > \u00e9", "pt-BR", attributes)));
        index().publish(DOCS, List.of(version));

        Passage passage = reopened().passages(DOCS, version, 0, 1).get(0);

        assertEquals(new PassageKey(version, 0), passage.key());
        assertEquals(text, passage.text());
        assertEquals("A > \u00e9", passage.context());
        assertEquals("pt-BR", passage.language());
        assertEquals(attributes, passage.attributes());
        assertTrue(passage.meaning().isEmpty());
    }

    @Test
    void givesThePassagesOfAVersionInParts() {
        PassageKey.Version version = version("a", "1");
        for (int from = 1_200; from >= 0; from -= 600) {
            List<Passage> batch = new ArrayList<>();
            for (int i = from; i < from + 600; i++) {
                batch.add(passage(version, i, "number " + i));
            }
            index().stage(DOCS, batch);
        }
        index().publish(DOCS, List.of(version));

        assertEquals(1_800, index().versions(DOCS).get(0).passages());
        List<Passage> part = index().passages(DOCS, version, 1_795, 10);
        assertEquals(
                List.of(1_795, 1_796, 1_797, 1_798, 1_799),
                part.stream().map(passage -> passage.key().ordinal()).toList());
        assertEquals(2, index().passages(DOCS, version, 0, 2).size());
        assertThrows(IllegalArgumentException.class, () -> index().passages(DOCS, version, -1, 2));
        assertThrows(IllegalArgumentException.class, () -> index().passages(DOCS, version, 0, 1_001));
    }

    @Test
    void keepsEverythingWhenItIsOpenedAgain() throws Exception {
        index().prepare(DOCS, SPACE);
        put("a", "1", "published");
        stage("b", "1", "staged");

        SearchIndex again = reopened();

        assertEquals(List.of("published"), texts());
        assertEquals(2, again.versions(DOCS).size());
        again.publish(DOCS, List.of(version("b", "1")));
        assertEquals(List.of("published", "staged"), texts());
    }

    @Test
    void twoThatAreOpenSeeWhatTheOtherPublishes() throws Exception {
        SearchIndex other = openAnother();
        put("a", "1", "first");
        assertEquals(List.of("first"), texts(other, DOCS));

        PassageKey.Version second = version("a", "2");
        other.stage(DOCS, List.of(passage(second, 0, "second")));
        index().publish(DOCS, List.of(second));
        assertEquals(List.of("second"), texts(other, DOCS));

        other.drop(DOCS);
        assertEquals(List.of(), texts());
        put("a", "1", "anew");
        assertEquals(List.of("anew"), texts(other, DOCS));
    }

    @Test
    void manyThreadsPublishAndReadAtOnce() throws Exception {
        SearchIndex other = openAnother();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int writer = i;
                work.add(() -> publishVersions(writer % 2 == 0 ? index() : other, "d" + writer));
            }
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertTrue(done.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(
                List.of("d0@5", "d1@5", "d2@5", "d3@5"),
                index().versions(DOCS).stream().map(s -> s.version().toString()).toList());
    }

    /** Gives whether each version was seen whole right after it was published. */
    private static boolean publishVersions(SearchIndex index, String document) {
        boolean whole = true;
        for (int i = 1; i <= 5; i++) {
            PassageKey.Version version = version(document, String.valueOf(i));
            index.stage(DOCS, List.of(passage(version, 0, "a " + i), passage(version, 1, "b " + i)));
            index.publish(DOCS, List.of(version));
            whole &= index.passages(DOCS, version, 0, 10).size() == 2;
        }
        return whole;
    }
}
