package dev.datastudio.agents.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.planner.PlanOutcome.Ambiguous;
import dev.datastudio.agents.planner.PlanOutcome.Candidate;
import dev.datastudio.agents.planner.PlanOutcome.Planned;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.analysis.PlanValidator;
import dev.datastudio.core.analysis.Source;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Where tables can be joined in two ways that are as short, the planner asks which is meant (D12). */
class JoinPathTest {
    private final BuiltInPlanner planner = new BuiltInPlanner();

    private static Column id(String name, long distinct) {
        return new Column(name, ColumnType.INTEGER, ColumnRole.ID, "", distinct, 0);
    }

    private static Column number(String name) {
        return new Column(name, ColumnType.DECIMAL, ColumnRole.MEASURE, "", 700, 0);
    }

    private static Column text(String name, long distinct) {
        return new Column(name, ColumnType.TEXT, ColumnRole.DIMENSION, "", distinct, 0);
    }

    private static Relation relation(String from, String column, String to, String key) {
        return new Relation(
                Key.of(TableRef.dataset(from), column),
                Key.of(TableRef.dataset(to), key),
                1,
                List.of(),
                Relation.Status.ACCEPTED);
    }

    private static Set<String> joins(Candidate candidate) {
        return joins(candidate.plan().steps().get(0).source());
    }

    private static Set<String> joins(Source source) {
        return source.joins().stream()
                .map(j -> j.left().name() + " = " + j.right().name())
                .collect(Collectors.toSet());
    }

    /** Each reading joins in its own way, has words of its own, and is what its question is answered by. */
    private void assertClickable(Ambiguous ambiguous, PlanRequest asked) {
        List<Candidate> candidates = ambiguous.candidates();
        assertEquals(2, candidates.size());
        assertNotEquals(joins(candidates.get(0)), joins(candidates.get(1)));
        assertNotEquals(candidates.get(0).reading(), candidates.get(1).reading());
        for (Candidate candidate : candidates) {
            assertEquals(List.of(), PlanValidator.of(asked.datasets()).problems(candidate.plan()));
            var again = planner.plan(new PlanRequest(
                    candidate.question(), asked.datasets(), asked.values(), asked.today(), asked.relations()));
            var planned = assertInstanceOf(Planned.class, again, () -> candidate.question() + " gave " + again);
            assertEquals(BuiltInPlanner.reading(candidate.plan()), planned.reading());
        }
    }

    @Nested
    class OverTwoKeysOfOneTable {
        private static final Dataset FLIGHTS = Schemas.dataset(
                "flights",
                4_000,
                List.of(id("flight_id", 4_000), id("origin_id", 30), id("destination_id", 30), number("delay")));
        private static final Dataset AIRPORTS =
                Schemas.dataset("airports", 30, List.of(id("airport_id", 30), text("city", 25)));
        private static final List<Relation> RELATIONS = List.of(
                relation("flights", "origin_id", "airports", "airport_id"),
                relation("flights", "destination_id", "airports", "airport_id"));

        private PlanRequest request(String question) {
            return new PlanRequest(question, List.of(FLIGHTS, AIRPORTS), ValueLookup.none(), Schemas.TODAY, RELATIONS);
        }

        @Test
        void offersAReadingForEachKey() {
            PlanRequest asked = request("average delay by city");

            var ambiguous = assertInstanceOf(Ambiguous.class, planner.plan(asked));

            assertEquals(
                    Set.of(Set.of("origin_id = airport_id"), Set.of("destination_id = airport_id")),
                    ambiguous.candidates().stream().map(JoinPathTest::joins).collect(Collectors.toSet()));
            assertClickable(ambiguous, asked);
        }

        @Test
        void takesTheKeyThatIsSaid() {
            for (String words : List.of("joined over origin_id", "linked via Origin_ID")) {
                var planned = assertInstanceOf(Planned.class, planner.plan(request("average delay by city " + words)));

                assertEquals("AGGREGATE MEAN(delay) by city", PlanText.of(planned.plan()));
                assertEquals(
                        Set.of("origin_id = airport_id"),
                        joins(planned.plan().steps().get(0).source()));
            }
        }
    }

    @Nested
    class OverDifferentTables {
        private static final Dataset SALES = Schemas.dataset(
                "sales", 9_000, List.of(id("sale_id", 9_000), id("shop_id", 40), id("buyer_id", 800), number("price")));
        private static final Dataset SHOPS =
                Schemas.dataset("shops", 40, List.of(id("shop_id", 40), text("manager", 40), id("county_id", 8)));
        private static final Dataset BUYERS =
                Schemas.dataset("buyers", 800, List.of(id("buyer_id", 800), text("surname", 700), id("county_id", 8)));
        private static final Dataset COUNTIES =
                Schemas.dataset("counties", 8, List.of(id("county_id", 8), text("climate", 8)));
        private static final List<Relation> RELATIONS = List.of(
                relation("sales", "shop_id", "shops", "shop_id"),
                relation("sales", "buyer_id", "buyers", "buyer_id"),
                relation("shops", "county_id", "counties", "county_id"),
                relation("buyers", "county_id", "counties", "county_id"));

        private PlanRequest request(String question) {
            return new PlanRequest(
                    question, List.of(SALES, SHOPS, BUYERS, COUNTIES), ValueLookup.none(), Schemas.TODAY, RELATIONS);
        }

        @Test
        void offersAReadingForEachWay() {
            PlanRequest asked = request("total price by climate");

            var ambiguous = assertInstanceOf(Ambiguous.class, planner.plan(asked));

            assertTrue(ambiguous.candidates().stream().anyMatch(c -> joins(c).contains("shop_id = shop_id")));
            assertTrue(ambiguous.candidates().stream().anyMatch(c -> joins(c).contains("buyer_id = buyer_id")));
            assertClickable(ambiguous, asked);
        }

        @Test
        void takesTheWayOverATableThatIsNamed() {
            var planned = assertInstanceOf(Planned.class, planner.plan(request("total price by climate of the shops")));

            assertEquals(
                    Set.of("shop_id = shop_id", "county_id = county_id"),
                    joins(planned.plan().steps().get(0).source()));
        }
    }
}
