package dev.datastudio.benchmarks;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.ask.ModelPlanning;
import dev.datastudio.agents.planner.model.ModelPlanner;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What we add to a model's own time when it plans a question over 20 tables: the prompt, the check of its plan, the
 * statement and the answer. The model is one that answers at once, so that all that is measured is ours.
 */
final class ModelPlanBenchmark implements Benchmark {
    /** Other work on the machine is not to count. */
    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

    private static final double MOST_MILLIS = 15;
    private static final int TABLES = 20;
    private static final int COLUMNS = 9;
    private static final int ROWS = 500;
    private static final AskOptions PLAIN = AskOptions.DEFAULT.withPictures(AskOptions.Pictures.SKIP);

    @Override
    public String name() {
        return "model-plan";
    }

    @Override
    public String summary() {
        return "what a plan of a model over 20 tables takes beside the model's own time";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        int rounds = effort == Effort.QUICK ? 200 : 1_000;
        AskOptions byModel = PLAIN.withModel(new ModelPlanning(
                ModelPlanner.of(new AnswersAtOnce(), "answers-at-once"), ModelPlanning.Policy.MODEL_ONLY));
        try (Studio studio =
                Studio.builder().workspace(scratch.resolve("workspace")).build()) {
            List<Dataset> tables = tables(studio, scratch);
            Analyst analyst = Analyst.of(studio);
            double[] plans = new double[rounds];
            double[] answers = new double[rounds];
            double[] builtIn = new double[rounds];
            for (int i = -rounds / 2; i < rounds; i++) {
                String question = "total amount_3 of stock_7 by kind where amount_4 is above " + (i + rounds);
                long start = PROCESSOR.getCurrentThreadCpuTime();
                analyst.plan(tables, question, byModel);
                double plan = (PROCESSOR.getCurrentThreadCpuTime() - start) / 1e6;
                double answer = millis(() -> requireAnswer(analyst.ask(tables, question, byModel)));
                double own = millis(() -> requireAnswer(analyst.ask(tables, question, PLAIN)));
                if (i >= 0) {
                    plans[i] = plan;
                    answers[i] = answer;
                    builtIn[i] = own;
                }
            }
            return List.of(
                    Measurement.atMost(
                            "processor time of a plan, 95th percentile",
                            Interleaved.quantile(plans, 0.95),
                            "ms",
                            "limit",
                            MOST_MILLIS),
                    Measurement.atMostBeside(
                            "a new question answered without pictures, median",
                            Interleaved.median(answers),
                            "ms",
                            "the same by the built-in planner",
                            Interleaved.median(builtIn),
                            MOST_MILLIS));
        }
    }

    private static void requireAnswer(Answer answer) {
        if (answer.status() != AnswerStatus.ANSWERED || answer.cached()) {
            throw new IllegalStateException("A new answer was expected, was " + answer);
        }
    }

    private static double millis(Interleaved.Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static List<Dataset> tables(Studio studio, Path scratch) throws Exception {
        List<Dataset> tables = new ArrayList<>();
        for (int table = 0; table < TABLES; table++) {
            Path file = scratch.resolve("stock_" + table + ".csv");
            StringBuilder csv = new StringBuilder("kind");
            for (int column = 1; column < COLUMNS; column++) {
                csv.append(",amount_").append(column);
            }
            for (int row = 0; row < ROWS; row++) {
                csv.append("\nkind ").append(row % 10);
                for (int column = 1; column < COLUMNS; column++) {
                    csv.append(',').append(1_000 + row * 31 % 997 + column);
                }
            }
            Files.writeString(file, csv.append('\n'));
            tables.add(studio.datasets().importFile(file));
        }
        return tables;
    }

    /** Makes the plan of the question asked here, without any time of its own. */
    private static final class AnswersAtOnce implements ChatModel {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            String told = request.messages().get(1).toString();
            String number = told.replaceAll("(?s).*is above (\\d+).*", "$1");
            String plan = """
                    {"steps":[{"intent":"total","op":"aggregate","tables":["stock_7"],
                      "filter":{"compare":"greater","left":{"column":"amount_4"},"right":%s},
                      "dimensions":[{"of":{"column":"kind"}}],
                      "measures":[{"aggregate":"sum","of":{"column":"amount_3"}}]}]}
                    """.formatted(number);
            ToolExecutionRequest call = ToolExecutionRequest.builder()
                    .id("1")
                    .name("plan")
                    .arguments(plan)
                    .build();
            return ChatResponse.builder().aiMessage(AiMessage.from(call)).build();
        }
    }
}
