package dev.datastudio.ml.registry.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.RowColumn;
import dev.datastudio.core.dataset.RowSource;
import dev.datastudio.ml.drift.internal.Snapshot;
import dev.datastudio.ml.prepare.internal.Encoder;
import dev.datastudio.ml.prepare.internal.FittedPreparation;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.network.Generator;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * New rows of a generative network, in the columns that it learnt, some thousand at a time. Its outputs have no bounds, so
 * numbers and points in time are brought into the range of training where that is known. Not thread-safe.
 */
public final class MadeRows implements RowSource {
    private static final int AT_A_TIME = 4_096;
    private static final double SECONDS_PER_DAY = 86_400;

    private final FittedPreparation preparation;
    private final Generator generator;
    private final Map<String, Snapshot.Numbers> ranges = new HashMap<>();
    private final long rows;
    private final long seed;
    private Matrix made = new Matrix(new double[0], 0, 0);
    private int next;
    private long before;

    /** @param model whose model is the generator */
    public MadeRows(KeptModel model, Generator generator, long rows, long seed) {
        this.preparation = model.preparation();
        this.generator = generator;
        model.trainingRows().stream()
                .filter(Snapshot.Numbers.class::isInstance)
                .map(Snapshot.Numbers.class::cast)
                .forEach(each -> ranges.put(each.column(), each));
        this.rows = rows;
        this.seed = seed;
    }

    /**
     * Refuses columns whose features don't tell their values.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT}
     */
    public static void require(FittedPreparation preparation) {
        for (Encoder each : preparation.encoders()) {
            boolean tells =
                    each instanceof Encoder.Plain || each instanceof Encoder.Date || each instanceof Encoder.OneHot;
            if (!tells) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "New values of the column " + StudioException.quote(each.column())
                                + " can't be made: it holds texts, or its words are no features of their own",
                        "Leave it out of the features, or use categories one_hot");
            }
        }
        if (!preparation.products().isEmpty() || !preparation.kept().isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "New rows can't be made of products of features or of a part of them",
                    "Leave interactions and maxFeatures out");
        }
    }

    @Override
    public List<RowColumn> columns() {
        return preparation.encoders().stream()
                .map(each -> new RowColumn(each.column(), type(each), RowColumn.FLOATING, 0, ""))
                .toList();
    }

    private ColumnType type(Encoder encoder) {
        return java.util.Objects.requireNonNull(preparation.columns().get(encoder.column()), encoder.column());
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        if (next == made.rows()) {
            before += made.rows();
            if (before == rows) {
                return null;
            }
            made = generator.make((int) Math.min(AT_A_TIME, rows - before), seed + before);
            next = 0;
        }
        @Nullable Object[] values = new @Nullable Object[preparation.encoders().size()];
        int at = 0;
        for (int i = 0; i < values.length; i++) {
            Encoder encoder = preparation.encoders().get(i);
            values[i] = value(encoder, at);
            at += encoder.names().size();
        }
        next++;
        return values;
    }

    private double feature(int column) {
        return made.at(next, column) / preparation.factors().get(column)
                + preparation.shifts().get(column);
    }

    private @Nullable Object value(Encoder encoder, int at) {
        if (encoder instanceof Encoder.OneHot words) {
            return word(words, at);
        }
        boolean tellsMissing =
                encoder instanceof Encoder.Plain plain ? plain.tellsMissing() : ((Encoder.Date) encoder).tellsMissing();
        if (tellsMissing && feature(at + encoder.names().size() - 1) > 0.5) {
            return null;
        }
        Snapshot.Numbers range = ranges.get(encoder.column());
        double value = range == null ? feature(at) : Math.max(range.low(), Math.min(range.high(), feature(at)));
        return switch (type(encoder)) {
            case BOOLEAN -> value > 0.5;
            case INTEGER -> Math.round(value);
            case DATE -> LocalDate.ofEpochDay(Math.round(value));
            case TIMESTAMP -> LocalDateTime.ofEpochSecond(Math.round(value * SECONDS_PER_DAY), 0, ZoneOffset.UTC);
            case TIME -> LocalTime.ofSecondOfDay(Math.round(Math.min(0.99998, Math.max(0, value)) * SECONDS_PER_DAY));
            default -> value;
        };
    }

    /** The value whose feature is greatest; none for other values and a missing one. */
    private @Nullable Object word(Encoder.OneHot words, int at) {
        int width = words.names().size();
        int best = 0;
        for (int i = 1; i < width; i++) {
            best = feature(at + i) > feature(at + best) ? i : best;
        }
        return best < words.values().size() ? words.values().get(best) : null;
    }
}
