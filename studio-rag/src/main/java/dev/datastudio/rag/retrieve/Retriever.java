package dev.datastudio.rag.retrieve;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VectorSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds passages by their words and by their meaning, and fuses both. Without an embedder, or in an index that is not
 * searched by meaning, by words only; in one that knows no words, by meaning only. Immutable and thread-safe.
 *
 * <pre>{@code
 * Retriever retriever = Retriever.builder(index).embedder(BgeSmallEmbedder.create()).build();
 * Retrieval found = retriever.retrieve(name, RetrievalRequest.of("notice period of the lease"), Cancellation.none());
 * }</pre>
 */
public final class Retriever {
    /** How many hits of each retriever are fused unless told. */
    public static final int DEFAULT_DEPTH = 100;

    /** How many fused hits are ranked anew unless told. */
    public static final int DEFAULT_RERANKED = 30;

    private static final Comparator<RetrievedPassage> BEST_FIRST = Comparator.comparingDouble(RetrievedPassage::score)
            .reversed()
            .thenComparing(p -> p.passage().key().version().document())
            .thenComparing(p -> p.passage().key().version().version())
            .thenComparing(p -> p.passage().key().ordinal());

    private final SearchIndex index;
    private final @Nullable Embedder embedder;
    private final Fusion fusion;
    private final int depth;
    private final @Nullable Reranker reranker;
    private final int reranked;

    private Retriever(Builder builder, @Nullable Embedder embedder) {
        this.index = builder.index;
        this.embedder = embedder;
        this.fusion = builder.fusion;
        this.depth = builder.depth;
        this.reranker = builder.reranker;
        this.reranked = builder.reranked;
    }

    /** A retriever over an index, which stays open. */
    public static Builder builder(SearchIndex index) {
        return new Builder(index);
    }

    /**
     * The passages that fit best.
     *
     * @throws StudioException {@link ErrorCode#INDEX_MODEL_MISMATCH} if the index holds vectors of another model, {@link
     *     ErrorCode#CANCELLED}, and what the index, the embedder and the reranker throw
     */
    public Retrieval retrieve(IndexName name, RetrievalRequest request, Cancellation cancellation) {
        Candidates candidates = new Candidates(index, name, request, Math.max(depth, request.limit()), cancellation);
        if (index.retrievers().contains(SearchIndex.Retriever.WORDS)) {
            candidates.find(SearchIndex.Retriever.WORDS, new SearchRequest.Words(request.text(), request.language()));
        }
        vector(name, request)
                .ifPresent(v -> candidates.find(SearchIndex.Retriever.MEANING, new SearchRequest.Meaning(v)));
        List<RetrievedPassage> ranked = rerank(request.text(), fused(candidates.lists()), cancellation);
        return new Retrieval(
                distinct(ranked, request.limit()),
                candidates.notLive(),
                best(candidates.lists(), SearchIndex.Retriever.MEANING),
                best(candidates.lists(), SearchIndex.Retriever.WORDS));
    }

    /** The vector of a question; empty when the index can't be asked by meaning, or holds nothing to be asked for. */
    private Optional<float[]> vector(IndexName name, RetrievalRequest request) {
        Embedder model = embedder;
        if (model == null) {
            return Optional.empty();
        }
        Optional<VectorSpace> space = index.space(name);
        if (space.isEmpty()) {
            return Optional.empty();
        }
        if (!space.get().model().equals(model.model()) || space.get().dimension() != model.dimension()) {
            throw new StudioException(
                    ErrorCode.INDEX_MODEL_MISMATCH,
                    "Index '" + name + "' holds vectors of '" + space.get().model()
                            + "', but questions are embedded by '" + model.model() + "'",
                    "Give the embedder that the index was made with, or put its documents in again");
        }
        return Optional.of(model.embed(List.of(request.text())).get(0));
    }

    private List<RetrievedPassage> fused(Map<SearchIndex.Retriever, List<SearchHit>> lists) {
        Map<PassageKey, Passage> passages = new LinkedHashMap<>();
        Map<PassageKey, Map<SearchIndex.Retriever, RetrievedPassage.Found>> found = new LinkedHashMap<>();
        lists.forEach((retriever, hits) -> {
            for (int i = 0; i < hits.size(); i++) {
                Passage passage = hits.get(i).passage();
                passages.putIfAbsent(passage.key(), passage);
                found.computeIfAbsent(passage.key(), k -> new EnumMap<>(SearchIndex.Retriever.class))
                        .put(
                                retriever,
                                new RetrievedPassage.Found(i + 1, hits.get(i).score()));
            }
        });
        List<RetrievedPassage> fused = new ArrayList<>();
        FusedScores.of(fusion, lists)
                .forEach((key, score) -> fused.add(new RetrievedPassage(
                        Objects.requireNonNull(passages.get(key)),
                        score,
                        Objects.requireNonNull(found.get(key)),
                        Optional.empty(),
                        List.of())));
        fused.sort(BEST_FIRST);
        return fused;
    }

