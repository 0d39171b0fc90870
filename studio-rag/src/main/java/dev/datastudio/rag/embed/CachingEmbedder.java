package dev.datastudio.rag.embed;

import dev.datastudio.api.cache.CacheKey;
import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.progress.Cancellation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the vectors of another embedder in a cache, by model and text, so that work that broke off need not embed again
 * what it had embedded. A text that occurs twice in a call is embedded once. Immutable and thread-safe.
 *
 * <p>A vector says a good deal about its text. Put a {@linkplain #tagged tag} on those of a document, and remove them by
 * it with {@link ResultCache#removeTagged} when the document is stored or deleted.
 */
public final class CachingEmbedder implements Embedder {
    /** The kind of its entries in the cache. */
    public static final String NAMESPACE = "embedding-1";

    private final Embedder embedder;
    private final ResultCache cache;
    private final String tenant;
    private final Set<String> tags;

    private CachingEmbedder(Embedder embedder, ResultCache cache, String tenant, Set<String> tags) {
        this.embedder = Objects.requireNonNull(embedder, "embedder");
        this.cache = Objects.requireNonNull(cache, "cache");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.tags = Set.copyOf(tags);
    }

    /**
     * An embedder that looks into a cache first; both stay open.
     *
     * @param tenant whose texts they are; vectors of one tenant are never given to another
     */
    public static CachingEmbedder of(Embedder embedder, ResultCache cache, String tenant) {
        return new CachingEmbedder(embedder, cache, tenant, Set.of());
    }

    /** The same embedder, which puts these tags on what it keeps from now on. */
    public CachingEmbedder tagged(Set<String> tags) {
        return new CachingEmbedder(embedder, cache, tenant, tags);
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
    public double sameFrom() {
        return embedder.sameFrom();
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return embed(texts, Cancellation.none());
    }

    @Override
    public List<float[]> embed(List<String> texts, Cancellation cancellation) {
        Texts.check(texts);
        Map<String, float[]> known = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (String text : new LinkedHashSet<>(texts)) {
            cache.find(key(text))
                    .flatMap(this::vector)
                    .ifPresentOrElse(v -> known.put(text, v), () -> missing.add(text));
        }
        if (!missing.isEmpty()) {
            List<float[]> fresh = embedder.embed(missing, cancellation);
            for (int i = 0; i < missing.size(); i++) {
                cache.put(key(missing.get(i)), bytes(fresh.get(i)), tags);
                known.put(missing.get(i), fresh.get(i));
            }
        }
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (String text : texts) {
            float[] vector = Objects.requireNonNull(known.get(text), "vector");
            vectors.add(Arrays.copyOf(vector, vector.length));
        }
        return vectors;
    }

    private CacheKey key(String text) {
        return CacheKey.builder(tenant, NAMESPACE)
                .add("model", embedder.model())
                .add("text", text)
                .build();
    }

    private static byte[] bytes(float[] vector) {
        ByteBuffer buffer = ByteBuffer.allocate(vector.length * Float.BYTES);
        buffer.asFloatBuffer().put(vector);
        return buffer.array();
    }

    /** Empty when the bytes are no vector of this model: it is then embedded again. */
    private Optional<float[]> vector(byte[] bytes) {
        if (bytes.length != embedder.dimension() * Float.BYTES) {
            return Optional.empty();
        }
        float[] vector = new float[embedder.dimension()];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
        return Optional.of(vector);
    }
}
