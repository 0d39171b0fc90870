package dev.datastudio.testkit.embedding;

import dev.datastudio.api.embedding.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Embeds texts by their character trigrams, each hashed to a place of the vector with a sign (Weinberger et al.,
 * "Feature Hashing for Large Scale Multitask Learning", 2009). Words written alike get vectors that are alike; it knows
 * nothing of meaning. Deterministic, without a model; for tests. Immutable and thread-safe.
 */
public final class HashedNgramEmbedder implements Embedder {
    private static final int N = 3;

    private final int dimension;

    /** @param dimension at least 16; 512 keeps collisions rare for names */
    public HashedNgramEmbedder(int dimension) {
        if (dimension < 16) {
            throw new IllegalArgumentException("dimension must be at least 16, was " + dimension);
        }
        this.dimension = dimension;
    }

    @Override
    public String model() {
        return "hashed-trigrams-" + dimension;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public double sameFrom() {
        return 0.6;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        if (texts.size() > MAX_BATCH) {
            throw new IllegalArgumentException("There may be " + MAX_BATCH + " texts, there were " + texts.size());
        }
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (String text : texts) {
            if (text.isBlank()) {
                throw new IllegalArgumentException("texts must not be blank");
            }
            vectors.add(embed(text));
        }
        return vectors;
    }

    private float[] embed(String text) {
        float[] vector = new float[dimension];
        for (String word : text.strip().toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            String padded = "^" + word + "$";
            for (int i = 0; i + N <= padded.length(); i++) {
                int hash = mixed(padded.substring(i, i + N).hashCode());
                vector[Math.floorMod(hash, dimension)] += (hash >>> 31) == 0 ? 1 : -1;
            }
        }
        return normalised(vector);
    }

    /** Spreads the bits of a hash (the finaliser of MurmurHash3). */
    private static int mixed(int hash) {
        int h = hash;
        h ^= h >>> 16;
        h *= 0x85ebca6b;
        h ^= h >>> 13;
        h *= 0xc2b2ae35;
        return h ^ (h >>> 16);
    }

    private static float[] normalised(float[] vector) {
        double length = 0;
        for (float v : vector) {
            length += v * v;
        }
        if (length == 0) {
            vector[0] = 1; // all trigrams cancelled out, or there was no letter
            return vector;
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= (float) Math.sqrt(length);
        }
        return vector;
    }
}
