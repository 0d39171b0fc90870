package dev.datastudio.agents.web.internal;

import dev.langchain4j.web.search.WebSearchEngine;
import dev.langchain4j.web.search.tavily.TavilyWebSearchEngine;

/** Tavily. The only class that knows LangChain4j's module for it. */
final class TavilySearch {
    private TavilySearch() {}

    static WebSearchEngine engine(SearchAccess access) {
        return TavilyWebSearchEngine.builder()
                .baseUrl(access.endpoint().toString())
                .apiKey(access.key().reveal())
                .timeout(access.http().timeout())
                .httpClientBuilder(new EngineHttp(access))
                .includeAnswer(false)
                .includeRawContent(false)
                .build();
    }
}
