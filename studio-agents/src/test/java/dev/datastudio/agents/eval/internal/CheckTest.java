package dev.datastudio.agents.eval.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.ask.TestOutcome;
import dev.datastudio.agents.eval.EvaluationOutcome;
import dev.datastudio.agents.eval.internal.RowMatch.RowOrder;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CheckTest {
    @Nested
    class Rows {
        private final RowCheck check = new RowCheck(List.of(List.of("East", 3L), List.of("West", 5L)), RowOrder.ANY);

        @Test
        void takesTheOnlyStep() {
            assertEquals(EvaluationOutcome.RIGHT, judge(check, answered(regions(3, 5))));
            assertEquals(EvaluationOutcome.WRONG, judge(check, answered(regions(3, 6))));
        }

        @Test
        void takesNoAnswerOfSeveralSteps() {
            assertEquals(EvaluationOutcome.WRONG, judge(check, answered(regions(3, 5), regions(3, 5))));
        }

        @Test
        void takesNoRowsThatWereCut() {
            AnswerStep whole = regions(3, 5);
            AnswerStep cut = new AnswerStep(
                    "", "aggregate", "", "", whole.columns(), whole.rows(), 3, null, null, "bar", List.of());

            assertEquals(EvaluationOutcome.WRONG, judge(check, answered(cut)));
        }

        @Test
        void countsEveryOtherStatusAsRefused() {
            for (AnswerStatus status :
                    List.of(AnswerStatus.AMBIGUOUS, AnswerStatus.NOT_UNDERSTOOD, AnswerStatus.CANNOT_ANSWER)) {
                assertEquals(EvaluationOutcome.REFUSED, judge(check, asked(status, List.of())));
            }
        }
    }

    @Nested
    class Charts {
        @Test
        void judgesTheKindOfChartBesideTheRows() {
            RowCheck rows = new RowCheck(List.of(List.of("East", 3L), List.of("West", 6L)), RowOrder.ANY);

            Verdict bar = new ChartCheck(rows, "Bar").judge(answered(regions(3, 5)), CheckTest::noDatabase);
            Verdict pie = new ChartCheck(rows, "Pie").judge(answered(regions(3, 6)), CheckTest::noDatabase);

            assertEquals(EvaluationOutcome.WRONG, bar.outcome());
            assertEquals(Map.of(ChartCheck.ASPECT, true), bar.aspects());
            assertEquals(EvaluationOutcome.RIGHT, pie.outcome());
            assertEquals(Map.of(ChartCheck.ASPECT, false), pie.aspects());
        }
    }

    @Nested
    class Refusals {
        @Test
        void areRightAndAnswersWrong() {
            assertEquals(EvaluationOutcome.RIGHT, judge(new RefusalCheck(), asked(AnswerStatus.AMBIGUOUS, List.of())));
            assertEquals(EvaluationOutcome.WRONG, judge(new RefusalCheck(), answered(regions(3, 5))));
        }
    }

    @Nested
    class Lists {
        @Test
        void compareTheFirstColumnInAnyOrder() {
            assertEquals(EvaluationOutcome.RIGHT, judge("which regions?", List.of("West", "East"), regions(3, 5)));
            assertEquals(EvaluationOutcome.WRONG, judge("which regions?", List.of("West"), regions(3, 5)));
            assertEquals(
                    EvaluationOutcome.WRONG, judge("which regions?", List.of("West", "East", "North"), regions(3, 5)));
            assertEquals(EvaluationOutcome.WRONG, judge("which regions?", List.of("West", "West"), regions(3, 5)));
        }

        @Test
        void takeTheAmountWhereOneIsAskedFor() {
            AnswerStep one = step(List.of("region", "sum of units"), 1_500L, null, row("East", 1_500L));

            assertEquals(EvaluationOutcome.RIGHT, judge("how many units in the east?", List.of("1,500"), one));
            assertEquals(EvaluationOutcome.RIGHT, judge("where were units sold?", List.of("east"), one));
            assertEquals(EvaluationOutcome.WRONG, judge("how many units in the east?", List.of("1,501"), one));
        }

        @Test
        void normaliseTextAsTheSetDoes() {
            assertEquals("sao paulo", ListCheck.normal("  São  Paulo (Brazil)[2] "));
            assertEquals("it's", ListCheck.normal("\"It’s.\""));
            assertEquals("5 games", ListCheck.normal("5 games"));
        }

        private static EvaluationOutcome judge(String question, List<Object> expected, AnswerStep step) {
            return CheckTest.judge(new ListCheck(question, List.copyOf(expected)), answered(step));
        }
    }

    @Nested
    class NamedValues {
        private final AnswerForm means = AnswerForm.parse(
                "@mean_units[mean] @units_sd[sd] where \"mean\" and \"sd\" are numbers rounded to two decimal places.",
                "");
        private final AnswerStep step =
                step(List.of("mean units", "standard deviation of units"), null, null, row(4.126, 1.4142135));

        @Test
        void areRightWhenAllAre() {
            assertEquals(EvaluationOutcome.RIGHT, judge(means, Map.of("mean_units", "4.13", "units_sd", "1.41"), step));
            assertEquals(EvaluationOutcome.RIGHT, judge(means, Map.of("units_sd", "1.41"), step));
        }

        @Test
        void areWrongWhenOneIs() {
            assertEquals(EvaluationOutcome.WRONG, judge(means, Map.of("mean_units", "4.12", "units_sd", "1.41"), step));
            assertEquals(EvaluationOutcome.WRONG, judge(means, Map.of("mean_units", "1.41", "units_sd", "4.13"), step));
            assertEquals(EvaluationOutcome.WRONG, judge(means, Map.of("mean_units", "4.13", "other", "1"), step));
        }

        @Test
        void areRefusedWhenTheQuestionWas() {
            NamedAnswerCheck check = new NamedAnswerCheck(means, Map.of("mean_units", "4.13"));

            assertEquals(
                    EvaluationOutcome.REFUSED, CheckTest.judge(check, asked(AnswerStatus.NOT_UNDERSTOOD, List.of())));
        }

        @Test
        void takeAnOptionFromTheTest() {
            AnswerForm form = AnswerForm.parse(
                    "@is_normal[x] @p[p] where \"x\" is a string, either \"yes\" or \"no\". \"p\" is a number rounded to "
                            + "three decimal places.",
                    "Use an alpha of 0.05. The distribution is normal when the p-value is above it.");
            AnswerStep skewed = tested(new TestOutcome("Shapiro-Wilk test", 0.8, 0.001, Double.NaN, ""));
            AnswerStep normal = tested(new TestOutcome("Shapiro-Wilk test", 0.99, 0.4, Double.NaN, ""));

            assertEquals(EvaluationOutcome.RIGHT, judge(form, Map.of("is_normal", "No", "p", "0.001"), skewed));
            assertEquals(EvaluationOutcome.WRONG, judge(form, Map.of("is_normal", "yes"), skewed));
            assertEquals(EvaluationOutcome.RIGHT, judge(form, Map.of("is_normal", "yes"), normal));
        }

        @Test
        void takeTheKindOfARelationFromItsCoefficientAndTest() {
            AnswerForm form = AnswerForm.parse(
                    "@r[r_value] @kind[kind], where \"r_value\" is a number, rounded to two decimal places. \"kind\" is a "
                            + "string that can either be \"linear\", \"nonlinear\", or \"none\".",
                    "Linear if the p-value is less than 0.05 and the absolute value of r is at least 0.5.");
            AnswerStep weak = tested(new TestOutcome("Pearson correlation", 2.1, 0.01, 0.3, ""));

            assertEquals(EvaluationOutcome.RIGHT, judge(form, Map.of("r", "0.30", "kind", "nonlinear"), weak));
            assertEquals(EvaluationOutcome.WRONG, judge(form, Map.of("kind", "linear"), weak));
            assertEquals(EvaluationOutcome.WRONG, judge(form, Map.of("r", "0.31"), weak));
        }

        @Test
        void takeTextsByTheirColumn() {
            AnswerForm one = AnswerForm.parse("@region[name] where \"name\" is a string, the region.", "");
            AnswerForm list = AnswerForm.parse("@regions[region1, region2, ...] sorted", "");

            assertEquals(EvaluationOutcome.RIGHT, judge(one, Map.of("region", "\"East\""), regions(3, 5)));
            assertEquals(EvaluationOutcome.WRONG, judge(one, Map.of("region", "West"), regions(3, 5)));
            assertEquals(EvaluationOutcome.RIGHT, judge(list, Map.of("regions", "West, East"), regions(3, 5)));
            assertEquals(EvaluationOutcome.WRONG, judge(list, Map.of("regions", "East"), regions(3, 5)));
        }

        private static EvaluationOutcome judge(AnswerForm form, Map<String, String> labels, AnswerStep step) {
            return CheckTest.judge(new NamedAnswerCheck(form, labels), answered(step));
        }

        private static AnswerStep tested(TestOutcome test) {
            return step(List.of("group", "count"), null, test, row("all", 40L));
        }
    }

    private static QueryResult noDatabase(String sql) {
        throw new AssertionError(sql);
    }

    private static EvaluationOutcome judge(Check check, Asked asked) {
        return check.judge(asked, CheckTest::noDatabase).outcome();
    }

    private static AnswerStep regions(long east, long west) {
        return step(List.of("region", "sum of units"), null, null, row("East", east), row("West", west));
    }

    private static Asked answered(AnswerStep... steps) {
        return asked(AnswerStatus.ANSWERED, List.of(steps));
    }

    private static Asked asked(AnswerStatus status, List<AnswerStep> steps) {
        Answer answer = Answer.builder("id", status).steps(steps).build();
        return new Asked(new PlanOutcome.CannotAnswer("", List.of(), List.of()), answer, Asked.Spent.NOTHING);
    }

    @SafeVarargs
    private static AnswerStep step(
            List<String> columns, @Nullable Object value, @Nullable TestOutcome test, List<@Nullable Object>... rows) {
        List<List<@Nullable Object>> list = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            list.add(row);
        }
        return new AnswerStep(
                "",
                "aggregate",
                "",
                "",
                columns.stream()
                        .map(name -> new ResultColumn(name, ColumnType.TEXT))
                        .toList(),
                list,
                rows.length,
                value,
                test,
                "bar",
                List.of());
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }
}
