package dev.datastudio.core.analysis;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One intent of a question: what is computed, from which rows, how it is ordered and shown. Immutable; which parts an
 * {@link Operation} uses stands there, and validation refuses the others.
 *
 * @param intent the words of the question that this step answers
 * @param operation what it does
 * @param source the tables it reads
 * @param cleaning rows taken away first, in order
 * @param filter which rows count
 * @param dimensions what they are grouped by
 * @param measures what is computed for each group
 * @param having which groups count
 * @param order what the rows are sorted by, the first key first; empty for the operation's own order
 * @param limit how many rows are kept; null for all
 * @param detail what this operation needs beyond these
 * @param chart the chart asked for
 */
public record Step(
        String intent,
        Operation operation,
        Source source,
        List<Cleaning> cleaning,
        Condition filter,
        List<Dimension> dimensions,
        List<Measure> measures,
        Condition having,
        List<Order> order,
        @Nullable Limit limit,
        Detail detail,
        ChartHint chart) {

    public Step {
        Objects.requireNonNull(intent, "intent");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(detail, "detail");
        cleaning = List.copyOf(cleaning);
        dimensions = List.copyOf(dimensions);
        measures = List.copyOf(measures);
        order = List.copyOf(order);
    }

    /** A step over one table, to be filled. */
    public static Builder of(Operation operation, String table) {
        return new Builder(operation, Source.of(table));
    }

    /** A step over several tables, to be filled. */
    public static Builder of(Operation operation, Source source) {
        return new Builder(operation, source);
    }

    /** This step, to be changed. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Whether its rows depend on the day it is asked on. */
    public boolean isRelativeToToday() {
        return filter.isRelativeToToday()
                || cleaning.stream().anyMatch(c -> c instanceof Cleaning.Derived d && isRelative(d.value()))
                || having.isRelativeToToday()
                || (detail instanceof Detail.Combination c && c.other().isRelativeToToday());
    }

    private static boolean isRelative(Expression value) {
        return value instanceof Expression.Choice c
                && c.branches().stream().anyMatch(b -> b.when().isRelativeToToday());
    }

    /** Fills a {@link Step}. Not thread-safe. */
    public static final class Builder {
        private String intent = "";
        private Operation operation;
        private Source source;
        private List<Cleaning> cleaning = List.of();
        private Condition filter = Condition.always();
        private List<Dimension> dimensions = List.of();
        private List<Measure> measures = List.of();
        private Condition having = Condition.always();
        private List<Order> order = List.of();
        private @Nullable Limit limit;
        private Detail detail = new Detail.None();
        private ChartHint chart = ChartHint.AUTO;

        private Builder(Operation operation, Source source) {
            this.operation = operation;
            this.source = source;
        }

        private Builder(Step step) {
            intent = step.intent;
            operation = step.operation;
            source = step.source;
            cleaning = step.cleaning;
            filter = step.filter;
            dimensions = step.dimensions;
            measures = step.measures;
            having = step.having;
            order = step.order;
            limit = step.limit;
            detail = step.detail;
            chart = step.chart;
        }

        public Builder intent(String intent) {
            this.intent = intent;
            return this;
        }

        public Builder operation(Operation operation) {
            this.operation = operation;
            return this;
        }

        public Builder source(Source source) {
            this.source = source;
            return this;
        }

        public Builder cleaning(List<Cleaning> cleaning) {
            this.cleaning = cleaning;
            return this;
        }

        public Builder filter(Condition filter) {
            this.filter = filter;
            return this;
        }

        public Builder dimensions(List<Dimension> dimensions) {
            this.dimensions = dimensions;
            return this;
        }

        public Builder measures(List<? extends Measure> measures) {
            this.measures = List.copyOf(measures);
            return this;
        }

        public Builder having(Condition having) {
            this.having = having;
            return this;
        }

        public Builder order(List<Order> order) {
            this.order = order;
            return this;
        }

        public Builder limit(@Nullable Limit limit) {
            this.limit = limit;
            return this;
        }

        public Builder detail(Detail detail) {
            this.detail = detail;
            return this;
        }

        public Builder chart(ChartHint chart) {
            this.chart = chart;
            return this;
        }

        /** The step. */
        public Step build() {
            return new Step(
                    intent,
                    operation,
                    source,
                    cleaning,
                    filter,
                    dimensions,
                    measures,
                    having,
                    order,
                    limit,
                    detail,
                    chart);
        }
    }
}
