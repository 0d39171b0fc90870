package dev.datastudio.agents.ask.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Source;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What was noted at the import of a question's data and matters to its answer: nothing about columns it doesn't read. */
final class DataNotes {
    private final Set<ColumnRef> read = new HashSet<>();
    private final Set<String> readWhole = new HashSet<>();

    DataNotes(AnalysisPlan plan) {
        plan.steps().forEach(this::add);
    }

    /** The notes, in the order of the data sets and their imports. */
    List<String> of(List<Dataset> datasets) {
        List<String> notes = new ArrayList<>();
        for (Dataset dataset : datasets) {
            List<String> unread = dataset.columns().stream()
                    .filter(Predicate.not(column -> isRead(dataset, column)))
                    .map(column -> "Column '" + column.name() + "' ")
                    .toList();
            dataset.warnings().stream()
                    .filter(note -> unread.stream().noneMatch(note::startsWith))
                    .forEach(notes::add);
        }
        return notes;
    }

    private boolean isRead(Dataset dataset, Column column) {
        return readWhole.contains(dataset.table()) || read.contains(new ColumnRef(dataset.table(), column.name()));
    }

    private void add(Step step) {
        if (step.measures().isEmpty() && step.dimensions().isEmpty()) {
            readWhole.addAll(step.source().tables());
        }
        step.measures().forEach(measure -> read.addAll(measure.columns()));
        step.dimensions().forEach(dimension -> add(dimension.of()));
        step.order().forEach(this::add);
        step.cleaning().forEach(this::add);
        read.addAll(step.filter().columns());
        read.addAll(step.having().columns());
        for (Source.Join join : step.source().joins()) {
            read.add(join.left());
            read.add(join.right());
        }
        if (step.detail() instanceof Detail.Combination combination) {
            add(combination.other());
        }
    }

    private void add(Expression expression) {
        read.addAll(expression.columns());
    }

    private void add(Order order) {
        if (order.key() instanceof Order.Key.OfValue value) {
            add(value.value());
        }
    }

    private void add(Cleaning cleaning) {
        if (cleaning instanceof Cleaning.WithoutMissing missing) {
            read.addAll(missing.columns());
        } else if (cleaning instanceof Cleaning.WithoutOutliers outliers) {
            read.add(outliers.column());
        } else if (cleaning instanceof Cleaning.OnlyOutliers outliers) {
            read.add(outliers.column());
        } else if (cleaning instanceof Cleaning.Filled filled) {
            read.add(filled.column());
        } else if (cleaning instanceof Cleaning.Derived derived) {
            add(derived.value());
        }
    }
}
