package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to draw from a data set. Immutable; made by {@link #of}. Column names are checked when it is drawn, letter case
 * aside; which of them a kind uses stands at {@link ChartKind}.
 */
public final class ChartRequest {
    private final ChartKind kind;
    private final String x;
    private final String y;
    private final String group;
    private final List<String> columns;
    private final @Nullable ChartAggregate aggregate;
    private final @Nullable DateGrain grain;
    private final Axis.Scale scale;
    private final int bins;
    private final String title;

    private ChartRequest(Builder builder) {
        this.kind = builder.kind;
        this.x = builder.x;
        this.y = builder.y;
        this.group = builder.group;
        this.columns = builder.columns;
        this.aggregate = builder.aggregate;
        this.grain = builder.grain;
        this.scale = builder.scale;
        this.bins = builder.bins;
        this.title = builder.title;
    }

    /** A request of a kind, to be filled. */
    public static Builder of(ChartKind kind) {
        return new Builder(kind);
    }

    /** What to draw. */
    public ChartKind kind() {
        return kind;
    }

    /** The first column; empty for none. */
    public String x() {
        return x;
    }

    /** The second column; empty for none. */
    public String y() {
        return y;
    }

    /** The column whose values get a colour each; empty for none. */
    public String group() {
        return group;
    }

    /** Further columns, for kinds that show several alike. */
    public List<String> columns() {
        return columns;
    }

    /** How values of a group become one; empty lets the columns decide. */
    public Optional<ChartAggregate> aggregate() {
        return Optional.ofNullable(aggregate);
    }

    /** How finely time is cut; empty lets the data decide. */
    public Optional<DateGrain> grain() {
        return Optional.ofNullable(grain);
    }

    /** How numbers become lengths. */
    public Axis.Scale scale() {
        return scale;
    }

    /** About how many bins a histogram has; 0 lets the data decide. */
    public int bins() {
        return bins;
    }

    /** The title; empty lets the columns decide. */
    public String title() {
        return title;
    }

    /** Fills a {@link ChartRequest}. Not thread-safe. */
    public static final class Builder {
        private static final int MAX_BINS = 200;

        private final ChartKind kind;
        private String x = "";
        private String y = "";
        private String group = "";
        private List<String> columns = List.of();
        private @Nullable ChartAggregate aggregate;
        private @Nullable DateGrain grain;
        private Axis.Scale scale = Axis.Scale.LINEAR;
        private int bins;
        private String title = "";

        private Builder(ChartKind kind) {
            this.kind = Objects.requireNonNull(kind, "kind");
        }

        /** The first column. */
        public Builder x(String column) {
            this.x = Objects.requireNonNull(column, "column");
            return this;
        }

        /** The second column. */
        public Builder y(String column) {
            this.y = Objects.requireNonNull(column, "column");
            return this;
        }

        /** The column whose values get a colour each. */
        public Builder group(String column) {
            this.group = Objects.requireNonNull(column, "column");
            return this;
        }

        /** Further columns. */
        public Builder columns(List<String> names) {
            this.columns = List.copyOf(names);
            return this;
        }

        /** How values of a group become one: unless told, money is summed and all else averaged. */
        public Builder aggregate(ChartAggregate aggregate) {
            this.aggregate = Objects.requireNonNull(aggregate, "aggregate");
            return this;
        }

        /** How finely time is cut. */
        public Builder grain(DateGrain grain) {
            this.grain = Objects.requireNonNull(grain, "grain");
            return this;
        }

        /** How numbers become lengths in histograms, boxes, lines and scatter plots. */
        public Builder scale(Axis.Scale scale) {
            this.scale = Objects.requireNonNull(scale, "scale");
            return this;
        }

        /**
         * About how many bins a histogram has.
         *
         * @throws IllegalArgumentException unless it is in 1..200
         */
        public Builder bins(int count) {
            if (count < 1 || count > MAX_BINS) {
                throw new IllegalArgumentException("bins must be in 1.." + MAX_BINS + ", was " + count);
            }
            this.bins = count;
            return this;
        }

        /** The title. */
        public Builder title(String title) {
            this.title = Objects.requireNonNull(title, "title");
            return this;
        }

        /** The request. */
        public ChartRequest build() {
            return new ChartRequest(this);
        }
    }
}
