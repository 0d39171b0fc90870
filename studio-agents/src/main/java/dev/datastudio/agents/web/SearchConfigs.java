package dev.datastudio.agents.web;

import dev.datastudio.agents.web.internal.EnvironmentSearch;
import dev.datastudio.agents.web.internal.SearchStore;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * With which services an organisation searches the web, at most one configuration a provider. Keys are sealed at once
 * with the studio's vault and never given out again. Thread-safe.
 *
 * <p>Who may change them is for the program to decide: here anybody of the organisation may.
 */
public final class SearchConfigs {
    private final Studio studio;
    private final Caller caller;
    private final Optional<EnvironmentSearch> environment;
    private final SearchStore kept;

    SearchConfigs(Studio studio, Caller caller, Optional<EnvironmentSearch> environment) {
        this.studio = studio;
        this.caller = caller;
        this.environment = environment;
        this.kept = new SearchStore(studio.metadata(), studio.vault(), caller.tenant());
    }

    /**
     * Configures a provider that needs no more than a key, in place of what was configured for it. It is active at once
     * when no other one is.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when the key is empty or is none, or the provider
     *     needs the id of a search engine
     */
    public SearchConfig configure(SearchProvider provider, Secret key) {
        return configure(provider, "", key);
    }

    /**
     * As {@link #configure(SearchProvider, Secret)}.
     *
     * @param engineId the id of the search engine, for {@link SearchProvider#GOOGLE_CUSTOM}; empty for the others
     */
    public SearchConfig configure(SearchProvider provider, String engineId, Secret key) {
        return watching("web-search.configure", provider, () -> {
            requireKey(provider, key);
            requireEngine(provider, engineId);
            kept.put(provider, engineId, key);
            return get(provider);
        });
    }

    /**
     * Makes a provider the one that searches, and the others not.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND} when it is not configured
     */
    public SearchConfig activate(SearchProvider provider) {
        return watching("web-search.activate", provider, () -> {
            kept.activate(Optional.of(provider));
            return get(provider);
        });
    }

    /** Makes no provider the one that searches, so that the web is not searched; their keys are kept. */
    public void deactivate() {
        studio.activities()
                .watching(
                        Activity.of(caller, "web-search.deactivate"),
                        () -> {
                            kept.activate(Optional.empty());
                            return caller;
                        },
                        (activity, done) -> activity);
    }

    /**
     * Forgets a provider and its key.
     *
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND} when it is not configured
     */
    public void delete(SearchProvider provider) {
        watching("web-search.delete", provider, () -> {
            kept.delete(provider);
            return provider;
        });
    }

    /**
     * Has the vault seal the keys of the tenant with its newest key, after a change of keys.
     *
     * @return how many were sealed with an older one
     */
    public int resealKeys() {
        return studio.activities()
                .watching(
                        Activity.of(caller, "web-search.reseal"),
                        kept::reseal,
                        (activity, count) -> activity.with("resealed", count));
    }

    /** What is configured, the oldest first; when nothing is, what the environment offers, if it does. */
    public List<SearchConfig> list() {
        List<SearchConfig> configured = kept.list();
        return configured.isEmpty()
                ? environment.map(EnvironmentSearch::config).stream().toList()
                : configured;
    }

    /** The one that searches; empty when the web is not searched. */
    public Optional<SearchConfig> active() {
        return list().stream().filter(SearchConfig::isActive).findFirst();
    }

    /** The key of one of these, for the moment of searching. */
    Secret key(SearchConfig config) {
        return config.isFromEnvironment() ? environment.orElseThrow().key() : kept.key(config.provider());
    }

    private SearchConfig get(SearchProvider provider) {
        return kept.list().stream()
                .filter(config -> config.provider() == provider)
                .findFirst()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.ENTRY_CONFLICT,
                        "Web search with " + provider.title() + " was deleted meanwhile",
                        "Configure it again"));
    }

    private static void requireKey(SearchProvider provider, Secret key) {
        String value = key.reveal();
        if (value.isEmpty() || value.length() > 1_000 || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The key for " + provider.title() + " is empty, too long, or has characters that no key has",
                    "Copy it again as the service issued it, without spaces and line breaks");
        }
    }

    private static void requireEngine(SearchProvider provider, String engineId) {
        boolean isNeeded = provider == SearchProvider.GOOGLE_CUSTOM;
        if (isNeeded ? !engineId.matches("[\\w:-]{1,100}") : !engineId.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The id " + StudioException.quote(engineId) + " of a search engine is none for " + provider.title(),
                    isNeeded
                            ? "Give the id of your search engine, from Google's control panel"
                            : "Leave it empty; only Google Custom Search has one");
        }
    }

    private <T> T watching(String action, SearchProvider provider, Supplier<T> work) {
        Objects.requireNonNull(provider, "provider");
        return studio.activities()
                .watching(
                        Activity.of(caller, action).with("provider", provider.id()),
                        work::get,
                        (activity, done) -> activity);
    }
}
