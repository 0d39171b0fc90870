package dev.datastudio.agents.web.internal;

import dev.datastudio.agents.web.SearchConfig;
import dev.datastudio.agents.web.SearchProvider;
import dev.datastudio.api.secret.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The search that the environment of the program offers: SerpAPI, when {@value #KEY} is set. Immutable.
 *
 * @param config says that it comes from there
 * @param key what the variable holds
 */
public record EnvironmentSearch(SearchConfig config, Secret key) {
    /** The variable with the key. */
    public static final String KEY = "SERPAPI_API_KEY";

    /** What these variables offer. */
    public static Optional<EnvironmentSearch> in(Map<String, String> environment) {
        String key = environment.getOrDefault(KEY, "").strip();
        return key.isEmpty()
                ? Optional.empty()
                : Optional.of(new EnvironmentSearch(
                        new SearchConfig(SearchProvider.SERPAPI, "", true, true, Instant.EPOCH), Secret.of(key)));
    }
}
