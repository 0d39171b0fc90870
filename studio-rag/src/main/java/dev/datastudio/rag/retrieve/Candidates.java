package dev.datastudio.rag.retrieve;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.SearchRequest;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The live hits of each retriever for one question. Not thread-safe. */
final class Candidates {
    private final SearchIndex index;
    private final IndexName name;
    private final RetrievalRequest request;
    private final int depth;
    private final Cancellation cancellation;
    private final Map<SearchIndex.Retriever, List<SearchHit>> lists = new EnumMap<>(SearchIndex.Retriever.class);
    private final Map<PassageKey.Version, Boolean> live = new HashMap<>();
    private final Set<PassageKey> notLive = new HashSet<>();

    Candidates(SearchIndex index, IndexName name, RetrievalRequest request, int depth, Cancellation cancellation) {
        this.index = index;
        this.name = name;
        this.request = request;
        this.depth = depth;
        this.cancellation = cancellation;
    }

    /** Asks for more when too many of the hits don't count. */
    void find(SearchIndex.Retriever retriever, SearchRequest.Target target) {
        for (int limit = depth; ; limit = Math.min(SearchRequest.MAX_LIMIT, 2 * limit)) {
            cancellation.throwIfCancelled();
            List<SearchHit> hits = index.search(name, new SearchRequest(target, request.filter(), limit), cancellation);
            List<SearchHit> counting = hits.stream().filter(this::isLive).toList();
            if (counting.size() >= depth || hits.size() < limit || limit == SearchRequest.MAX_LIMIT) {
                lists.put(retriever, counting.subList(0, Math.min(depth, counting.size())));
                return;
            }
        }
    }

    private boolean isLive(SearchHit hit) {
        PassageKey key = hit.passage().key();
        boolean isLive = live.computeIfAbsent(key.version(), request.live()::test);
        if (!isLive) {
            notLive.add(key);
        }
        return isLive;
    }

    Map<SearchIndex.Retriever, List<SearchHit>> lists() {
        return lists;
    }

    int notLive() {
        return notLive.size();
    }
}
