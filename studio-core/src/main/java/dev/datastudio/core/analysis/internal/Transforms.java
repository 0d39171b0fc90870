package dev.datastudio.core.analysis.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Measure.Transform;
import dev.datastudio.core.analysis.Order.Direction;
import java.util.List;

/** What is done with the finished numbers of groups, as window functions. Immutable. */
final class Transforms {
    private static final int USUAL_LENGTH = 3;

    private final Dialect dialect;
    private final Sql window;
    private final Sql siblings;

    /**
     * @param partition groups within which the numbers follow one another; shares are always of the whole
     * @param order how they follow one another
     * @param family what groups have in common that differ in the last dimension only
     */
    Transforms(Dialect dialect, List<Sql> partition, Sql order, List<Sql> family) {
        this.dialect = dialect;
        Sql by = by(partition);
        this.window = Sql.of(by, by.isEmpty() ? "" : " ", "ORDER BY ", order);
        this.siblings = by(family);
    }

    private static Sql by(List<Sql> columns) {
        return columns.isEmpty() ? Sql.EMPTY : Sql.of("PARTITION BY ", Sql.join(", ", columns));
    }

    Sql of(Transform transform, Sql value) {
        return switch (transform) {
            case NONE -> value;
            case SHARE_OF_TOTAL -> dialect.divide(Sql.of("100 * ", value), Sql.of("sum(", value, ") OVER ()"));
            case RUNNING_TOTAL -> Sql.of("sum(", value, ") OVER (", window, " ROWS UNBOUNDED PRECEDING)");
            case CHANGE -> Sql.of(value, " - ", before(value));
            case PERCENT_CHANGE -> dialect.divide(Sql.of("100 * (", value, " - ", before(value), ")"), before(value));
            case MOVING_AVERAGE -> moving(Aggregate.MEAN, USUAL_LENGTH, value);
            case SHARE_WITHIN ->
                dialect.divide(Sql.of("100 * ", value), Sql.of("sum(", value, ") OVER (", siblings, ")"));
            case RANK -> {
                Sql falling = dialect.windowKey(value, Direction.DESCENDING);
                yield Sql.of("rank() OVER (", siblings, siblings.isEmpty() ? "" : " ", "ORDER BY ", falling, ")");
            }
        };
    }

    private Sql before(Sql value) {
        return Sql.of("lag(", value, ") OVER (", window, ")");
    }

    /** Missing until there are enough groups before it. */
    Sql moving(Aggregate aggregate, int length, Sql value) {
        Sql frame = Sql.of(" OVER (", window, " ROWS BETWEEN " + (length - 1) + " PRECEDING AND CURRENT ROW)");
        Sql together = aggregate == Aggregate.MEAN ? dialect.mean(value) : Sql.of("sum(", value, ")");
        return Sql.of("CASE WHEN count(", value, ")", frame, " = " + length + " THEN ", together, frame, " END");
    }
}
