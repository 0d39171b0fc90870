package dev.datastudio.agents.web;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A service that searches the web. */
public enum SearchProvider {
    /** SerpAPI, which asks Google. */
    SERPAPI("SerpAPI"),
    /** SearchApi, which asks Google. */
    SEARCHAPI("SearchApi"),
    /** Tavily, through LangChain4j's module for it. */
    TAVILY("Tavily"),
    /** Google's programmable search; needs the id of a search engine. */
    GOOGLE_CUSTOM("Google Custom Search");

    private final String title;

    SearchProvider(String title) {
        this.title = title;
    }

    /** Its name in JSON and settings, such as {@code serpapi}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /**
     * The provider of an id, in any case of its letters.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when there is none
     */
    public static SearchProvider parse(String id) {
        List<SearchProvider> all = List.of(values());
        return Arrays.stream(values())
                .filter(provider -> provider.id().equalsIgnoreCase(id.strip()))
                .findFirst()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "There is no provider of web search " + StudioException.quote(id),
                        "Use one of " + all.stream().map(SearchProvider::id).toList()));
    }
}
