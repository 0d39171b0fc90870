package dev.datastudio.benchmarks;

import dev.datastudio.core.Studio;
import dev.datastudio.rag.AddOptions;
import dev.datastudio.rag.Documents;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentPassage;
import dev.datastudio.rag.document.Ingestion.State;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Files that are added to a studio, beside what Lucene and the embedding model alone do with their texts. */
final class DocumentsBenchmark implements Benchmark {
    private static final double FEWEST_A_SECOND = 2_000;
    private static final int WORDS_OF_A_PARAGRAPH = 120;
    private static final int WORDS_OF_A_SMALL_FILE = 150;
    private static final int FILES_OF_A_ROUND = 64;
    private static final double LEAST_OF_THE_MODEL = 0.9;

    @Override
    public String name() {
        return "documents";
    }

    @Override
    public String summary() {
        return "files added by their words and with vectors: beside Lucene alone, one by one, beside the bare model";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        boolean isQuick = effort == Effort.QUICK;
        SearchTexts texts = new SearchTexts();
        try (Studio studio = Studio.open(scratch.resolve("workspace"))) {
            Documents documents = Documents.builder(studio).wordsOnly().build();
            add(documents, large(texts, scratch.resolve("warm-up.txt"), 2));
            Path large = large(texts, scratch.resolve("large.txt"), isQuick ? 10 : 60);
            return List.of(
                    large(documents, large, scratch),
                    small(documents, texts, scratch, isQuick ? 100 : 500),
                    embedded(texts, scratch, isQuick ? 3 : 9));
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

    /** Files with vectors of the model in the process, beside that model alone on as many new texts, in turns. */
    private static Measurement embedded(SearchTexts texts, Path scratch, int rounds) throws Exception {
        BgeSmallEnV15QuantizedEmbeddingModel bare = new BgeSmallEnV15QuantizedEmbeddingModel();
        Path files = Files.createDirectories(scratch.resolve("embedded"));
        try (Studio studio = Studio.open(scratch.resolve("embedding"))) {
            Documents documents = Documents.of(studio);
            Interleaved.Medians times = Interleaved.medians(
                    rounds,
                    () -> documents.addAll(newFiles(texts, files), AddOptions.DEFAULT),
                    () -> bare.embedAll(
                            newTexts(texts).stream().map(TextSegment::from).toList()));
            return Measurement.atLeastTimes(
                    "add files of " + WORDS_OF_A_SMALL_FILE + " words with vectors of BGE-small",
                    FILES_OF_A_ROUND * 1000 / times.ours(),
                    "files/s",
                    "LangChain4j's in-process BGE-small on as many new texts",
                    FILES_OF_A_ROUND * 1000 / times.theirs(),
                    LEAST_OF_THE_MODEL);
        }
    }

    private static List<Path> newFiles(SearchTexts texts, Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String text : newTexts(texts)) {
            files.add(Files.writeString(folder.resolve(UUID.randomUUID() + ".txt"), text));
        }
        return files;
    }

    private static List<String> newTexts(SearchTexts texts) {
        return IntStream.range(0, FILES_OF_A_ROUND)
                .mapToObj(i -> texts.text(WORDS_OF_A_SMALL_FILE))
                .toList();
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
