package dev.datastudio.rag.index;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.rag.index.internal.PostgresStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds passages by their words in one state of an index, ranked by BM25 (Robertson and Zaragoza, The Probabilistic
 * Relevance Framework, 2009, eq. 3.15, without its constant factor k1 + 1, as Lucene has it).
 *
 * <p>PostgreSQL has no ranking that knows how rare a word is, but all that BM25 asks for can be had from it. In how many
 * passages a word is comes from the passages that hold any of the words, which are looked at anyway. How often it is in
 * one comes from {@code ts_rank}, the only function that tells it without taking the {@code tsvector} apart: for one word
 * with the weights 1 it gives, for n occurrences, (1/1² + 1/2² + … + 1/n²) / ζ(2), and the rest of that series after n
 * members is 1/(n + ½) up to an error that rounding takes away.
 */
final class PostgresWordSearch {
    private static final double K1 = 0.9;
    private static final double B = 0.4;

    /** A word in this many passages is not rare, whatever the exact number. */
    private static final int COUNTED = 1_000;

    private static final String ZETA = "1.64493406685";

    private final PostgresIndexes indexes;
    private final PostgresIndexes.Row index;
    private final Connection connection;
    private final Cancellation cancellation;

    PostgresWordSearch(
            PostgresIndexes indexes, PostgresIndexes.Row index, Connection connection, Cancellation cancellation) {
        this.indexes = indexes;
        this.index = index;
        this.connection = connection;
        this.cancellation = cancellation;
    }

    /** How many passages of a language can be found, and how many words they have on average. */
    private record Total(long passages, double meanWords) {}

    /**
     * A word that is looked for.
     *
     * @param times how often it is in the question
     */
    private record Asked(String word, int times, Total total) {}

    List<SearchHit> search(SearchRequest request, SearchRequest.Words words) throws SQLException {
        List<Asked> asked = asked(words);
        if (asked.isEmpty()) {
            return List.of();
        }
        // With nothing known about a table yet, the planner may read all of it for each word. What it then takes for
        // costs would have it compile statements that take milliseconds.
        new PostgresStatement()
                .add("SET LOCAL enable_seqscan = off; SET LOCAL jit = off")
                .execute(connection);
        List<Asked> rarest = rarest(asked);
        return rarest.isEmpty() ? List.of() : ranked(rarest, request);
    }

    private List<Asked> asked(SearchRequest.Words words) throws SQLException {
        Map<String, Total> totals = totals();
        List<Asked> asked = new ArrayList<>();
        try {
            QuestionWords.of(words, List.copyOf(totals.keySet())).forEach((language, stems) -> {
                Total total = totals.getOrDefault(language, new Total(0, 1));
                stems.forEach((stem, times) -> {
                    if (PostgresWords.isKept(stem)) {
                        asked.add(new Asked(PostgresWords.word(index.id(), language, stem), times, total));
                    }
                });
            });
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can be read", e);
        }
        return asked;
    }

    private Map<String, Total> totals() throws SQLException {
        Map<String, Total> totals = new LinkedHashMap<>();
        new PostgresStatement()
                .add("SELECT t.language, sum(t.passages)::bigint, greatest(1, sum(t.words) / sum(t.passages))::float8"
                        + " FROM " + indexes.schema() + ".document_version v JOIN " + indexes.schema()
                        + ".language_total t ON t.tenant = v.tenant AND t.version_id = v.id")
                .add(" WHERE v.tenant = ? AND v.index_id = ?", index.tenant(), index.id())
                .add(" AND v.published GROUP BY t.language ORDER BY t.language")
                .list(
                        connection,
                        cancellation,
                        row -> totals.put(row.getString(1), new Total(row.getLong(2), row.getDouble(3))));
        return totals;
    }

