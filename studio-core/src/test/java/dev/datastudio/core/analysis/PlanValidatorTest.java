package dev.datastudio.core.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Expression.Constant;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanValidatorTest {
    private static final Dataset SALES = new Dataset(
            DatasetId.random(),
            Caller.LOCAL,
            "sales.csv",
            1,
            Origin.UNKNOWN,
            "sales",
            "0".repeat(64),
            10,
            List.of(
                    column("Region", ColumnType.TEXT, ColumnRole.DIMENSION),
                    column("Revenue", ColumnType.DECIMAL, ColumnRole.MEASURE),
                    column("Day", ColumnType.DATE, ColumnRole.TIME)),
            List.of(),
            Instant.EPOCH,
            "local/local/uploads/1");

    private static Column column(String name, ColumnType type, ColumnRole role) {
        return new Column(name, type, role, "", -1, 0);
    }

    private static Expression col(String name) {
        return Expression.column("sales", name);
    }

    private static List<String> problems(Step.Builder step) {
        return PlanValidator.of(List.of(SALES)).problems(AnalysisPlan.of(step.build())).stream()
                .map(PlanProblem::toString)
                .toList();
    }

    @Test
    void tellsEveryProblemAtOnceWithItsPlace() {
        assertEquals(
                List.of(
                        "steps[0].dimensions[0].of: Column 'Regio' is not in table 'sales'."
                                + " Use one of [Region, Revenue, Day]; 'Region' is the nearest.",
                        "steps[0].measures[0]: The mean of 'Region' is not defined: its values are text."
                                + " Use a column of numbers: one of [Revenue].",
                        "steps[0].order[0]: Index 3 is beyond the 1 measures of the step. Use one of 0 to 0.",
                        "steps[0].limit: Index 2 is beyond the 1 dimensions of the step. Use one of 0 to 0."),
                problems(Step.of(Operation.AGGREGATE, "sales")
                        .dimensions(List.of(Dimension.of(col("Regio"))))
                        .measures(List.of(Measure.of(Aggregate.MEAN, col("Region"))))
                        .order(List.of(Order.byMeasure(3, Order.Direction.ASCENDING)))
                        .limit(new Limit(1, Limit.Ties.CUT, 2))));
    }

    @Test
    void offersTheNearestTable() {
        assertEquals(
                List.of("steps[0].tables[0]: There is no table 'sale'. Use one of [sales]; 'sales' is the nearest."),
                problems(Step.of(Operation.LIST, "sale")));
    }

    @Test
    void refusesTrendsWithoutTime() {
        assertEquals(
                List.of("steps[0].dimensions[0]: A trend runs along time, but 'Region' is text."
                        + " Make the first dimension a column of dates: one of [Day]."),
                problems(Step.of(Operation.TREND, "sales").dimensions(List.of(Dimension.of(col("Region"))))));
    }

    @Test
    void refusesPartsThatAnOperationDoesNotUse() {
        assertEquals(
                List.of(
                        "steps[0].having: The operation 'summary' doesn't use 'having'."
                                + " Put conditions on rows into the filter.",
                        "steps[0].limit: The operation 'summary' doesn't use 'limit'. Leave it out.",
                        "steps[0].measures: The operation 'summary' doesn't use 'measures'."
                                + " Name columns in 'dimensions', or use the operation 'aggregate'.",
                        "steps[0].detail: The operation 'summary' doesn't use the detail 'outliers'."
                                + " Leave it out, or use the operation that it belongs to."),
                problems(Step.of(Operation.SUMMARY, "sales")
                        .measures(List.of(Measure.count()))
                        .having(new Condition.MeasureComparison(Measure.count(), Comparator.GREATER, new Constant(1L)))
                        .limit(Limit.of(1))
                        .detail(Detail.Outliers.TUKEY)));
    }

    @Test
    void refusesComparisonsOfDifferentTypes() {
        assertEquals(
                List.of("steps[0].filter.right: 'much' can't be compared with 'Revenue', which is decimal."
                        + " Use a number."),
                problems(Step.of(Operation.LIST, "sales")
                        .filter(new Condition.Comparison(col("Revenue"), Comparator.GREATER, new Constant("much")))));
    }

    @Test
    void spellsNamesAsTheDataDoesAndFitsConstants() {
        Step step = PlanValidator.of(List.of(SALES))
                .validate(Step.of(Operation.LIST, "SALES")
                        .dimensions(List.of(Dimension.of(Expression.column("Sales", "REGION"))))
                        .filter(new Condition.Comparison(
                                Expression.column("Sales", "day"), Comparator.LESS, new Constant("2024-02-01")))
                        .build());

        assertEquals(
                Step.of(Operation.LIST, "sales")
                        .dimensions(List.of(Dimension.of(col("Region"))))
                        .filter(new Condition.Comparison(
                                col("Day"), Comparator.LESS, new Constant(LocalDate.of(2024, 2, 1))))
                        .build(),
                step);
    }

    @Test
    void refusesWithOneErrorThatHoldsThemAll() {
        StudioException e = assertThrows(
                StudioException.class,
                () -> PlanValidator.of(List.of(SALES))
                        .validate(Step.of(Operation.AGGREGATE, "sales").build()));

        assertEquals("The plan can't be carried out: step: There is nothing to compute", e.what());
        assertEquals("Name at least one of 'measures' and 'dimensions'", e.mend());
    }
}
