package dev.datastudio.agents.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentSpecTest {
    private static final AgentSpec SPEC = AgentSpec.of("price_advisor", "Price advisor", "You advise on prices.");

    @Test
    void beginsWithoutToolsOnTheActiveModel() {
        assertEquals(List.of(), SPEC.tools());
        assertEquals("", SPEC.model());
        assertTrue(SPEC.temperature().isEmpty());
        assertEquals(AgentLimits.DEFAULT, SPEC.limits());
    }

    @Test
    void aToolThatIsNamedTwiceStandsThereOnce() {
        assertEquals(
                List.of("sql_query", "count_rows"),
                SPEC.withTools(List.of("sql_query", "count_rows", "sql_query")).tools());
    }

    @Test
    void everyPartThatBreaksItsRuleIsNamed() {
        StudioException refused =
                assertThrows(StudioException.class, () -> AgentSpec.of("Price advisor", " ", "x".repeat(20_001)));

        assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        assertTrue(refused.what().contains("an id of 2 to 64 lower-case letters"), refused::what);
        assertTrue(refused.what().contains("was 'Price advisor'"), refused::what);
        assertTrue(refused.what().contains("a title of 1 to 100 characters"), refused::what);
        assertTrue(refused.what().contains("instructions of at most 20000 characters, was '20001'"), refused::what);
    }

    @Test
    void temperatureAndNamesOfToolsAreChecked() {
        assertThrows(StudioException.class, () -> SPEC.withTemperature(2.5));
        assertThrows(StudioException.class, () -> SPEC.withTools(List.of("drop table")));
        assertThrows(StudioException.class, () -> SPEC.withModel("a\nb"));
    }

    @Test
    void limitsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> AgentLimits.DEFAULT.withMaxSteps(0));
        assertThrows(IllegalArgumentException.class, () -> AgentLimits.DEFAULT.withMaxSteps(51));
        assertThrows(IllegalArgumentException.class, () -> AgentLimits.DEFAULT.withMaxTokens(10));
    }

    @Test
    void aTaskNeedsAQuestion() {
        assertThrows(IllegalArgumentException.class, () -> AgentTask.of("data_analyst", " "));
        assertEquals(
                List.of("a", "b"),
                AgentTask.of("data_analyst", "What is there?")
                        .about("a", "b", "a")
                        .context()
                        .sources());
    }
}
