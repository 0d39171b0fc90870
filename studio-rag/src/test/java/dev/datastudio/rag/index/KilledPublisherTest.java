package dev.datastudio.rag.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VersionStatus;
import dev.datastudio.testkit.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that publishes at random moments. The number of kills is {@code studio.index.kills}; a failure prints
 * its seed, which {@code studio.index.seed} takes.
 */
class KilledPublisherTest {
    @TempDir
    Path folder;

    @Test
    void noKillLeavesHalfAVersionOrLosesAPublishedOne() throws Exception {
        int kills = Integer.getInteger("studio.index.kills", 5);
        long seed = Long.getLong("studio.index.seed", System.nanoTime());
        Random chance = new Random(seed);
        long published = 0;
        for (int kill = 0; kill < kills; kill++) {
            Outcome outcome = killed(published + 1, 1 + chance.nextInt(12), chance.nextInt(40_000));
            published = check(outcome, "kill " + kill + " of seed " + seed);
        }
        assertTrue(published > 0, "nothing was published before a kill");
    }

    /** What a process said before it was killed. */
    private record Outcome(long begun, long done) {}

    private Outcome killed(long first, int publications, int thenMicros) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(JavaCommand.of(
                        KilledPublisher.class, folder.resolve("index").toString(), String.valueOf(first)))
                .redirectErrorStream(true)
                .start();
        long begun = first - 1;
        long done = first - 1;
        StringBuilder other = new StringBuilder();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            boolean killed = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("publishing ")) {
                    begun = Long.parseLong(line.substring("publishing ".length()));
                } else if (line.startsWith("published ")) {
                    done = Long.parseLong(line.substring("published ".length()));
                } else {
                    other.append(line).append('\n');
                }
                if (!killed && done - first + 1 >= publications) {
                    process.waitFor(thenMicros, java.util.concurrent.TimeUnit.MICROSECONDS);
                    process.toHandle().destroyForcibly(); // the process itself would close the output that is read here
                    killed = true;
                }
            }
            assertTrue(killed, () -> "the process ended by itself: " + other);
        } finally {
            process.destroyForcibly().waitFor();
        }
        return new Outcome(begun, done);
    }

    /** Gives the version that all documents have. */
    private long check(Outcome outcome, String named) {
        try (SearchIndex index = LuceneSearchIndex.open(folder.resolve("index"))) {
            List<VersionStatus> there = index.versions(KilledPublisher.INDEX).stream()
                    .filter(VersionStatus::isPublished)
                    .toList();
            Set<String> numbers =
                    there.stream().map(status -> status.version().version()).collect(Collectors.toSet());
            assertEquals(KilledPublisher.DOCUMENTS, there.size(), named + ": " + there);
            assertEquals(1, numbers.size(), named + ": " + there);
            long version = Long.parseLong(numbers.iterator().next());
            assertTrue(
                    version >= outcome.done() && version <= outcome.begun(),
                    named + ": " + version + " is there after " + outcome);
            int passages = KilledPublisher.passageCount(version);
            for (VersionStatus status : there) {
                assertEquals(passages, status.passages(), named);
            }
            SearchRequest.Meaning meaning = new SearchRequest.Meaning(new float[] {1, 1, 1, 1, 1, 1, 1, 1});
            checkFound(index, new SearchRequest.Words("passage", "en"), version, named);
            checkFound(index, meaning, version, named);
            return version;
        }
    }

    private static void checkFound(SearchIndex index, SearchRequest.Target target, long version, String named) {
        List<SearchHit> hits = index.search(
                KilledPublisher.INDEX, new SearchRequest(target, SearchFilter.ALL, 1_000), Cancellation.none());
        assertEquals(KilledPublisher.DOCUMENTS * KilledPublisher.passageCount(version), hits.size(), named);
        for (SearchHit hit : hits) {
            PassageKey.Version found = hit.passage().key().version();
            assertEquals(String.valueOf(version), found.version(), named);
            assertEquals("passage of " + found, hit.passage().text(), named);
        }
    }
}
