package dev.datastudio.agents.eval;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of one question. Immutable.
 *
 * @param id as in the set; a number follows where an item has several wordings
 * @param part of the set that it is scored in
 * @param database what it is about
 * @param question as asked
 * @param outcome how it ended
 * @param expected the first rows expected; values as the set has them
 * @param got the first rows answered; none when it was refused
 * @param reading how the question was understood; empty when it was not
 * @param plan what was planned, as JSON; empty when there is none
 * @param sql what was run, a statement for each step
 * @param reason why it was refused, failed, skipped or wrong, in words; empty when right
 * @param unknownWords words that fit nothing
 */
public record EvaluatedQuestion(
        String id,
        String part,
        String database,
        String question,
        EvaluationOutcome outcome,
        List<List<@Nullable Object>> expected,
        List<List<@Nullable Object>> got,
        String reading,
        String plan,
        List<String> sql,
        String reason,
        List<String> unknownWords) {
    /** The most rows that {@link #expected} and {@link #got} hold. */
    public static final int MAX_ROWS = 5;

    public EvaluatedQuestion {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(outcome, "outcome");
        expected = firstRows(expected);
        got = firstRows(got);
        sql = List.copyOf(sql);
        unknownWords = List.copyOf(unknownWords);
    }

    private static List<List<@Nullable Object>> firstRows(List<List<@Nullable Object>> rows) {
        return rows.stream().limit(MAX_ROWS).map(Collections::unmodifiableList).toList();
    }
}
