package dev.datastudio.agents.web;

import dev.datastudio.agents.web.internal.EnvironmentSearch;
import dev.datastudio.agents.web.internal.SearchAccess;
import dev.datastudio.agents.web.internal.SearchHits;
import dev.datastudio.agents.web.internal.SearchHttp;
import dev.datastudio.agents.web.internal.WebTools;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.fetch.UrlGuard;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Searches the web with the service that an organisation configured.
 *
 * <pre>{@code
 * WebSearch web = WebSearch.of(studio);
 * web.configs().configure(SearchProvider.SERPAPI, Secret.of(key));
 * web.search("median rent Lisbon 2024", 5, Cancellation.none()).forEach(hit -> System.out.println(hit.address()));
 * }</pre>
 *
 * <p>Agents have it as the tool {@code web_search} while a service is active, and {@code fetch_web_page} when the host
 * program allows it ({@link Builder#allowPages}); both reach beyond the studio, so each call needs approval. A key goes to
 * its service and nowhere else: no log, message or error has it. Thread-safe.
 */
public final class WebSearch {
    /** How many results a search gives at most. */
    public static final int MAX_RESULTS = 10;

    /** How many characters a query has at most. */
    public static final int MAX_QUERY = 400;

    private final Studio studio;
    private final Settings settings;
    private final Caller caller;

    private WebSearch(Studio studio, Settings settings, Caller caller) {
        this.studio = studio;
        this.settings = settings;
        this.caller = caller;
    }

    /** What the host program decided. */
    private record Settings(
            SearchHttp http,
            Map<SearchProvider, URI> endpoints,
            Optional<EnvironmentSearch> environment,
            Optional<WebPages> pages) {}

    /** The web search of a studio: the environment's, and no pages, unless a builder made it before. */
    public static WebSearch of(Studio studio) {
        return studio.feature(WebSearch.class, any -> builder(any).make());
    }

    /** To say what may be reached, before {@link #of} is first called for the studio. */
    public static Builder builder(Studio studio) {
        return new Builder(studio);
    }

    /** Says what may be reached. For the host program's own configuration. Not thread-safe. */
    public static final class Builder {
        private final Studio studio;
        private final Map<SearchProvider, URI> endpoints = new EnumMap<>(SearchProvider.class);
        private Map<String, String> environment;
        private Duration timeout = Duration.ofSeconds(20);
        private Optional<WebPages> pages = Optional.empty();

        private Builder(Studio studio) {
            this.studio = Objects.requireNonNull(studio, "studio");
            this.environment = studio.environment();
        }

        /** Variables in place of {@link Studio#environment}; {@code SERPAPI_API_KEY} is used. */
        public Builder environment(Map<String, String> value) {
            environment = Map.copyOf(value);
            return this;
        }

        /**
         * Another address of a service, such as a gateway of the host's own.
         *
         * @param endpoint http or https, with a host and without a query; keys are sent there
         */
        public Builder endpoint(SearchProvider provider, URI endpoint) {
            String scheme = endpoint.getScheme();
            boolean isWeb = "http".equals(scheme) || "https".equals(scheme);
            if (!isWeb || endpoint.getHost() == null || endpoint.getRawQuery() != null) {
                throw new IllegalArgumentException("endpoint must be http or https with a host and no query");
            }
            endpoints.put(provider, endpoint);
            return this;
        }

        /** How long one search may take; 20 seconds unless told. */
        public Builder timeout(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("timeout must be positive, was " + value);
            }
            timeout = value;
            return this;
        }

        /**
         * Allows {@code fetch_web_page} to reach what a guard lets through, such as {@link UrlGuard#DEFAULT}. Pages are
         * not fetched unless told: an address that a model writes can carry what it has read to anybody's server.
         */
        public Builder allowPages(UrlGuard guard, PageLimits limits) {
            pages = Optional.of(WebPages.with(guard, limits));
            return this;
        }

        /**
         * The web search, which {@link WebSearch#of} gives from now on.
         *
         * @throws IllegalStateException if the studio has its web search already
         */
        public WebSearch build() {
            boolean[] made = {false};
            WebSearch search = studio.feature(WebSearch.class, any -> {
                made[0] = true;
                return make();
            });
            if (!made[0]) {
                throw new IllegalStateException("The studio has its web search already; build it before WebSearch.of");
            }
            return search;
        }

        private WebSearch make() {
            Settings settings = new Settings(
                    new SearchHttp(timeout), Map.copyOf(endpoints), EnvironmentSearch.in(environment), pages);
            return new WebSearch(studio, settings, studio.caller());
        }
    }

    /** The same for another caller, such as the user of a request. */
    public WebSearch as(Caller other) {
        return new WebSearch(studio, settings, Objects.requireNonNull(other, "other"));
    }

    /** Which services the organisation searches with. */
    public SearchConfigs configs() {
        return new SearchConfigs(studio, caller, settings.environment());
    }

    /** What reads pages; empty when the host program does not allow it. */
    public Optional<WebPages> pages() {
        return settings.pages();
    }

    /**
     * Searches with the active service. Blocks until it has answered.
     *
     * @param query words, 1 to {@value #MAX_QUERY} characters; sent to the service
     * @param limit how many results at most, 1 to {@value #MAX_RESULTS}
     * @return the best first; empty when nothing was found
     * @throws StudioException with {@link ErrorCode#ENTRY_NOT_FOUND} when no service is active,
     *     {@link ErrorCode#INVALID_ARGUMENT}, {@link ErrorCode#TOOL_SERVER_FAILED} when the service fails,
     *     {@link ErrorCode#LIMIT_EXCEEDED} when it is too slow or says too much, {@link ErrorCode#DEPENDENCY_MISSING}
     *     that names the module, {@link ErrorCode#SECRET_UNREADABLE}, {@link ErrorCode#CANCELLED}
     */
    public List<SearchHit> search(String query, int limit, Cancellation cancellation) {
        requireRange(query, limit);
        SearchConfigs configs = configs();
        SearchConfig config = configs.active().orElseThrow(WebSearch::notConfigured);
        return studio.activities()
                .watching(
                        Activity.of(caller, "web.search")
                                .with("provider", config.provider().id()),
                        () -> SearchHits.of(access(config, configs, cancellation), query, limit),
                        (activity, hits) -> activity.with("results", hits.size()));
    }

    private SearchAccess access(SearchConfig config, SearchConfigs configs, Cancellation cancellation) {
        SearchProvider provider = config.provider();
        URI endpoint = settings.endpoints().getOrDefault(provider, SearchAccess.defaultEndpoint(provider));
        return new SearchAccess(
                settings.http(), provider, endpoint, config.engineId(), configs.key(config), cancellation);
    }

    private static void requireRange(String query, int limit) {
        if (query.isBlank() || query.length() > MAX_QUERY) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A query has 1 to " + MAX_QUERY + " characters, this one has "
                            + query.strip().length(),
                    "Search for a few words");
        }
        if (limit < 1 || limit > MAX_RESULTS) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The limit " + limit + " is out of range",
                    "Ask for 1 to " + MAX_RESULTS + " results");
        }
    }

    private static StudioException notConfigured() {
        return new StudioException(
                ErrorCode.ENTRY_NOT_FOUND,
                "No service is active to search the web with",
                "Configure one with its key, or set " + EnvironmentSearch.KEY);
    }

    /**
     * Reads a page, when the host program allows it.
     *
     * @throws StudioException with {@link ErrorCode#TOOL_REFUSED} when it does not, and as {@link WebPages#fetch}
     */
    public WebPage fetch(URI address, Cancellation cancellation) {
        WebPages pages = settings.pages()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.TOOL_REFUSED,
                        "Pages of the web are not fetched here",
                        "Ask whoever runs the program to allow it"));
        String host = address.getHost() == null ? "" : address.getHost();
        return studio.activities()
                .watching(
                        Activity.of(caller, "web.fetch").with("host", host),
                        () -> pages.fetch(address, cancellation),
                        (activity, page) ->
                                activity.with("characters", page.text().length()));
    }

    /** What the caller's agents have now: {@code web_search} and {@code fetch_web_page}, or none. */
    public List<Tool> tools() {
        return WebTools.of(this, configs().active().isPresent());
    }
}
