package dev.datastudio.core.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Expression.Constant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanJsonTest {
    private static final String COUNT =
            "{'version':1,'steps':[{'op':'aggregate','tables':['t'],'measures':[{'aggregate':'count'}]}]}";

    private static AnalysisPlan read(String json) {
        return PlanJson.read(json.replace('\'', '"'));
    }

    @Test
    void everyPlanIsReadBackAsItWas() {
        for (int seed = 0; seed < 2_000; seed++) {
            AnalysisPlan plan = new RandomPlans(new Random(seed)).plan();

            assertEquals(plan, PlanJson.read(PlanJson.write(plan)), "seed " + seed);
        }
    }

    @Test
    void theCanonicalFormIsAPlanToo() {
        for (int seed = 0; seed < 500; seed++) {
            String canonical = PlanJson.canonical(new RandomPlans(new Random(seed)).plan());

            assertEquals(canonical, PlanJson.canonical(PlanJson.read(canonical)), "seed " + seed);
        }
    }

    @Test
    void readsAStepAsAModelWritesIt() {
        AnalysisPlan plan = read("{'version':1,'steps':[{'intent':'old men','op':'list','tables':['titanic'],"
                + "'filter':{'all':[{'compare':'greater','left':{'column':'age'},'right':60},"
                + "{'one_of':{'column':'sex'},'values':['male']}]},'dimensions':[{'of':{'column':'name'}}],"
                + "'order':[{'value':{'column':'age'},'direction':'descending'}],'limit':{'count':5}}]}");

        assertEquals(
                AnalysisPlan.of(Step.of(Operation.LIST, "titanic")
                        .intent("old men")
                        .filter(new Condition.All(List.of(
                                new Condition.Comparison(
                                        Expression.column("titanic", "age"), Comparator.GREATER, new Constant(60L)),
                                new Condition.OneOf(
                                        Expression.column("titanic", "sex"), List.of(new Constant("male"))))))
                        .dimensions(List.of(Dimension.of(Expression.column("titanic", "name"))))
                        .order(List.of(new Order(
                                new Order.Key.OfValue(Expression.column("titanic", "age")),
                                Order.Direction.DESCENDING)))
                        .limit(Limit.of(5))
                        .build()),
                plan);
    }

    @Test
    void theCanonicalFormLeavesOutWordsAndTheOrderOfConditions() {
        Condition one = new Condition.Missing(Expression.column("t", "a"));
        Condition two = new Condition.Missing(Expression.column("t", "b"));
        Step step = Step.of(Operation.LIST, "t")
                .filter(new Condition.All(List.of(one, two)))
                .build();
        Step same = step.toBuilder()
                .intent("other words")
                .filter(new Condition.All(List.of(two, one)))
                .build();

        assertEquals(PlanJson.canonical(AnalysisPlan.of(step)), PlanJson.canonical(AnalysisPlan.of(same)));
        assertNotEquals(PlanJson.write(AnalysisPlan.of(step)), PlanJson.write(AnalysisPlan.of(same)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'version':1 | 'version':2 | plan.version: Version 2 of the plan is not known",
                "'op':'aggregate' | 'op':'agregate' | steps[0].op: 'agregate' is not known here",
                "'op':'aggregate' | 'opp':'aggregate' | steps[0]: There is no field 'opp'",
                "'aggregate':'count' | 'aggregate':'sum' | steps[0].measures[0]: SUM needs something to aggregate",
                "'tables':['t'] | 'tables':'t' | steps[0].tables: This is string, not a list",
                "'tables':['t'] | 'tables':[] | steps[0]: tables must not be empty",
                "'tables':['t'] | 'tables':['t'],'limit':{'count':0} | steps[0].limit: count must be at least 1, was 0",
                "'tables':['t'] | 'tables':['t'],'filter':{} | steps[0].filter: It is not said what this is",
                "'tables':['t'] | 'tables':['t'],'filter':{'missing':{'date':'31.12.2024'}} | steps[0].filter.missing.date: '31.12.2024' can't be read",
                "'tables':['t'] | 'tables':['t'],'tables':['u'] | The plan is not JSON",
                "'version':1 | 'version' | The plan is not JSON",
            })
    void whatIsNotExpectedIsRefusedWithItsPlace(String part, String wrong, String what) {
        StudioException e = assertThrows(StudioException.class, () -> read(COUNT.replace(part, wrong)));

        assertEquals(ErrorCode.INVALID_PLAN, e.code());
        assertTrue(e.what().startsWith(what), e.what());
    }

    @Test
    void offersTheNearestWord() {
        StudioException e =
                assertThrows(StudioException.class, () -> read(COUNT.replace("'op':'aggregate'", "'op':'agregate'")));

        assertTrue(e.mend().endsWith("; 'aggregate' is the nearest"), e.mend());
    }
}
