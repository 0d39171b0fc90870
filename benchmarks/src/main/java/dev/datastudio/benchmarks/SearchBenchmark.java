package dev.datastudio.benchmarks;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.rag.index.LuceneSearchIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The search index beside Lucene alone: putting in, finding by words and by meaning, opening. */
final class SearchBenchmark implements Benchmark {
    private static final int FULL = 100_000;
    private static final int QUICK = 10_000;
    private static final int PASSAGES_OF_A_DOCUMENT = 20;
    private static final int DOCUMENTS_OF_A_PUBLICATION = 50;
    private static final int WORDS_OF_A_PASSAGE = 100;
    private static final int WORDS_OF_A_QUESTION = 6;
    private static final int WANTED = 10;
    private static final int QUESTIONS = 400;
    private static final int WARM_UP = 200;
    private static final double FEWEST_A_SECOND = 2_000;
    private static final double MOST_MILLIS = 15;
    private static final double MOST_TIMES = 1.3;
    private static final double MOST_MILLIS_TO_OPEN = 1_000;
    private static final double MOST_MILLIS_TO_PUBLISH_ONE = 1_000;
    private static final IndexName WORDS = new IndexName("bench", "words");
    private static final IndexName BOTH = new IndexName("bench", "both");

    @Override
    public String name() {
        return "search";
    }

    @Override
    public String summary() {
        return "search index of 100,000 passages beside Lucene alone: put in, find by words and meaning, open";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        int size = effort == Effort.QUICK ? QUICK : FULL;
        Path folder = scratch.resolve("ours");
        List<Measurement> rows = new ArrayList<>();
        try (LuceneSearchIndex ours = LuceneSearchIndex.open(folder)) {
            rows.add(putIn(ours, scratch.resolve("bare-words"), size));
            ours.prepare(BOTH, new VectorSpace("bench", SearchTexts.DIMENSION));
            try (BareLucene bare = new BareLucene(scratch.resolve("bare-both"))) {
                rows.add(publishOne(ours, bare, size));
                ours.compact(BOTH, Cancellation.none());
                bare.ready();
                rows.addAll(find(ours, bare, size));
            }
        }
        rows.add(open(folder, size));
        return rows;
    }

    /** Chunks without vectors, in turns. */
    private static Measurement putIn(LuceneSearchIndex ours, Path folder, int size) throws Exception {
        SearchTexts texts = new SearchTexts();
        Timed oursTime = new Timed();
        Timed bareTime = new Timed();
        try (BareLucene bare = new BareLucene(folder)) {
            fill(
                    ours,
                    WORDS,
                    bare,
                    size,
                    () -> texts.text(WORDS_OF_A_PASSAGE),
                    SearchBenchmark::noVector,
                    oursTime,
                    bareTime);
        }
        double ourRate = size / (oursTime.millis() / 1_000);
        double bareRate = size / (bareTime.millis() / 1_000);
        return new Measurement(
                String.format("put in by words, %,d passages of %d words", size, WORDS_OF_A_PASSAGE),
                ourRate,
                "passages/s",
                "Lucene, documents added and committed alike",
                bareRate,
                "ours >= 2,000 passages/s",
                ourRate >= FEWEST_A_SECOND);
    }

    /** Fills both with vectors too, then publishes one more document. */
    private static Measurement publishOne(LuceneSearchIndex ours, BareLucene bare, int size) throws Exception {
        SearchTexts texts = new SearchTexts();
        fill(ours, BOTH, bare, size, () -> texts.text(WORDS_OF_A_PASSAGE), texts::vector, new Timed(), new Timed());
        double[] millis = new double[20];
        for (int i = 0; i < millis.length; i++) {
            PassageKey.Version version = new PassageKey.Version("more-" + i, "1");
            List<Passage> one = List.of(passage(version, 0, texts.text(WORDS_OF_A_PASSAGE), texts.vector()));
            long start = System.nanoTime();
            ours.stage(BOTH, one);
            ours.publish(BOTH, List.of(version));
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return Measurement.atMost(
                String.format("publish one document into %,d passages with vectors, p95", size),
                Interleaved.quantile(millis, 0.95),
                "ms",
                "limit",
                MOST_MILLIS_TO_PUBLISH_ONE);
    }

    private static List<Measurement> find(LuceneSearchIndex ours, BareLucene bare, int size) throws Exception {
        SearchTexts texts = new SearchTexts();
        List<String> questions = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            questions.add(texts.text(WORDS_OF_A_QUESTION));
            vectors.add(texts.vector());
        }
        List<Measurement> rows = new ArrayList<>();
        rows.addAll(percentiles(
                String.format("find by %d words in %,d passages, p95", WORDS_OF_A_QUESTION, size),
                i -> search(ours, new SearchRequest.Words(questions.get(i), "en")),
                i -> bare.byWords(questions.get(i), WANTED).size()));
        rows.addAll(percentiles(
                String.format("find by meaning in %,d passages, p95", size),
                i -> search(ours, new SearchRequest.Meaning(vectors.get(i))),
                i -> bare.byMeaning(vectors.get(i), WANTED).size()));
        return rows;
    }

