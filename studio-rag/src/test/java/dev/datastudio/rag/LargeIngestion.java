package dev.datastudio.rag;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.chunk.TokenCounter;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.extract.ExtractionLimits;
import dev.datastudio.testkit.embedding.HashedNgramEmbedder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds a text, stopped at the first report of each stage, then a large one to its end. Prints what became of it, and the
 * milliseconds from each order to stop to the end.
 */
final class LargeIngestion {
    private static final String[] WORDS = ("bridge harbour painting revenue quarter cell protein valve pressure engine"
                    + " contract notice period market growth patients treatment supply risk river mayor lanes upkeep")
            .split(" ", -1);

    private static final int DIMENSION = 384;

    private LargeIngestion() {}

    /** Takes the folder, how many megabytes, and {@code hashed} for vectors without a model, or {@code words}. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Path file = write(folder.resolve("large.txt"), Long.parseLong(args[1]) * 1_000_000);
        Path smaller = write(folder.resolve("smaller.txt"), 4_000_000);
        ExtractionLimits hasty = ExtractionLimits.DEFAULTS.withMaxTime(Duration.ofMillis(1));
        try (Studio studio = Studio.open(folder.resolve("hasty"))) {
            Documents documents =
                    Documents.builder(studio).wordsOnly().limits(hasty).build();
            Document ended = documents.add(file);
            System.out.println("hasty " + ended.ingestion().state() + " "
                    + ended.ingestion()
                            .failure()
                            .map(failure -> failure.reason())
                            .orElse(""));
        }
        try (Studio studio = Studio.open(folder.resolve("workspace"))) {
            DocumentsBuilder builder =
                    Documents.builder(studio).limits(ExtractionLimits.DEFAULTS.withMaxTime(Duration.ofHours(1)));
            Documents documents = (args[2].equals("hashed")
                            ? builder.embedder(new HashedNgramEmbedder(DIMENSION), TokenCounter.estimate())
                            : builder.wordsOnly())
                    .build();
            for (String stage : new String[] {"parse", "embed", "store"}) {
                System.out.println("stopped " + stage + " " + stop(documents, smaller, stage));
            }
            finish(documents, file);
        }
    }

    private static Path write(Path file, long bytes) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            long written = 0;
            for (int sentence = 0; written < bytes; sentence++) {
                StringBuilder text = new StringBuilder("Sentence " + sentence + " tells of");
                for (int i = 0; i < 12; i++) {
                    text.append(' ').append(WORDS[(sentence * 31 + i * 7 + i * sentence) % WORDS.length]);
                }
                text.append(sentence % 6 == 5 ? ".\n\n" : ".\n");
                out.append(text);
                written += text.length();
            }
        }
        return file;
    }

    private static String stop(Documents documents, Path file, String stage) {
        Cancellation cancellation = Cancellation.create();
        long[] since = {0};
        AddOptions options = AddOptions.DEFAULT.cancelledBy(cancellation).telling(progress -> {
            if (progress.stage().equals(stage) && since[0] == 0) {
                since[0] = System.nanoTime();
                cancellation.cancel();
            }
        });
        try {
            return "not: " + documents.add(file, options);
        } catch (StudioException e) {
            long millis = (System.nanoTime() - since[0]) / 1_000_000;
            return (e.code() == ErrorCode.CANCELLED ? "after ms " : e + " ") + millis;
        }
    }

    /** Of the parts of the heap together, each at its own peak, with garbage. */
    private static long peakMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                >> 20;
    }

    private static void finish(Documents documents, Path file) {
        Map<String, Integer> reports = new TreeMap<>();
        Map<String, Long> begun = new TreeMap<>();
        long start = System.nanoTime();
        Document added = documents.add(file, AddOptions.DEFAULT.telling(progress -> {
            reports.merge(progress.stage(), 1, Integer::sum);
            begun.putIfAbsent(progress.stage(), (System.nanoTime() - start) / 1_000_000);
        }));
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println("stages begun at ms " + begun);
        System.out.println("peak heap MB at most " + peakMegabytes());
        System.out.println("state " + added.ingestion().state());
        long passages = added.current().orElseThrow().passages();
        System.out.println("passages " + passages);
        System.out.println("seconds " + Math.round(seconds) + " rate " + Math.round(passages / seconds));
        reports.forEach((stage, count) -> System.out.println(stage + " " + count));
        System.out.println("found " + documents.search("sentence 1234 bridge").size());
    }
}
