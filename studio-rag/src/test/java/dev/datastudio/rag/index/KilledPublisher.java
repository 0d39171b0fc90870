package dev.datastudio.rag.index;

import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.VectorSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Publishes one version after the other of some documents, and says so, until it is killed. */
final class KilledPublisher {
    static final IndexName INDEX = new IndexName("acme", "documents");
    static final int DOCUMENTS = 4;
    static final int DIMENSION = 8;

    private KilledPublisher() {}

    /** Takes the folder of the index and the number of the first version. */
    public static void main(String[] arguments) {
        long first = Long.parseLong(arguments[1]);
        try (SearchIndex index = LuceneSearchIndex.open(Path.of(arguments[0]))) {
            index.prepare(INDEX, new VectorSpace("test", DIMENSION));
            for (long version = first; ; version++) {
                List<PassageKey.Version> versions = new ArrayList<>();
                for (int document = 0; document < DOCUMENTS; document++) {
                    versions.add(stage(index, "d" + document, version));
                }
                System.out.println("publishing " + version);
                index.publish(INDEX, versions);
                System.out.println("published " + version);
            }
        }
    }

    private static PassageKey.Version stage(SearchIndex index, String document, long number) {
        PassageKey.Version version = new PassageKey.Version(document, String.valueOf(number));
        Random random = new Random(number);
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < passageCount(number); i++) {
            float[] vector = new float[DIMENSION];
            for (int d = 0; d < DIMENSION; d++) {
                vector[d] = random.nextFloat() + 0.1f;
            }
            passages.add(new Passage(
                    new PassageKey(version, i), "passage of " + version, "", "en", Map.of("version", number), vector));
        }
        index.stage(INDEX, passages);
        return version;
    }

    /** How many passages each document of a version has. */
    static int passageCount(long version) {
        return 5 + (int) (version % 60);
    }
}