    private static int search(LuceneSearchIndex ours, SearchRequest.Target target) {
        List<SearchHit> hits =
                ours.search(BOTH, new SearchRequest(target, SearchFilter.ALL, WANTED), Cancellation.none());
        return hits.size();
    }

    private static List<Measurement> percentiles(String measure, Question ours, Question bare) throws Exception {
        double[] ourMillis = new double[QUESTIONS];
        double[] bareMillis = new double[QUESTIONS];
        for (int i = -WARM_UP; i < QUESTIONS; i++) {
            int question = Math.floorMod(i, QUESTIONS);
            Timed our = new Timed();
            Timed their = new Timed();
            our.time(() -> requireHits(ours.ask(question)));
            their.time(() -> requireHits(bare.ask(question)));
            if (i >= 0) {
                ourMillis[i] = our.millis();
                bareMillis[i] = their.millis();
            }
        }
        double p95 = Interleaved.quantile(ourMillis, 0.95);
        double bareP95 = Interleaved.quantile(bareMillis, 0.95);
        return List.of(
                Measurement.atMostTimes(measure, p95, "ms", "Lucene alone", bareP95, MOST_TIMES),
                Measurement.atMost(measure, p95, "ms", "limit", MOST_MILLIS));
    }

    private static void requireHits(int hits) {
        if (hits != WANTED) {
            throw new IllegalStateException("a question found " + hits + " passages");
        }
    }

    private static Measurement open(Path folder, int size) throws Exception {
        double[] millis = new double[5];
        for (int i = 0; i < millis.length; i++) {
            Timed time = new Timed();
            try (LuceneSearchIndex index = LuceneSearchIndex.open(folder)) {
                time.time(() -> search(index, new SearchRequest.Words("whale", "en")));
            }
            millis[i] = time.millis();
        }
        return Measurement.atMost(
                String.format("open %,d passages with vectors and search once", size),
                Interleaved.median(millis),
                "ms",
                "limit",
                MOST_MILLIS_TO_OPEN);
    }

    private static void fill(
            LuceneSearchIndex ours,
            IndexName index,
            BareLucene bare,
            int size,
            Texts texts,
            Vectors vectors,
            Timed oursTime,
            Timed bareTime)
            throws Exception {
        int document = 0;
        for (int done = 0; done < size; ) {
            List<List<Passage>> documents = new ArrayList<>();
            while (documents.size() < DOCUMENTS_OF_A_PUBLICATION && done < size) {
                documents.add(document(document++, texts, vectors));
                done += PASSAGES_OF_A_DOCUMENT;
            }
            oursTime.time(() -> put(ours, index, documents));
            bareTime.time(() -> put(bare, documents));
        }
    }

    private static List<Passage> document(int number, Texts texts, Vectors vectors) {
        PassageKey.Version version = new PassageKey.Version("d" + number, "1");
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < PASSAGES_OF_A_DOCUMENT; i++) {
            passages.add(passage(version, i, texts.next(), vectors.next()));
        }
        return passages;
    }

    private static Passage passage(PassageKey.Version version, int ordinal, String text, float[] vector) {
        PassageKey key = new PassageKey(version, ordinal);
        return new Passage(key, text, "", "en", Map.of(), vector);
    }

    private static float[] noVector() {
        return new float[0];
    }

    private static void put(LuceneSearchIndex ours, IndexName index, List<List<Passage>> documents) {
        List<PassageKey.Version> versions = new ArrayList<>();
        for (List<Passage> passages : documents) {
            ours.stage(index, passages);
            versions.add(passages.get(0).key().version());
        }
        ours.publish(index, versions);
    }

    private static void put(BareLucene bare, List<List<Passage>> documents) throws Exception {
        for (List<Passage> passages : documents) {
            for (Passage passage : passages) {
                bare.add(passage.key().toString(), passage.text(), passage.vector());
            }
        }
        bare.commit();
    }

    private interface Texts {
        String next();
    }

    private interface Vectors {
        float[] next();
    }

    private interface Question {
        int ask(int number) throws Exception;
    }

    /** Adds up how long pieces of work take. Not thread-safe. */
    private static final class Timed {
        private long nanos;

        void time(Interleaved.Work work) throws Exception {
            long start = System.nanoTime();
            work.run();
            nanos += System.nanoTime() - start;
        }

        double millis() {
            return nanos / 1e6;
        }
    }
}
