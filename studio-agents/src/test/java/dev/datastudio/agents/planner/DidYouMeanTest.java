package dev.datastudio.agents.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.planner.PlanOutcome.NotUnderstood;
import dev.datastudio.agents.planner.PlanOutcome.Planned;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A slip of the pen is offered mended, as a question that can be asked (D12). */
class DidYouMeanTest {
    private final BuiltInPlanner planner = new BuiltInPlanner();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    total revenue in Haarbur | total revenue in Harbour
                    total revnue by shop | total revenue by shop
                    total csot by shop | total cost by shop
                    """)
    void offersTheQuestionWithTheNearestName(String question, String meant) {
        PlanOutcome outcome = planner.plan(Schemas.request("bakery", question));

        if (outcome instanceof Planned planned) {
            // A slip in a longer name is mended at once, and said.
            assertTrue(planned.notes().stream().anyMatch(n -> n.contains("was read as")), question);
        } else {
            var refused = assertInstanceOf(NotUnderstood.class, outcome);
            assertEquals(meant, refused.suggestions().get(0));
            assertInstanceOf(Planned.class, planner.plan(Schemas.request("bakery", meant)));
        }
    }

    @Test
    void offersNoQuestionForWordsThatAreNearToNothing() {
        var refused = assertInstanceOf(
                NotUnderstood.class, planner.plan(Schemas.request("bakery", "total happiness by shop")));

        assertTrue(refused.suggestions().stream().noneMatch(s -> s.endsWith("by shop") && s.startsWith("total h")));
    }
}
