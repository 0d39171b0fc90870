package dev.datastudio.benchmarks;

import dev.datastudio.core.Studio;
import dev.datastudio.rag.AddOptions;
import dev.datastudio.rag.Documents;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentPassage;
import dev.datastudio.rag.document.Ingestion.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files that are added to a studio, found by their words, beside Lucene alone on the same passages. */
final class DocumentsBenchmark implements Benchmark {
    private static final double FEWEST_A_SECOND = 2_000;
    private static final int WORDS_OF_A_PARAGRAPH = 120;
    private static final int WORDS_OF_A_SMALL_FILE = 150;

    @Override
    public String name() {
        return "documents";
    }

    @Override
    public String summary() {
        return "files added by their words: a large one beside Lucene alone, and many small ones";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        boolean isQuick = effort == Effort.QUICK;
        SearchTexts texts = new SearchTexts();
        try (Studio studio = Studio.open(scratch.resolve("workspace"))) {
            Documents documents = Documents.builder(studio).wordsOnly().build();
            add(documents, large(texts, scratch.resolve("warm-up.txt"), 2));
            Path large = large(texts, scratch.resolve("large.txt"), isQuick ? 10 : 60);
            return List.of(large(documents, large, scratch), small(documents, texts, scratch, isQuick ? 100 : 500));
        }
    }

    private static Path large(SearchTexts texts, Path file, int megabytes) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            for (long written = 0; written < megabytes * 1_000_000L; ) {
                String paragraph = texts.text(WORDS_OF_A_PARAGRAPH) + ".\n\n";
                out.append(paragraph);
                written += paragraph.length();
            }
        }
        return file;
    }

    private static Document add(Documents documents, Path file) {
        Document added = documents.add(file);
        if (added.ingestion().state() != State.DONE) {
            throw new IllegalStateException("adding a file ended as " + added.ingestion());
        }
        return added;
    }

    private static Measurement large(Documents documents, Path file, Path scratch) throws IOException {
        long start = System.nanoTime();
        Document added = add(documents, file);
        double seconds = (System.nanoTime() - start) / 1e9;
        long passages = added.current().orElseThrow().passages();
        double bareSeconds = bare(documents, added, scratch.resolve("bare"));
        double rate = passages / seconds;
        return new Measurement(
                String.format("add a file of %,d bytes, %,d passages", Files.size(file), passages),
                rate,
                "passages/s",
                "Lucene alone on the passages, without reading and cutting",
                passages / bareSeconds,
                "ours >= 2,000 passages/s",
                rate >= FEWEST_A_SECOND);
    }

    private static double bare(Documents documents, Document added, Path folder) throws IOException {
        long passages = added.current().orElseThrow().passages();
        long nanos = 0;
        try (BareLucene bare = new BareLucene(folder)) {
            for (int from = 0; from < passages; from += 500) {
                List<DocumentPassage> some = documents.passages(added.id(), from, 500);
                long start = System.nanoTime();
                for (DocumentPassage passage : some) {
                    bare.add(passage.key().toString(), passage.text(), new float[0]);
                }
                nanos += System.nanoTime() - start;
            }
            long start = System.nanoTime();
            bare.commit();
            nanos += System.nanoTime() - start;
        }
        return nanos / 1e9;
    }

    private static Measurement small(Documents documents, SearchTexts texts, Path scratch, int count)
            throws IOException {
        List<Path> one = new ArrayList<>();
        List<Path> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            one.add(Files.writeString(scratch.resolve("one" + i + ".txt"), texts.text(WORDS_OF_A_SMALL_FILE)));
            all.add(Files.writeString(scratch.resolve("all" + i + ".txt"), texts.text(WORDS_OF_A_SMALL_FILE)));
        }
        long start = System.nanoTime();
        one.forEach(file -> add(documents, file));
        double oneByOne = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        documents.addAll(all, AddOptions.DEFAULT);
        double together = (System.nanoTime() - start) / 1e9;
        return Measurement.atLeastTimes(
                String.format("add %,d small files with addAll", count),
                count / together,
                "files/s",
                "add, one after the other",
                count / oneByOne,
                1);
    }
}
