package dev.datastudio.agents.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.planner.PlanOutcome.NotUnderstood;
import dev.datastudio.agents.planner.PlanOutcome.Planned;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.testkit.embedding.HashedNgramEmbedder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Words that fit nothing are linked by their vectors, with a margin, where there is an embedder (D12). */
class MeaningTest {
    private static final Dataset SURVEY = Schemas.dataset(
            "survey",
            200,
            List.of(
                    new Column("satisfaction", ColumnType.DECIMAL, ColumnRole.MEASURE, "", 80, 0),
                    new Column("waiting_minutes", ColumnType.DECIMAL, ColumnRole.MEASURE, "", 80, 0),
                    new Column("branch", ColumnType.TEXT, ColumnRole.DIMENSION, "", 4, 0)));

    private static PlanRequest request(String question) {
        return new PlanRequest(question, List.of(SURVEY), ValueLookup.none(), Schemas.TODAY);
    }

    @Test
    void linksAWordThatIsNearInMeaningAndSaysSo() {
        var planner = new BuiltInPlanner(new HashedNgramEmbedder(512));

        var planned = assertInstanceOf(Planned.class, planner.plan(request("average insatisfaction by branch")));

        assertEquals("AGGREGATE MEAN(satisfaction) by branch", PlanText.of(planned.plan()));
        assertTrue(planned.notes().stream().anyMatch(n -> n.contains("comes nearest in meaning")));
        assertTrue(planned.links().stream().anyMatch(l -> l.how().equals("meaning")));
        assertTrue(planned.confidence() < 0.9);
    }

    @Test
    void withoutAnEmbedderTheSameWordIsUnknown() {
        var refused = assertInstanceOf(
                NotUnderstood.class, new BuiltInPlanner().plan(request("average insatisfaction by branch")));

        assertEquals(List.of("insatisfaction"), refused.unknownWords());
    }

    @Test
    void refusesWordsThatAreNearToNothing() {
        var planner = new BuiltInPlanner(new HashedNgramEmbedder(512));

        assertInstanceOf(NotUnderstood.class, planner.plan(request("average zebra by branch")));
    }

    @Test
    void refusesWordsThatAreAsNearToTwoColumns() {
        var both = Schemas.dataset(
                "both",
                9,
                List.of(
                        new Column("satisfaction a", ColumnType.DECIMAL, ColumnRole.MEASURE, "", 8, 0),
                        new Column("satisfaction b", ColumnType.DECIMAL, ColumnRole.MEASURE, "", 8, 0)));
        var planner = new BuiltInPlanner(new HashedNgramEmbedder(512));

        assertInstanceOf(
                NotUnderstood.class,
                planner.plan(
                        new PlanRequest("average satisfactoriness", List.of(both), ValueLookup.none(), Schemas.TODAY)));
    }

    @Test
    void embedsNamesOnceAndWordsOnce() {
        var counting = new CountingEmbedder();
        var planner = new BuiltInPlanner(counting);

        planner.plan(request("average zebra by branch"));
        List<Integer> first = List.copyOf(counting.calls);
        planner.plan(request("average zebra by branch"));
        planner.plan(request("total giraffe"));

        assertEquals(List.of(1, 3), first);
        assertEquals(List.of(1, 3, 1), counting.calls);
    }

    @Test
    void embedsAllUnknownWordsOfAQuestionInOneCall() {
        var counting = new CountingEmbedder();
        var planner = new BuiltInPlanner(counting);

        planner.plan(request("average zebra giraffe by okapi"));

        // "zebra", "zebra giraffe", "giraffe", "okapi"; then the three names.
        assertEquals(List.of(4, 3), counting.calls);
    }

    @Test
    void embedsNothingOfAQuestionThatIsAboutSomethingElse() {
        var counting = new CountingEmbedder();
        var planner = new BuiltInPlanner(counting);

        assertInstanceOf(
                NotUnderstood.class, planner.plan(request("zebra giraffe okapi lion leopard gnu antelope by branch")));
        assertEquals(List.of(), counting.calls);
    }

    @Test
    void embedsNamesAnewWhenColumnsAreRenamed() {
        var counting = new CountingEmbedder();
        var planner = new BuiltInPlanner(counting);
        var renamed = Schemas.dataset(
                "survey", 200, List.of(new Column("contentment", ColumnType.DECIMAL, ColumnRole.MEASURE, "", 80, 0)));

        planner.plan(request("average zebra"));
        planner.plan(new PlanRequest("average zebra", List.of(renamed), ValueLookup.none(), Schemas.TODAY));

        assertEquals(List.of(1, 3, 1), counting.calls);
    }

    /** Notes how many texts each call had. */
    private static final class CountingEmbedder implements Embedder {
        private final Embedder hashed = new HashedNgramEmbedder(512);
        private final List<Integer> calls = new ArrayList<>();

        @Override
        public String model() {
            return hashed.model();
        }

        @Override
        public int dimension() {
            return hashed.dimension();
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            calls.add(texts.size());
            return hashed.embed(texts);
        }
    }
}
