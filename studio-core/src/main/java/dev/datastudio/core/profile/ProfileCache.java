package dev.datastudio.core.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datastudio.api.cache.CacheKey;
import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.cache.TypedCache;
import dev.datastudio.core.cache.ValueCodec;
import dev.datastudio.core.dataset.Datasets;
import java.util.Set;

/**
 * Whole profiles as JSON, computed once for each content of a tenant, also when several ask at once; they go with the
 * data set. Thread-safe.
 */
public final class ProfileCache {
    private static final String NAMESPACE = "profiles-1";
    private static final long MAX_LIVE = 200;

    private final TypedCache<Key, String> profiles;

    private record Key(String tenant, String dataset, String content) {}

    /** A cache of all tenants, whose profiles never meet. */
    public ProfileCache(ResultCache store) {
        this.profiles = TypedCache.over(store, ProfileCache::persistent, new Codec())
                .maxLive(MAX_LIVE)
                .build();
    }

    private static CacheKey persistent(Key key) {
        return CacheKey.builder(key.tenant(), NAMESPACE)
                .add("dataset", key.dataset())
                .add("content", key.content())
                .build();
    }

    /**
     * The profile of a data set, in UTF-8.
     *
     * @param datasets those of the caller; a data set of somebody else is not there
     * @throws dev.datastudio.api.error.StudioException as {@link Profiles#full(Dataset, ProfileOptions)}
     */
    public byte[] json(Datasets datasets, Dataset dataset, Cancellation cancellation) {
        datasets.get(dataset.id());
        Key key = new Key(datasets.caller().tenant(), dataset.id().toString(), dataset.contentHash());
        return profiles.get(key, Set.of(dataset.contentHash()), cancellation, shared -> {
                    ProfileOptions options = ProfileOptions.DEFAULT.withCancellation(shared);
                    return ProfileJson.write(Profiles.of(datasets).full(dataset, options));
                })
                .value()
                .getBytes(UTF_8);
    }

    private static final class Codec implements ValueCodec<String> {
        @Override
        public byte[] encode(String value) {
            return value.getBytes(UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
            return new String(bytes, UTF_8);
        }
    }
}
