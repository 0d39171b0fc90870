package dev.datastudio.agents.web.internal;

import com.google.api.client.http.HttpResponseException;
import dev.datastudio.agents.web.SearchProvider;
import dev.langchain4j.web.search.WebSearchEngine;
import dev.langchain4j.web.search.WebSearchRequest;
import dev.langchain4j.web.search.WebSearchResults;
import dev.langchain4j.web.search.google.customsearch.GoogleCustomWebSearchEngine;
import java.io.IOException;

/** Google's programmable search. The only class that knows LangChain4j's module for it. */
final class GoogleSearch {
    private GoogleSearch() {}

    /** Google's client can't be given another address or another transport, so cancelling waits for its answer. */
    static WebSearchEngine engine(SearchAccess access) {
        WebSearchEngine engine = GoogleCustomWebSearchEngine.builder()
                .apiKey(access.key().reveal())
                .csi(access.engineId())
                .timeout(access.http().timeout())
                .maxRetries(1)
                .includeImages(false)
                .logRequests(false)
                .logResponses(false)
                .build();
        return request -> search(engine, request, access.provider());
    }

    /** Google's client gives its errors the address, which holds the key: they go no further. */
    private static WebSearchResults search(WebSearchEngine engine, WebSearchRequest request, SearchProvider provider) {
        try {
            return engine.search(request);
        } catch (RuntimeException e) {
            for (Throwable each = e; each != null; each = each.getCause()) {
                if (each instanceof HttpResponseException answered) {
                    throw SearchFailures.status(provider, answered.getStatusCode());
                } else if (each instanceof IOException) {
                    throw SearchFailures.unreachable(provider, each.getClass());
                }
            }
            throw SearchFailures.unreadable(provider);
        }
    }
}
