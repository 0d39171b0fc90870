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
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.TrainedModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agents train without a language model (A3, A11). */
class LearningAgentTest {
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

    private static AgentReply ask(String agent, String question) {
        AgentTask task = AgentTask.of(agent, question).about(orders.id().toString());
        return Agents.of(studio).run(task, AgentListener.NONE, Cancellation.create());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        data_scientist | Train a model that predicts profit                                    | profit  | random_forest
        ml_engineer    | Can you fit a decision tree to predict region from sales and category? | region  | decision_tree
        ml_engineer    | build a linear regression for profit using sales, units               | profit  | linear_regression
        """)
    void aModelIsTrainedAndReportedBesideItsBaseline(String agent, String question, String target, String algorithm) {
        AgentReply reply = ask(agent, question);

        assertEquals(Status.ANSWERED, reply.status(), reply::toString);
        ToolStep step = (ToolStep) reply.steps().get(0);
        assertEquals("train_ml_model", step.tool());
        assertEquals(4, step.artifacts().size());
        assertEquals(List.of(), reply.figures().unsupported());
        TrainedModel model = Models.of(studio).list().get(0);
        assertEquals(target, model.target().toLowerCase(java.util.Locale.ROOT));
        assertEquals(algorithm, model.spec().algorithm().name());
        assertTrue(reply.text().contains("baseline") && reply.text().contains(model.id()), reply::text);
    }

    @Test
    void whoTrainsNetworksIsSaid() {
        AgentReply reply = ask("data_scientist", "Train a neural network that predicts profit");

        assertEquals(Status.CANNOT_ANSWER, reply.status());
        assertTrue(
                reply.text().startsWith("The agent 'Data scientist' trains no neural networks. Ask the ML engineer"),
                reply::text);
    }

    @Test
    void whichColumnIsMeantIsAsked() {
        AgentReply reply = ask("ml_engineer", "Train a model that predicts happiness");

        assertEquals(Status.CANNOT_ANSWER, reply.status());
        assertTrue(reply.text().contains("Which column is to be predicted is not clear"), reply::text);
        assertTrue(reply.text().contains("profit"), reply::text);
    }
}