    /** The first ones in the order of the reranker, the others behind them as they were. */
    private List<RetrievedPassage> rerank(String text, List<RetrievedPassage> fused, Cancellation cancellation) {
        Reranker model = reranker;
        if (model == null || fused.isEmpty()) {
            return fused;
        }
        cancellation.throwIfCancelled();
        List<RetrievedPassage> head = fused.subList(0, Math.min(reranked, fused.size()));
        List<Double> scores =
                model.scores(text, head.stream().map(RetrievedPassage::passage).toList(), cancellation);
        List<RetrievedPassage> ranked = new ArrayList<>();
        for (int i = 0; i < head.size(); i++) {
            RetrievedPassage p = head.get(i);
            ranked.add(new RetrievedPassage(p.passage(), p.score(), p.found(), Optional.of(scores.get(i)), p.alike()));
        }
        ranked.sort(
                Comparator.comparingDouble((RetrievedPassage p) -> p.reranked().orElseThrow())
                        .reversed());
        ranked.addAll(fused.subList(head.size(), fused.size()));
        return ranked;
    }

    /** The first ones of which none says the same as a better one. */
    private static List<RetrievedPassage> distinct(List<RetrievedPassage> ranked, int limit) {
        List<RetrievedPassage> kept = new ArrayList<>();
        List<List<PassageKey>> alike = new ArrayList<>();
        for (RetrievedPassage each : ranked) {
            int same = indexOfAlike(kept, each);
            if (same >= 0) {
                alike.get(same).add(each.passage().key());
            } else if (kept.size() < limit) {
                kept.add(each);
                alike.add(new ArrayList<>());
            }
        }
        List<RetrievedPassage> distinct = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            RetrievedPassage p = kept.get(i);
            distinct.add(new RetrievedPassage(p.passage(), p.score(), p.found(), p.reranked(), alike.get(i)));
        }
        return distinct;
    }

    private static int indexOfAlike(List<RetrievedPassage> kept, RetrievedPassage each) {
        for (int i = 0; i < kept.size(); i++) {
            if (Alike.test(kept.get(i).passage(), each.passage())) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<Double> best(
            Map<SearchIndex.Retriever, List<SearchHit>> lists, SearchIndex.Retriever retriever) {
        return lists.getOrDefault(retriever, List.of()).stream().findFirst().map(SearchHit::score);
    }

    /** Collects how passages are found. Not thread-safe. */
    public static final class Builder {
        private final SearchIndex index;
        private @Nullable Embedder embedder;
        private Fusion fusion = Fusion.DEFAULT;
        private int depth = DEFAULT_DEPTH;
        private @Nullable Reranker reranker;
        private int reranked = DEFAULT_RERANKED;

        private Builder(SearchIndex index) {
            this.index = Objects.requireNonNull(index, "index");
        }

        /** Gives questions their vectors; the one that the passages were embedded by. It stays open. */
        public Builder embedder(Embedder embedder) {
            this.embedder = Objects.requireNonNull(embedder, "embedder");
            return this;
        }

        /** How words and meaning become one score; {@link Fusion#DEFAULT} unless told. */
        public Builder fusion(Fusion fusion) {
            this.fusion = Objects.requireNonNull(fusion, "fusion");
            return this;
        }

        /** How many hits of each retriever are fused, 1 to {@link SearchRequest#MAX_LIMIT}. */
        public Builder depth(int depth) {
            this.depth = depth;
            return this;
        }

        /**
         * Ranks the first fused hits anew; none unless told. It stays open.
         *
         * @param passages how many, 1 to {@link Reranker#MAX_PASSAGES}
         */
        public Builder reranker(Reranker reranker, int passages) {
            this.reranker = Objects.requireNonNull(reranker, "reranker");
            this.reranked = passages;
            return this;
        }

        /**
         * The retriever.
         *
         * @throws IllegalArgumentException if a number is out of range, or the index is searched by meaning only and there
         *     is no embedder
         */
        public Retriever build() {
            List<String> problems = new ArrayList<>();
            if (depth < 1 || depth > SearchRequest.MAX_LIMIT) {
                problems.add("depth must be in 1.." + SearchRequest.MAX_LIMIT + ", was " + depth);
            }
            if (reranked < 1 || reranked > Reranker.MAX_PASSAGES) {
                problems.add("passages to rerank must be in 1.." + Reranker.MAX_PASSAGES + ", were " + reranked);
            }
            boolean byWords = index.retrievers().contains(SearchIndex.Retriever.WORDS);
            boolean byMeaning = embedder != null && index.retrievers().contains(SearchIndex.Retriever.MEANING);
            if (!byWords && !byMeaning) {
                problems.add("embedder must be given, as the index is searched by meaning only");
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", problems));
            }
            return new Retriever(this, byMeaning ? embedder : null);
        }
    }
}
