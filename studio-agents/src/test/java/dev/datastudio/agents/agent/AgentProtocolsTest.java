package dev.datastudio.agents.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.testkit.model.ModelProtocol;
import dev.datastudio.testkit.model.ModelReply;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That an agent works with each kind of service (P1, A11). */
@Timeout(60)
class AgentProtocolsTest {
    @ParameterizedTest
    @CsvSource({"OPENAI, OPENAI", "ANTHROPIC, ANTHROPIC", "OLLAMA, OLLAMA"})
    void callsToolsSideBySideAndAnswersAtItsLastStep(Provider provider, ModelProtocol protocol) {
        try (Desk desk = Desk.open()) {
            desk.addModel("Model", provider, protocol);
            String orders = desk.orders().id().toString();
            AgentSpec spec = desk.agents().configs().get("sql_expert").spec();
            desk.agents().configs().update(0, spec.withLimits(AgentLimits.DEFAULT.withMaxSteps(2)));
            desk.server.inTurn(
                    ModelReply.pieces("I ", "look.")
                            .andToolCall("sql_query", sql(orders, "SELECT max(sales) AS most FROM orders"))
                            .andToolCall("sql_query", sql(orders, "SELECT min(sales) AS least FROM orders")),
                    ModelReply.pieces("From 20 ", "to 45."));

            AgentReply reply =
                    desk.run(AgentTask.of("sql_expert", "What is the range?").about(orders));

            assertEquals(
                    Status.LIMIT_REACHED, reply.status(), () -> reply.problem().toString());
            assertEquals("From 20 to 45.", reply.text());
            assertEquals(
                    List.of("I look.", "From 20 to 45."),
                    desk.events(AgentEvent.Said.class).stream()
                            .map(AgentEvent.Said::text)
                            .toList());
            assertEquals(
                    "I look.From 20 to 45.",
                    desk.events(AgentEvent.Token.class).stream()
                            .map(AgentEvent.Token::text)
                            .collect(Collectors.joining()));
            String second = desk.server.requests().get(1).json();
            assertTrue(second.contains("45") && second.contains("20"), second);
        }
    }

    private static String sql(String source, String statement) {
        return "{\"source_id\":\"" + source + "\",\"sql\":\"" + statement + "\"}";
    }
}
