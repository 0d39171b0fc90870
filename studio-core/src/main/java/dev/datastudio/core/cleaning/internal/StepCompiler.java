package dev.datastudio.core.cleaning.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.internal.RowSql;
import dev.datastudio.core.cleaning.CleaningStep;
import dev.datastudio.core.cleaning.internal.StepSql.Order;
import dev.datastudio.core.cleaning.internal.StepSql.Output;
import java.util.ArrayList;
import java.util.List;

/** Steps as SQL. Not thread-safe; one for each step. */
final class StepCompiler {
    private final StepInput input;
    private final StepFacts facts;

    StepCompiler(StepInput input, StepFacts facts) {
        this.input = input;
        this.facts = facts;
    }

    StepSql compile(CleaningStep step) {
        if (step instanceof CleaningStep.ChangeType change) {
            return new TypeChanges(input, facts).compile(change);
        } else if (step instanceof CleaningStep.FillMissing fill) {
            return new ValueSteps(input, facts).fill(fill);
        } else if (step instanceof CleaningStep.TreatOutliers treat) {
            return new ValueSteps(input, facts).treat(treat);
        } else if (step instanceof CleaningStep.ReplaceValues replace) {
            return new ValueSteps(input, facts).replace(replace);
        } else if (step instanceof CleaningStep.CleanText clean) {
            return new TextSteps(input).clean(clean);
        } else if (step instanceof CleaningStep.SplitColumn split) {
            return new TextSteps(input).split(split);
        } else if (step instanceof CleaningStep.StandardiseCategories categories) {
            return new TextSteps(input).standardise(categories);
        } else if (step instanceof CleaningStep.DropMissing drop) {
            return dropMissing(drop);
        } else if (step instanceof CleaningStep.DropDuplicates drop) {
            return dropDuplicates(drop);
        } else if (step instanceof CleaningStep.FilterRows filter) {
            return filter(filter);
        } else if (step instanceof CleaningStep.Derive derive) {
            return derive(derive);
        }
        return columns(step);
    }

    private StepSql columns(CleaningStep step) {
        if (step instanceof CleaningStep.Rename rename) {
            return rename(rename);
        } else if (step instanceof CleaningStep.DropColumns drop) {
            List<InputColumn> gone = input.columns(drop.columns(), c -> true);
            return only(input.columns().stream().filter(c -> !gone.contains(c)).toList());
        } else if (step instanceof CleaningStep.KeepColumns keep) {
            List<InputColumn> kept = input.columns(keep.columns(), c -> true);
            return only(input.columns().stream().filter(kept::contains).toList());
        }
        throw new AssertionError(step);
    }

    private StepSql dropMissing(CleaningStep.DropMissing drop) {
        List<Fragment> missing = input.columns(drop.columns(), c -> true).stream()
                .map(c -> Fragment.of(c.sql(), " IS NULL"))
                .toList();
        String how = drop.missing() == CleaningStep.Quantifier.ANY ? " OR " : " AND ";
        return StepSql.keeping(input, Fragment.of("NOT (", Fragment.join(how, missing), ")"));
    }

    private StepSql dropDuplicates(CleaningStep.DropDuplicates drop) {
        List<Fragment> keys = input.columns(drop.keys(), c -> true).stream()
                .map(InputColumn::sql)
                .toList();
        String direction = drop.keep() == CleaningStep.Keep.FIRST ? "" : " DESC";
        Fragment place = Fragment.name(spare("place"));
        Fragment from = Fragment.of(
                Fragment.of("(SELECT *, row_number() OVER (PARTITION BY ", Fragment.join(", ", keys)),
                Fragment.of(" ORDER BY ", input.row(), direction, ") AS ", place, " FROM ", input.table(), ")"));
        return StepSql.keeping(input, from, Fragment.of(place, " = 1"), Order.LOST);
    }

    private String spare(String name) {
        String free = name;
        for (int i = 2; input.find(free).isPresent(); i++) {
            free = name + i;
        }
        return free;
    }

    private StepSql filter(CleaningStep.FilterRows filter) {
        Condition condition = filter.condition();
        if (condition.isRelativeToToday()) {
            throw new StudioException(
                    ErrorCode.INVALID_PLAN,
                    "The condition is relative to today, so it would mean other rows on another day",
                    "Compare with dates");
        }
        refuseSteps(condition);
        refuseOverall(condition);
        RowSql sql = RowSql.of(condition, input.asTable());
        return StepSql.keeping(input, Fragment.of("coalesce(", new Fragment(sql.sql(), sql.parameters()), ", FALSE)"));
    }

    private static void refuseSteps(Condition condition) {
        if (condition.steps().findAny().isPresent()) {
            throw new StudioException(
                    ErrorCode.INVALID_PLAN,
                    "The condition reads the rows of another step, which would mean other values on other rows",
                    "Write the values themselves");
        }
        condition.children().forEach(StepCompiler::refuseSteps);
    }

    private static void refuseOverall(Condition condition) {
        condition.operands().forEach(StepCompiler::refuseOverall);
        condition.children().forEach(StepCompiler::refuseOverall);
    }

    private static void refuseOverall(Expression value) {
        if (value instanceof Expression.Overall) {
            throw new StudioException(
                    ErrorCode.INVALID_PLAN,
                    "A value over all rows stands in the step, which would mean other values on other rows",
                    "Write the number itself");
        } else if (value instanceof Expression.Arithmetic a) {
            refuseOverall(a.left());
            refuseOverall(a.right());
        } else if (value instanceof Expression.Applied f) {
            refuseOverall(f.argument());
        } else if (value instanceof Expression.PartOf p) {
            refuseOverall(p.date());
        }
    }

    private StepSql derive(CleaningStep.Derive derive) {
        String name = input.fresh(derive.name(), List.of());
        refuseOverall(derive.value());
        RowSql sql = RowSql.of(derive.value(), input.asTable());
        Fragment value = new Fragment(sql.sql(), sql.parameters());
        return StepSql.adding(input, List.of(new Output(name, Stored.as(sql.type(), value))));
    }

    private StepSql rename(CleaningStep.Rename rename) {
        InputColumn column = input.column(rename.column());
        boolean same = column.name().equalsIgnoreCase(rename.to());
        String to = same ? rename.to() : input.fresh(rename.to(), List.of());
        List<Output> outputs = new ArrayList<>();
        for (InputColumn one : input.columns()) {
            outputs.add(new Output(one.equals(column) ? to : one.name(), one.sql()));
        }
        return new StepSql(input.table(), outputs, Fragment.TRUE, List.of(), Order.KEPT);
    }

    private StepSql only(List<InputColumn> columns) {
        if (columns.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "No column would be left of " + quote(input.dataset().name()),
                    "Keep at least one column");
        }
        List<Output> outputs =
                columns.stream().map(c -> new Output(c.name(), c.sql())).toList();
        return new StepSql(input.table(), outputs, Fragment.TRUE, List.of(), Order.KEPT);
    }
}
