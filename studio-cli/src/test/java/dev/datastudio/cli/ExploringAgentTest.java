package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.agent.AgentListener;
import dev.datastudio.agents.agent.AgentReply;
import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.agents.agent.AgentTask;
import dev.datastudio.agents.agent.Agents;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.Studio;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agents find groups, unusual rows and forecasts without a language model (A11, A27). */
class ExploringAgentTest {
    private static Studio studio;
    private static Dataset orders;

    @BeforeAll
    static void open() {
        studio = Studio.inMemory();
        orders = studio.datasets().importFile(Path.of("../examples/data/shop-orders.csv"));
    }

    @AfterAll
    static void close() {
        studio.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data_scientist | Forecast sales for the next 6 months              | forecast_series | Forecast of the sum of 'sales' | 2
            data_analyst   | Find unusual orders                               | find_anomalies  | are called unusual             | 2
            data_scientist | Split the orders into 3 groups by sales and profit | cluster_rows    | Found 3 groups among           | 4
            """)
    void aWishIsFulfilledByItsTool(String agent, String question, String tool, String said, int files) {
        AgentReply reply = Agents.of(studio)
                .run(
                        AgentTask.of(agent, question).about(orders.id().toString()),
                        AgentListener.NONE,
                        Cancellation.create());

        assertEquals(Status.ANSWERED, reply.status(), reply::toString);
        ToolStep step = (ToolStep) reply.steps().get(0);
        assertEquals(tool, step.tool());
        assertEquals(files, step.artifacts().size());
        assertTrue(reply.text().contains(said), reply::text);
        assertEquals(List.of(), reply.figures().unsupported());
    }
}
