package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import java.util.List;

/** Changes what is done with the columns there: "and the outliers", "as a distribution", "list them". */
final class OperationEdit {
    private final Draft draft;

    OperationEdit(Draft draft) {
        this.draft = draft;
    }

    void apply(Fragment wanted) {
        for (String operation : wanted.slots.operations) {
            switch (operation) {
                case "share" -> {}
                case "trend" -> wanted.slots.overTime = true;
                case "distribution" -> ofValues(Operation.DISTRIBUTION, new Detail.None());
                case "outliers" -> ofValues(Operation.OUTLIERS, Detail.Outliers.TUKEY);
                case "correlation" ->
                    ofValues(Operation.CORRELATION, new Detail.Correlation(Detail.CorrelationMethod.PEARSON));
                case "summary" -> ofColumns(Operation.SUMMARY);
                case "missing" -> ofColumns(Operation.MISSING);
                case "list" -> rows();
                case "comparison" -> compared(wanted);
                default -> draft.problem = "The last answer can't become a " + operation + "; ask for it by itself.";
            }
        }
    }

    /** "Compare the West and the East": what the last answer computes, for those. */
    private void compared(Fragment wanted) {
        boolean names = wanted.slots.filter instanceof Condition.OneOf && draft.isGrouped();
        if (!names) {
            draft.problem = "It is not said which groups are to be compared.";
            return;
        }
        Condition.OneOf groups = (Condition.OneOf) wanted.slots.filter;
        become(Operation.COMPARISON, new Detail.Comparison(groups.values()));
        draft.dimensions.clear();
        draft.dimensions.add(Dimension.of(groups.value()));
        draft.filter.removeIf(c -> PlanColumns.of(c).equals(PlanColumns.of(groups)));
        wanted.slots.filter = Condition.always();
    }

    private List<Expression.ColumnRef> measured() {
        return draft.measures.stream()
                .flatMap(m -> m.columns().stream())
                .distinct()
                .toList();
    }

    private void ofValues(Operation operation, Detail detail) {
        List<Expression.ColumnRef> columns = measured();
        if (columns.isEmpty()) {
            draft.problem = "The last answer computes nothing of a column, so that is not known of which.";
            return;
        }
        draft.dimensions.removeIf(d -> operation == Operation.OUTLIERS
                || draft.isTime(d)
                || !(d.grouping() instanceof Dimension.Grouping.ByValue));
        become(operation, detail);
        draft.replaceMeasures(columns.stream()
                .<Measure>map(c -> Measure.of(Aggregate.COUNT, c))
                .toList());
    }

    private void ofColumns(Operation operation) {
        List<Expression.ColumnRef> columns = measured();
        draft.dimensions.clear();
        columns.forEach(c -> draft.dimensions.add(Dimension.of(c)));
        become(operation, new Detail.None());
        draft.measures.clear();
    }

    /** The rows behind the last answer. */
    private void rows() {
        if (draft.operation == Operation.LIST) {
            return;
        }
        become(Operation.LIST, new Detail.None());
        draft.dimensions.clear();
        draft.measures.clear();
    }

    private void become(Operation operation, Detail detail) {
        draft.operation = operation;
        draft.detail = detail;
        draft.having = Condition.always();
        draft.order.clear();
        draft.limit = null;
        draft.touched = true;
    }
}
