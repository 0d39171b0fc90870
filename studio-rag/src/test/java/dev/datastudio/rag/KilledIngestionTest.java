package dev.datastudio.rag;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.VersionStatus;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.answer.AnswerOptions;
import dev.datastudio.rag.answer.Evidence;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentVersion;
import dev.datastudio.rag.document.Ingestion.State;
import dev.datastudio.rag.index.LuceneSearchIndex;
import dev.datastudio.testkit.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that adds documents at random moments (A9, G8). The number of kills is {@code studio.documents.kills}; a
 * failure prints its seed, which {@code studio.documents.seed} takes.
 */
class KilledIngestionTest {
    private static final Pattern CONTENT = Pattern.compile("content(\\d+)");

    @TempDir
    Path folder;

    /** The content that each name is known to have: the last one that was added, or found after that. */
    private final Map<String, Integer> known = new HashMap<>();

    @Test
    void noKillLeavesHalfADocument() throws Exception {
        int kills = Integer.getInteger("studio.documents.kills", 3);
        long seed = Long.getLong("studio.documents.seed", System.nanoTime());
        Random chance = new Random(seed);
        int next = 1;
        for (int kill = 0; kill < kills; kill++) {
            Outcome outcome = killed(next, 1 + chance.nextInt(6), chance.nextInt(60_000));
            check(outcome, "kill " + kill + " of seed " + seed);
            next = outcome.begun() + 1;
        }
    }

    /** What a process said before it was killed. */
    private record Outcome(int begun, int done) {}

    private Outcome killed(int first, int additions, int thenMicros) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        JavaCommand.of(KilledIngestion.class, folder.toString(), String.valueOf(first)))
                .redirectErrorStream(true)
                .start();
        int begun = first - 1;
        int done = first - 1;
        boolean killed = false;
        StringBuilder other = new StringBuilder();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("adding ")) {
                    begun = Integer.parseInt(line.substring("adding ".length()));
                } else if (line.startsWith("added ")) {
                    done = Integer.parseInt(line.substring("added ".length()));
                    known.put(KilledIngestion.name(done), done);
                } else {
                    other.append(line).append('\n');
                }
                if (!killed && done - first + 1 >= additions) {
                    process.waitFor(thenMicros, TimeUnit.MICROSECONDS);
                    process.toHandle().destroyForcibly(); // the process itself would close the output that is read here
                    killed = true;
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertTrue(killed, () -> "the process ended by itself: " + other);
        return new Outcome(begun, done);
    }

    private void check(Outcome outcome, String named) {
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            Documents documents = KilledIngestion.documents(studio);
            checkFound(documents, outcome, named);

            documents.resume(Duration.ZERO, AddOptions.DEFAULT);

            checkFound(documents, outcome, named);
            for (Document document : documents.list()) {
                assertEquals(State.DONE, document.ingestion().state(), named + ": " + document);
            }
            checkIndex(studio, documents, named);
            checkFiles(studio, documents, named);
        }
    }

    /** Whatever is found is a whole content, and the last one that was added for its name, or the one that was begun. */
    private void checkFound(Documents documents, Outcome outcome, String named) {
        Map<String, Integer> numbers = new HashMap<>();
        Map<String, Integer> passages = new HashMap<>();
        List<Evidence> found =
                documents.search("shared words", AnswerOptions.DEFAULT.withPassages(AnswerOptions.MAX_PASSAGES));
        for (Evidence each : found) {
            Matcher content = CONTENT.matcher(each.passage().text());
            assertTrue(content.find(), named);
            String name = each.passage().name();
            int number = Integer.parseInt(content.group(1));
            assertEquals(number, numbers.computeIfAbsent(name, any -> number), named + ": two contents of " + name);
            passages.merge(name, 1, Integer::sum);
        }
        known.forEach((name, last) -> {
            int number = numbers.getOrDefault(name, 0);
            boolean isBegun = number == outcome.begun() && name.equals(KilledIngestion.name(outcome.begun()));
            assertTrue(number == last || isBegun, named + ": content " + number + " of " + name + " after " + outcome);
        });
        known.putAll(numbers);
        for (Document document : documents.list()) {
            long expected = document.current().map(DocumentVersion::passages).orElse(0L);
            if (document.ingestion().state() == State.DONE) {
                assertEquals(expected, passages.getOrDefault(document.name(), 0).longValue(), named + ": " + document);
            }
        }
    }

    /** Of each document the file and the text of the content that counts, and nothing else. */
    private static void checkFiles(Studio studio, Documents documents, String named) {
        ArtifactKey own = ArtifactKey.of(studio.caller()).resolve("documents");
        Set<String> there = studio.artifacts().list(own).stream()
                .map(file -> file.key().value().substring(own.value().length() + 1))
                .collect(Collectors.toSet());
        Set<String> expected = new HashSet<>();
        for (Document document : documents.list()) {
            String content = document.current().orElseThrow().id().substring(0, 32);
            expected.add(document.id() + "/" + content + "/original");
            expected.add(document.id() + "/" + content + "/text");
        }
        assertEquals(expected, there, named);
    }

    private static void checkIndex(Studio studio, Documents documents, String named) {
        try (SearchIndex index = LuceneSearchIndex.open(studio.workspace().resolve("index"))) {
            List<VersionStatus> there =
                    index.versions(new IndexName(studio.caller().tenant(), "documents"));
            Set<String> expected = documents.list().stream()
                    .map(document -> document.current().orElseThrow().id())
                    .collect(Collectors.toSet());
            assertEquals(
                    expected,
                    there.stream().map(status -> status.version().version()).collect(Collectors.toSet()),
                    named);
            assertTrue(there.stream().allMatch(VersionStatus::isPublished), named);
        }
    }
}
