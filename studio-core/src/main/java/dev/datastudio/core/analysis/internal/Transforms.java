package dev.datastudio.core.analysis.internal;

import dev.datastudio.core.analysis.Measure.Transform;
import java.util.List;

/** What is done with the finished numbers of groups, as window functions. Immutable. */
final class Transforms {
    private static final int MOVING = 3;

    private final Dialect dialect;
    private final Sql window;

    /**
     * @param partition groups within which the numbers follow one another; shares are always of the whole
     * @param order how they follow one another
     */
    Transforms(Dialect dialect, List<Sql> partition, Sql order) {
        this.dialect = dialect;
        Sql by = partition.isEmpty() ? Sql.EMPTY : Sql.of("PARTITION BY ", Sql.join(", ", partition), " ");
        this.window = Sql.of(by, "ORDER BY ", order);
    }

    Sql of(Transform transform, Sql value) {
        return switch (transform) {
            case NONE -> value;
            case SHARE_OF_TOTAL -> dialect.divide(Sql.of("100 * ", value), Sql.of("sum(", value, ") OVER ()"));
            case RUNNING_TOTAL -> Sql.of("sum(", value, ") OVER (", window, " ROWS UNBOUNDED PRECEDING)");
            case CHANGE -> Sql.of(value, " - ", before(value));
            case PERCENT_CHANGE -> dialect.divide(Sql.of("100 * (", value, " - ", before(value), ")"), before(value));
            case MOVING_AVERAGE -> movingAverage(value);
        };
    }

    private Sql before(Sql value) {
        return Sql.of("lag(", value, ") OVER (", window, ")");
    }

    /** Missing until there are enough groups before it. */
    private Sql movingAverage(Sql value) {
        Sql frame = Sql.of(" OVER (", window, " ROWS BETWEEN " + (MOVING - 1) + " PRECEDING AND CURRENT ROW)");
        return Sql.of(
                "CASE WHEN count(", value, ")", frame, " = " + MOVING + " THEN ", dialect.mean(value), frame, " END");
    }
}
