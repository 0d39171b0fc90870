package dev.datastudio.agents.web.internal;

import dev.datastudio.agents.web.SearchHit;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.text.internal.OutsideText;
import dev.langchain4j.web.search.WebSearchOrganicResult;
import dev.langchain4j.web.search.WebSearchRequest;
import dev.langchain4j.web.search.WebSearchResults;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a service found, cleaned. */
public final class SearchHits {
    private static final int MAX_TITLE = 200;
    private static final int MAX_TEXT = 500;

    private SearchHits() {}

    /** Searches; each address once. */
    public static List<SearchHit> of(SearchAccess access, String query, int limit) {
        Map<URI, SearchHit> hits = new LinkedHashMap<>();
        for (WebSearchOrganicResult result : results(access, OutsideText.line(query, query.length() + 1), limit)) {
            if (hits.size() < limit) {
                hit(result).ifPresent(hit -> hits.putIfAbsent(hit.address(), hit));
            }
        }
        access.cancellation().throwIfCancelled();
        return new ArrayList<>(hits.values());
    }

    /** The engines of others throw what they like, with what the service said, or the key, in it. */
    private static List<WebSearchOrganicResult> results(SearchAccess access, String query, int limit) {
        try {
            WebSearchResults results = access.engine().search(WebSearchRequest.from(query, limit));
            return results.results() == null ? List.of() : results.results();
        } catch (StudioException e) {
            throw e;
        } catch (NoClassDefFoundError e) {
            throw SearchAccess.missing(access.provider(), e);
        } catch (RuntimeException e) {
            throw SearchFailures.unreadable(access.provider());
        }
    }

    private static Optional<SearchHit> hit(WebSearchOrganicResult result) {
        return WebAddress.of(result.url().toString()).map(address -> {
            String title = OutsideText.line(result.title(), MAX_TITLE);
            String text = result.snippet() == null ? "" : OutsideText.line(result.snippet(), MAX_TEXT);
            return new SearchHit(
                    title.isEmpty() ? OutsideText.line(address.toString(), MAX_TITLE) : title, address, text);
        });
    }
}
