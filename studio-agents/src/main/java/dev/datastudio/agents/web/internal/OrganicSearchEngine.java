package dev.datastudio.agents.web.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.agents.web.SearchProvider;
import dev.langchain4j.web.search.WebSearchEngine;
import dev.langchain4j.web.search.WebSearchInformationResult;
import dev.langchain4j.web.search.WebSearchOrganicResult;
import dev.langchain4j.web.search.WebSearchRequest;
import dev.langchain4j.web.search.WebSearchResults;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SerpAPI, SearchApi and Google's programmable search, whose results have the same form ({@code organic_results} of
 * Google's page, or {@code items}). SearchApi takes the key in a header, the others in the address only. Thread-safe.
 *
 * <p>Source: the services' references, https://serpapi.com/organic-results, https://www.searchapi.io/docs/google and
 * https://developers.google.com/custom-search/v1/reference/rest/v1/cse/list.
 */
final class OrganicSearchEngine implements WebSearchEngine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_OF_GOOGLE = 10;

    private final SearchAccess access;

    OrganicSearchEngine(SearchAccess access) {
        this.access = access;
    }

    @Override
    public WebSearchResults search(WebSearchRequest request) {
        String answer = access.http().send(access.provider(), request(request), access.cancellation());
        JsonNode json = parsed(answer);
        List<WebSearchOrganicResult> results = new ArrayList<>();
        for (JsonNode each : access.provider() == SearchProvider.GOOGLE_CUSTOM ? items(json) : organic(json)) {
            if (request.maxResults() == null || results.size() < request.maxResults()) {
                result(each).ifPresent(results::add);
            }
        }
        return new WebSearchResults(WebSearchInformationResult.from((long) results.size()), results);
    }

    private HttpRequest request(WebSearchRequest request) {
        if (access.provider() == SearchProvider.GOOGLE_CUSTOM) {
            return get("?q=" + encoded(request.searchTerms()) + "&num=" + googleResults(request) + "&cx="
                            + encoded(access.engineId()) + "&key="
                            + encoded(access.key().reveal()))
                    .build();
        }
        String query = "?engine=google&q=" + encoded(request.searchTerms());
        if (access.provider() == SearchProvider.SEARCHAPI) {
            return get(query)
                    .header("Authorization", "Bearer " + access.key().reveal())
                    .build();
        }
        return get(query + "&api_key=" + encoded(access.key().reveal())).build();
    }

    private static int googleResults(WebSearchRequest request) {
        return request.maxResults() == null ? MOST_OF_GOOGLE : Math.min(MOST_OF_GOOGLE, request.maxResults());
    }

    private HttpRequest.Builder get(String query) {
        return HttpRequest.newBuilder(URI.create(access.endpoint() + query)).header("Accept", "application/json");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode parsed(String answer) {
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            throw SearchFailures.unreadable(access.provider());
        }
    }

    /** Google leaves the items out when it finds none. */
    private JsonNode items(JsonNode json) {
        if (!json.has("items") && !json.path("searchInformation").isObject()) {
            throw SearchFailures.unreadable(access.provider());
        }
        return json.path("items");
    }

    /** A search that finds nothing has an error of its own, but says that it went well. */
    private JsonNode organic(JsonNode json) {
        JsonNode results = json.path("organic_results");
        if (results.isArray()) {
            return results;
        }
        String status = json.path("search_metadata").path("status").asText();
        if (status.equalsIgnoreCase("Success")) {
            return JSON.createArrayNode();
        }
        throw json.has("error")
                ? SearchFailures.refused(access.provider())
                : SearchFailures.unreadable(access.provider());
    }

    private static Optional<WebSearchOrganicResult> result(JsonNode json) {
        return WebAddress.of(json.path("link").asText()).map(address -> {
            String title = json.path("title").asText();
            return WebSearchOrganicResult.from(
                    title.isBlank() ? address.toString() : title,
                    address,
                    json.path("snippet").asText(),
                    null);
        });
    }
}