    private List<Asked> rarest(List<Asked> asked) throws SQLException {
        if (asked.size() <= QuestionWords.MAX_TERMS) {
            return asked;
        }
        record Counted(int place, long passages) {}
        List<Counted> counted = new PostgresStatement()
                .add("SELECT a.place, (SELECT count(*) FROM (SELECT 1 FROM " + indexes.schema() + ".passage p")
                .add(
                        " WHERE p.tenant || '' = ? AND p.words @@ a.word::tsquery LIMIT ?) AS held)",
                        index.tenant(),
                        COUNTED)
                .add(" FROM unnest(?::text[]) WITH ORDINALITY AS a (word, place)", (Object) queries(asked))
                .list(connection, cancellation, row -> new Counted(row.getInt(1) - 1, row.getLong(2)));
        Set<Integer> places = counted.stream()
                .filter(word -> word.passages() > 0)
                .sorted(Comparator.comparingLong(Counted::passages))
                .limit(QuestionWords.MAX_TERMS)
                .map(Counted::place)
                .collect(Collectors.toCollection(HashSet::new));
        List<Asked> rarest = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (places.contains(i)) {
                rarest.add(asked.get(i));
            }
        }
        return rarest;
    }

    private static String[] queries(List<Asked> asked) {
        return asked.stream().map(word -> PostgresWords.quoted(word.word())).toArray(String[]::new);
    }

    private List<SearchHit> ranked(List<Asked> asked, SearchRequest request) throws SQLException {
        return new PostgresStatement()
                .add("WITH asked AS MATERIALIZED (SELECT a.word::tsquery AS word, a.times, a.total, a.mean, a.place")
                .add(
                        " FROM unnest(?::text[], ?::float8[], ?::float8[], ?::float8[])"
                                + " WITH ORDINALITY AS a (word, times, total, mean, place)), ",
                        queries(asked),
                        asked.stream().map(word -> (double) word.times()).toArray(Double[]::new),
                        asked.stream()
                                .map(word -> (double) word.total().passages())
                                .toArray(Double[]::new),
                        asked.stream().map(word -> word.total().meanWords()).toArray(Double[]::new))
                .add(candidates(asked, request))
                .add(", frequency AS (SELECT r.place, count(*) AS passages FROM candidate c,"
                        + " unnest(c.ranks) WITH ORDINALITY AS r (rank, place) WHERE r.rank > 0 GROUP BY r.place), "
                        + "weights AS MATERIALIZED (SELECT"
                        + " array_agg(a.times * ln(1 + (a.total - coalesce(f.passages, 0) + 0.5)"
                        + " / (coalesce(f.passages, 0) + 0.5)) ORDER BY a.place) AS weights,"
                        + " array_agg(a.mean ORDER BY a.place) AS means"
                        + " FROM asked a LEFT JOIN frequency f ON f.place = a.place), ")
                .add(
                        "best AS (SELECT c.version_id, c.ordinal, c.document, (SELECT"
                                + " sum(t.weight * o.n / (o.n + ? * (1 - ? + ? * c.word_count / t.mean)))"
                                + " FROM weights w, unnest(c.ranks, w.weights, w.means) AS t (rank, weight, mean),"
                                + " LATERAL (SELECT round(1 / (" + ZETA + " - " + ZETA
                                + " * t.rank::float8) - 0.5)) AS o (n)"
                                + " WHERE t.rank > 0) AS score FROM candidate c WHERE c.allowed",
                        K1,
                        B,
                        B)
                .add(" ORDER BY score DESC, c.document, c.ordinal LIMIT ?)", request.limit())
                .add(" SELECT p.body, b.score FROM best b JOIN " + indexes.schema() + ".passage p"
                        + " ON p.version_id = b.version_id AND p.ordinal = b.ordinal")
                .add(" WHERE p.tenant = ? ORDER BY b.score DESC, b.document, b.ordinal", index.tenant())
                .list(connection, cancellation, PostgresWordSearch::hit);
    }

    /**
     * All passages with any of the words, and how often each word is there, since how rare words are depends on all. The
     * words name the index, so the condition on the tenant only makes sure; written like this, the planner, which may
     * know nothing of the tables yet, doesn't take it for the way to the rows.
     */
    private PostgresStatement candidates(List<Asked> asked, SearchRequest request) {
        return new PostgresStatement()
                .add("holding AS MATERIALIZED (SELECT p.version_id, p.ordinal, p.word_count, ")
                .add(PostgresFilter.of(request.filter()))
                .add(" AS allowed, (SELECT array_agg(ts_rank('{1, 1, 1, 1}', unpacked.words, a.word) ORDER BY a.place)"
                        + " FROM asked a) AS ranks FROM " + indexes.schema() + ".passage p"
                        // unpacked once, not for each word
                        + " CROSS JOIN LATERAL (SELECT p.words || ''::tsvector AS words OFFSET 0) unpacked")
                .add(" WHERE p.tenant || '' = ?", index.tenant())
                .add(" AND p.words @@ ?::tsquery), ", String.join(" | ", queries(asked)))
                .add("candidate AS MATERIALIZED (SELECT h.*, v.document FROM holding h ")
                .add(indexes.publishedOf(index, "h"))
                .add(")");
    }

    private static SearchHit hit(ResultSet row) throws SQLException {
        return new SearchHit(PostgresPassages.passage(row.getBytes(1)), row.getDouble(2));
    }
}
