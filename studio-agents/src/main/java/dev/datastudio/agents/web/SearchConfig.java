package dev.datastudio.agents.web;

import java.time.Instant;
import java.util.Objects;

/**
 * How an organisation searches the web with a provider; its key is never shown. Immutable.
 *
 * @param provider the service
 * @param engineId the id of the search engine that {@link SearchProvider#GOOGLE_CUSTOM} asks; empty for the others
 * @param isActive whether searches go there; at most one is
 * @param isFromEnvironment whether the environment of the program offers it, so that it can't be changed here
 * @param changedAt when; the epoch for one of the environment
 */
public record SearchConfig(
        SearchProvider provider, String engineId, boolean isActive, boolean isFromEnvironment, Instant changedAt) {
    public SearchConfig {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(engineId, "engineId");
        Objects.requireNonNull(changedAt, "changedAt");
    }
}
