package dev.datastudio.agents.web.internal;

import dev.datastudio.agents.web.SearchProvider;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.secret.Secret;
import dev.langchain4j.web.search.WebSearchEngine;
import java.net.URI;

/**
 * What one search needs to reach a service. Immutable.
 *
 * @param endpoint where the service is
 * @param engineId see {@link dev.datastudio.agents.web.SearchConfig#engineId()}
 * @param cancellation stops the search
 */
public record SearchAccess(
        SearchHttp http,
        SearchProvider provider,
        URI endpoint,
        String engineId,
        Secret key,
        Cancellation cancellation) {

    /** Where a service is unless the program says otherwise. */
    public static URI defaultEndpoint(SearchProvider provider) {
        return URI.create(
                switch (provider) {
                    case SERPAPI -> "https://serpapi.com/search.json";
                    case SEARCHAPI -> "https://www.searchapi.io/api/v1/search";
                    case TAVILY -> "https://api.tavily.com/";
                    case GOOGLE_CUSTOM -> "https://customsearch.googleapis.com/customsearch/v1";
                });
    }

    /**
     * The engine that searches.
     *
     * @throws StudioException with {@link ErrorCode#DEPENDENCY_MISSING} that names the module
     */
    public WebSearchEngine engine() {
        try {
            return switch (provider) {
                case SERPAPI, SEARCHAPI, GOOGLE_CUSTOM -> new OrganicSearchEngine(this);
                case TAVILY -> TavilySearch.engine(this);
            };
        } catch (NoClassDefFoundError e) {
            throw missing(provider, e);
        }
    }

    static StudioException missing(SearchProvider provider, NoClassDefFoundError cause) {
        return new StudioException(
                ErrorCode.DEPENDENCY_MISSING,
                "The web can't be searched with " + provider.title() + ", as LangChain4j's module for it is missing",
                "Add dev.langchain4j:langchain4j-web-search-engine-tavily:1.18.1-beta28 to the class path",
                cause);
    }
}
