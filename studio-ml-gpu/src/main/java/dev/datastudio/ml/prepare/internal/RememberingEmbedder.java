package dev.datastudio.ml.prepare.internal;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.Studio;
import dev.datastudio.core.embedding.EmbedderProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An embedder that makes the vector of a text once in a training or in the predictions of a data set, however often its parts
 * are fitted, and ends when that is cancelled. Thread-safe.
 */
public final class RememberingEmbedder implements Embedder {
    private static final int MOST_NUMBERS = 64_000_000;

    private final Embedder embedder;
    private final Cancellation cancellation;
    private final Map<String, float[]> known = new HashMap<>();

    private RememberingEmbedder(Embedder embedder, Cancellation cancellation) {
        this.embedder = embedder;
        this.cancellation = cancellation;
    }

    /** That of a studio, empty where it has none. */
    public static Optional<Embedder> of(Studio studio, Cancellation cancellation) {
        return EmbedderProvider.of(studio).map(each -> new RememberingEmbedder(each, cancellation));
    }

    @Override
    public String model() {
        return embedder.model();
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public synchronized List<float[]> embed(List<String> texts) {
        List<String> unknown = texts.stream()
                .filter(text -> !known.containsKey(text))
                .distinct()
                .toList();
        if (!unknown.isEmpty()) {
            if ((long) (known.size() + unknown.size()) * dimension() > MOST_NUMBERS) {
                return embedder.embed(texts, cancellation);
            }
            List<float[]> found = embedder.embed(unknown, cancellation);
            for (int i = 0; i < unknown.size(); i++) {
                known.put(unknown.get(i), found.get(i));
            }
        }
        return texts.stream()
                .map(text -> Objects.requireNonNull(known.get(text)).clone())
                .toList();
    }
}
