package dev.datastudio.agents.chat.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.agents.chat.Routing;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who answers when no model chooses (A11). */
class RoutingRulesTest {
    private static final Set<String> AGENTS = Set.of(
            "data_analyst", "data_scientist", "sql_expert", "visualization_expert", "rag_assistant", "ml_engineer");
    private static final RoutingRules.About FILES = new RoutingRules.About(true, false, true, false);
    private static final RoutingRules.About DATABASE = new RoutingRules.About(true, true, true, false);
    private static final RoutingRules.About NOTHING = new RoutingRules.About(false, false, true, false);

    private static List<String> agents(String question, RoutingRules.About about) {
        return RoutingRules.choose(question, about, AGENTS, "").agents();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    What stands out in these sales?              | data_analyst
                    Total sales by region                        | data_analyst
                    Draw a bar chart of sales                    | visualization_expert
                    Show me a histogram of ages                  | visualization_expert
                    Predict the churn of next month              | data_scientist
                    Is the difference significant?               | data_scientist
                    Train a neural network on this               | ml_engineer
                    Write a query that joins orders and items    | sql_expert
                    """)
    void aQuestionAboutFilesGoesToTheOneWhoseWordsItHas(String question, String agent) {
        assertEquals(List.of(agent), agents(question, FILES));
    }

    @Test
    void figuresOfADatabaseAreForTheSqlExpert() {
        assertEquals(List.of("sql_expert"), agents("Total sales by region", DATABASE));
        assertEquals(List.of("data_analyst"), agents("What stands out?", DATABASE));
    }

    @Test
    void documentsAreForTheRagAssistant() {
        assertEquals(List.of("rag_assistant"), agents("What is the notice period in the contract?", NOTHING));
        assertEquals(List.of("rag_assistant"), agents("What is the notice period?", NOTHING));
        assertEquals(
                List.of("data_analyst"),
                agents("What is the notice period?", new RoutingRules.About(false, false, false, false)));
    }

    @Test
    void documentsChosenBesideDataAreForWhereTheDataHoldNoAnswer() {
        RoutingRules.About both = new RoutingRules.About(true, false, true, true);

        Routing routing = RoutingRules.choose("Total sales by region", both, AGENTS, "");

        assertEquals(List.of("data_analyst"), routing.agents());
        assertEquals(
                "Chosen by the words of the question: it is a question about data in general; the documents are asked where"
                        + " the data hold no answer.",
                routing.why());
        assertEquals(List.of("data_analyst", "rag_assistant"), agents("Do sales fit the handbook?", both));
    }

    @Test
    void aQuestionAboutDataAndDocumentsGoesToBoth() {
        Routing routing =
                RoutingRules.choose("Do the sales agree with the report?", FILES, AGENTS, "The model could not.");

        assertEquals(List.of("data_analyst", "rag_assistant"), routing.agents());
        assertEquals(
                "The model could not. Chosen instead by the words of the question: it is a question about data in general,"
                        + " and it is about documents.",
                routing.why());
    }
}
