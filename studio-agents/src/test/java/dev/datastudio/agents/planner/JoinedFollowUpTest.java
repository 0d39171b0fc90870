package dev.datastudio.agents.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.datastudio.agents.planner.PlanOutcome.Planned;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.PlanValidator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said after an answer from several tables changes columns of each of them (D12). */
class JoinedFollowUpTest {
    private static final Dataset BRANCHES = Schemas.dataset(
            "branches",
            12,
            List.of(
                    new Column("branch_id", ColumnType.INTEGER, ColumnRole.ID, "", 12, 0),
                    new Column("district", ColumnType.TEXT, ColumnRole.DIMENSION, "", 3, 0),
                    new Column("manager", ColumnType.TEXT, ColumnRole.DIMENSION, "", 12, 0)));
    private static final Dataset LOANS = Schemas.dataset(
            "loans",
            5_000,
            List.of(
                    new Column("loan_id", ColumnType.INTEGER, ColumnRole.ID, "", 5_000, 0),
                    new Column("branch_id", ColumnType.INTEGER, ColumnRole.ID, "", 12, 0),
                    new Column("principal", ColumnType.DECIMAL, ColumnRole.MEASURE, "", 900, 0),
                    new Column("duration", ColumnType.DECIMAL, ColumnRole.MEASURE, "", 40, 0)));
    private static final Relation LENT_BY = new Relation(
            Key.of(TableRef.dataset("loans"), "branch_id"),
            Key.of(TableRef.dataset("branches"), "branch_id"),
            1,
            List.of(),
            Relation.Status.ACCEPTED);
    private static final ValueIndex VALUES = ValueIndex.builder()
            .add(BRANCHES, BRANCHES.column("district"), List.of("North", "South", "Harbour"))
            .build();

    private final BuiltInPlanner planner = new BuiltInPlanner();

    private static PlanRequest request(String text) {
        return new PlanRequest(text, List.of(LOANS, BRANCHES), VALUES, Schemas.TODAY, List.of(LENT_BY));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    only North | AGGREGATE MEAN(principal) by district where district = 'North'
                    what about duration | AGGREGATE MEAN(duration) by district
                    manager instead of district | AGGREGATE MEAN(principal) by manager
                    median instead | AGGREGATE MEDIAN(principal) by district
                    """)
    void changesColumnsOfEitherTable(String text, String expected) {
        AnalysisPlan plan = assertInstanceOf(Planned.class, planner.plan(request("average principal by district")))
                .plan();

        FollowUp followUp = planner.followUp(plan, request(text));

        var edited = assertInstanceOf(FollowUp.Edited.class, followUp, () -> text + " gave " + followUp);
        assertEquals(expected, PlanText.of(edited.planned().plan()));
        assertEquals(
                List.of(),
                PlanValidator.of(List.of(LOANS, BRANCHES))
                        .problems(edited.planned().plan()));
    }
}
