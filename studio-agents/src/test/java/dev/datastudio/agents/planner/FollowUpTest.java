package dev.datastudio.agents.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.planner.PlanOutcome.Planned;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.PlanValidator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FollowUpTest {
    private final BuiltInPlanner planner = new BuiltInPlanner();

    static Stream<Arguments> edits() throws IOException {
        try (var stream = Objects.requireNonNull(FollowUpTest.class.getResourceAsStream("followups.txt"));
                var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .map(l -> l.split(" \\| ", 3))
                    .map(f -> Arguments.of(f[0], List.of(f[1].split(" > ", -1)), f[2]))
                    .toList()
                    .stream();
        }
    }

    private AnalysisPlan asked(String schema, String question) {
        return assertInstanceOf(Planned.class, planner.plan(Schemas.request(schema, question)), question)
                .plan();
    }

    private FollowUp after(String schema, String question, String text) {
        return planner.followUp(asked(schema, question), Schemas.request(schema, text));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("edits")
    void changesThePlanAsSaid(String schema, List<String> said, String expected) {
        AnalysisPlan plan = asked(schema, said.get(0));

        for (String text : said.subList(1, said.size())) {
            FollowUp followUp = planner.followUp(plan, Schemas.request(schema, text));
            plan = assertInstanceOf(FollowUp.Edited.class, followUp, () -> text + " gave " + followUp)
                    .planned()
                    .plan();
        }

        assertEquals(expected, PlanText.of(plan));
        assertEquals(
                List.of(),
                PlanValidator.of(List.of(Schemas.of(schema).dataset())).problems(plan));
    }

    @Test
    void thereAreManyEditsOverThreeDataSets() throws IOException {
        List<Object> schemas = edits().map(a -> a.get()[0]).toList();

        assertTrue(schemas.size() >= 60, "edits: " + schemas.size());
        assertEquals(3, schemas.stream().distinct().count());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    now by quarter | grain: quarter instead of month
                    what about cost | measure: sum of cost instead of sum of revenue
                    only Bread | filter added: category is 'Bread'
                    split by shop | group added: shop
                    as an area chart | chart: area
                    in percent | measure: share of sum of revenue instead of sum of revenue
                    """)
    void saysWhatChanged(String text, String change) {
        var edited = assertInstanceOf(FollowUp.Edited.class, after("bakery", "monthly trend of revenue", text));

        assertEquals(List.of(change), edited.changes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "average margin by shop",
                "how many orders were there in 2024?",
                "top 5 products by revenue",
                "distribution of units",
                "show the total cost per category",
                "monthly trend of units",
                "which shop has the highest revenue",
                "summary of the data",
                "missing values",
                "correlation of revenue and cost",
                "why did revenue fall?",
                "explain this"
            })
    void questionsOfTheirOwnChangeNothing(String text) {
        assertInstanceOf(FollowUp.NewQuestion.class, after("bakery", "total revenue by shop", text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"undo", "Undo that.", "go back", "go back one step", "ok, undo the last change", "as before"})
    void goesBack(String text) {
        assertInstanceOf(FollowUp.GoesBack.class, after("bakery", "total revenue by shop", text));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    only Atlantis | Atlantis
                    what about happiness | happiness
                    instead of revenue show joy | joy
                    """)
    void namesWordsThatFitNothing(String text, String word) {
        var refused = assertInstanceOf(FollowUp.Refused.class, after("bakery", "total revenue by shop", text));

        var outcome = assertInstanceOf(PlanOutcome.NotUnderstood.class, refused.outcome());
        assertEquals(List.of(word), outcome.unknownWords());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    remove the filter | The last answer has no such filter.
                    instead of cost show units | What is to give way is not in the last answer.
                    without the revenue | That is all that the last answer computes, so nothing would be left.
                    with 20 bins | The last answer has no bins.
                    swap the axes | The last answer has no two axes that could change places.
                    """)
    void saysWhyNothingCanChange(String text, String reason) {
        var refused = assertInstanceOf(FollowUp.Refused.class, after("bakery", "total revenue by shop", text));

        assertEquals(
                reason,
                assertInstanceOf(PlanOutcome.CannotAnswer.class, refused.outcome())
                        .reason());
    }
}
