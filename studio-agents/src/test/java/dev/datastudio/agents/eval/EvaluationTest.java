package dev.datastudio.agents.eval;

import static dev.datastudio.agents.eval.EvaluationOutcome.FAILED;
import static dev.datastudio.agents.eval.EvaluationOutcome.REFUSED;
import static dev.datastudio.agents.eval.EvaluationOutcome.RIGHT;
import static dev.datastudio.agents.eval.EvaluationOutcome.SKIPPED;
import static dev.datastudio.agents.eval.EvaluationOutcome.WRONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.eval.EvaluationReport.Aspect;
import dev.datastudio.agents.eval.EvaluationReport.Part;
import dev.datastudio.agents.eval.EvaluationReport.Slice;
import dev.datastudio.agents.eval.EvaluationReport.Tally;
import dev.datastudio.agents.eval.EvaluationReport.Times;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    private static final String SALES = """
            Region,Product,Units,Price
            East,Desk,3,120.5
            East,Lamp,5,20.25
            West,Desk,2,130.0
            West,Lamp,9,19.75
            West,Chair,4,60.0
            North,Chair,1,75.5
            """;
    private static final String UNITS_BY_REGION = "[[\"East\", 8], [\"West\", 15], [\"North\", 1]]";

    @TempDir
    private Path folder;

    @BeforeEach
    void tables() throws IOException {
        write("tables/shop/sales.csv", SALES);
        write("tables/sales.csv", SALES);
    }

    @Test
    void judgesRowsOfSpiderQuestions() throws IOException {
        write(
                "items.jsonl",
                spider("right", "total Units by Region", UNITS_BY_REGION, false),
                spider("number", "total Units by Region", "[[\"East\", 8], [\"West\", 15], [\"North\", 2]]", false),
                spider("missing", "total Units by Region", "[[\"East\", 8], [\"West\", 15]]", false),
                spider("order", "total Units by Region from the highest", UNITS_BY_REGION, true),
                spider(
                        "ordered",
                        "total Units by Region from the highest",
                        "[[\"West\", 15], [\"East\", 8], [\"North\", 1]]",
                        true),
                spider("refused", "what colour has the moon", "[[1]]", false));

        assertEquals(List.of(RIGHT, WRONG, WRONG, WRONG, RIGHT, REFUSED), outcomes(EvaluationSet.SPIDER_DEV));
    }

    @Test
    void judgesRowsAndChartsOfEveryWordingOfANvBenchItem() throws IOException {
        write("items.jsonl", """
                {"id": "v1", "db": "shop", "tables": ["sales"], "chart": "Pie", "hardness": "Easy", "questions": \
                ["total Units by Region as a pie", "total Units by Region as a bar chart", "what colour has the moon"], \
                "expected_rows": %s}
                """.formatted(UNITS_BY_REGION));

        EvaluationReport report = run(EvaluationSet.NVBENCH);

        Part part = report.parts().get(0);
        assertEquals("one table", part.name());
        assertEquals(new Tally(2, 1, 0, 0, 0), part.tally());
        assertEquals(List.of(new Aspect("chart type", 1, 2, 3)), part.aspects());
        assertEquals(
                List.of(
                        new Slice("chart", "Pie", new Tally(2, 1, 0, 0, 0)),
                        new Slice("hardness", "Easy", new Tally(2, 1, 0, 0, 0))),
                part.slices());
    }

    @Test
    void judgesNamedValuesOfDabench() throws IOException {
        write(
                "questions.jsonl",
                dabench(1, "Calculate the mean of the \"Units\" column"),
                dabench(2, "Calculate the mean of the \"Units\" column"),
                dabench(3, "what colour has the moon"));
        write(
                "labels.jsonl",
                "{\"id\": 1, \"common_answers\": [[\"mean_units\", \"4.00\"]]}",
                "{\"id\": 2, \"common_answers\": [[\"mean_units\", \"4.01\"]]}",
                "{\"id\": 3, \"common_answers\": [[\"mean_units\", \"4.00\"]]}");

        assertEquals(List.of(RIGHT, WRONG, REFUSED), outcomes(EvaluationSet.DABENCH));
    }

    @Test
    void judgesDefogQuestionsByTheRowsOfTheirSql() throws IOException {
        String gold = "SELECT region, sum(units) FROM sales GROUP BY region";
        write(
                "items.jsonl",
                defog("right", gold, false),
                defog("wrong", "SELECT region, max(units) FROM sales GROUP BY region", false),
                defog("choice", "SELECT {product, region}, sum(units) FROM sales GROUP BY {}", false),
                defog("dated", gold, true),
                defog("broken", "SELECT nothing FROM sales", false));
        write(
                "unanswerable.jsonl",
                "{\"id\": \"refused\", \"db\": \"shop\", \"category\": \"a\", \"question\": \"what colour has the moon\"}",
                "{\"id\": \"answered\", \"db\": \"shop\", \"category\": \"b\", \"question\": \"total Units by Region\"}");

        EvaluationReport report = run(EvaluationSet.DEFOG);

        assertEquals(List.of(RIGHT, WRONG, RIGHT, SKIPPED, SKIPPED, RIGHT, WRONG), outcomes(EvaluationSet.DEFOG));
        assertEquals(new Tally(2, 0, 1, 0, 2), report.parts().get(0).tally());
        assertEquals(3, report.parts().get(0).tally().questions());
        assertEquals(new Tally(1, 0, 1, 0, 0), report.parts().get(1).tally());
    }

    @Test
    void judgesListsOfWtq() throws IOException {
        write(
                "questions.jsonl",
                wtq("right", "total Units", "[\"24\"]"),
                wtq("wrong", "total Units", "[\"25\"]"),
                wtq("extra", "total Units", "[\"24\", \"25\"]"),
                wtq("refused", "what colour has the moon", "[\"24\"]"));

        assertEquals(List.of(RIGHT, WRONG, WRONG, REFUSED), outcomes(EvaluationSet.WTQ));
    }

    @Test
    void judgesWhatNl4dvQuestionsMean() throws IOException {
        write(
                "queries.jsonl",
                nl4dv(
                        "right",
                        "average Price by Region where Units is above 2",
                        "\"Price\", \"Region\", \"Units\"",
                        null),
                nl4dv("wrong", "average Price by Region", "\"Price\", \"Product\"", null),
                nl4dv("first", "average Price by Region", "\"Price\", \"Region\"", "0"),
                nl4dv("next", "only the West", "\"Price\", \"Region\"", "1"));

        EvaluationReport report = run(EvaluationSet.NL4DV);

        assertEquals(List.of(RIGHT, WRONG, RIGHT), outcomes(EvaluationSet.NL4DV).subList(0, 3));
        assertEquals(
                List.of("single questions", "conversation"),
                report.parts().stream().map(Part::name).toList());
        assertEquals(
                new Aspect("mark", 2, 2, 2), report.parts().get(0).aspects().get(1));
    }

    @Test
    void countsTheQuestionsAboutATableThatCantBeImportedAsFailed() throws IOException {
        write("tables/broken.csv", "");
        write("questions.jsonl", wtq("lost", "total Units", "[\"24\"]").replace("sales.csv", "broken.csv"));

        assertEquals(List.of(FAILED), outcomes(EvaluationSet.WTQ));
    }

    @Test
    void asksAPartOfTheQuestions() throws IOException {
        write(
                "questions.jsonl",
                wtq("a1", "total Units", "[\"24\"]"),
                wtq("a2", "total Units", "[\"24\"]"),
                wtq("b1", "total Price", "[\"24\"]"));

        assertEquals(List.of("a1", "a2"), ids(EvaluationOptions.DEFAULT.withOnly("UNITS")));
        assertEquals(List.of("a1"), ids(EvaluationOptions.DEFAULT.withLimit(1)));
        assertEquals(List.of(), ids(EvaluationOptions.DEFAULT.withOnly("nowhere")));
    }

    @Test
    void tellsWhatBecameOfAQuestion() throws IOException {
        write("questions.jsonl", wtq("q1", "total Units", "[\"25\"]"));
        List<EvaluatedQuestion> questions = new ArrayList<>();

        EvaluationReport report =
                Evaluation.of(EvaluationSet.WTQ, folder).run(EvaluationOptions.DEFAULT, questions::add);

        String line = EvaluationJson.write(questions.get(0));
        assertTrue(line.contains("\"outcome\":\"wrong\""), line);
        assertTrue(line.contains("\"expected\":[[\"25\"]],\"got\":[[24]]"), line);
        assertTrue(line.contains("SELECT"), line);
        assertFalse(questions.get(0).plan().isEmpty());
        String scores = EvaluationJson.write(report);
        assertTrue(scores.startsWith("{\"set\":\"wtq\",\"questions\":1,\"right\":0,\"refused\":0,\"wrong\":1"), scores);
    }

    @Test
    void stopsWhenCancelled() throws IOException {
        write("questions.jsonl", wtq("q1", "total Units", "[\"24\"]"));
        Cancellation cancellation = Cancellation.create();
        cancellation.cancel();

        StudioException failure = assertThrows(
                StudioException.class,
                () -> Evaluation.of(EvaluationSet.WTQ, folder)
                        .run(EvaluationOptions.DEFAULT.withCancellation(cancellation)));

        assertEquals(ErrorCode.CANCELLED, failure.code());
    }

    @Test
    void refusesWhatIsNoSet() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertEquals(
                ErrorCode.FILE_NOT_FOUND,
                assertThrows(StudioException.class, () -> Evaluation.of(EvaluationSet.WTQ, empty))
                        .code());
        assertEquals(
                ErrorCode.INVALID_ARGUMENT,
                assertThrows(StudioException.class, () -> EvaluationSet.named("spyder"))
                        .code());
        write("questions.jsonl", "no json");
        Evaluation broken = Evaluation.of(EvaluationSet.WTQ, folder);
        assertEquals(
                ErrorCode.FILE_MALFORMED,
                assertThrows(StudioException.class, () -> broken.run(EvaluationOptions.DEFAULT))
                        .code());
    }

    @Test
    void refusesTablesOutsideTheSet() throws IOException {
        write("questions.jsonl", wtq("q1", "total Units", "[\"24\"]").replace("sales.csv", "../../secret.csv"));
        Evaluation evaluation = Evaluation.of(EvaluationSet.WTQ, folder);

        StudioException failure = assertThrows(StudioException.class, () -> evaluation.run(EvaluationOptions.DEFAULT));

        assertEquals(ErrorCode.PATH_REFUSED, failure.code());
    }

    @Test
    void takesQuantilesFromObservedTimes() {
        long[] nanos = new long[100];
        for (int i = 0; i < 100; i++) {
            nanos[i] = 100L - i;
        }

        assertEquals(new Times(Duration.ofNanos(50), Duration.ofNanos(95), Duration.ofNanos(100)), Times.of(nanos));
        assertEquals(new Times(Duration.ZERO, Duration.ZERO, Duration.ZERO), Times.of(new long[0]));
    }

    private EvaluationReport run(EvaluationSet set) {
        return Evaluation.of(set, folder).run(EvaluationOptions.DEFAULT);
    }

    private List<EvaluationOutcome> outcomes(EvaluationSet set) {
        List<EvaluationOutcome> outcomes = new ArrayList<>();
        Evaluation.of(set, folder).run(EvaluationOptions.DEFAULT, question -> outcomes.add(question.outcome()));
        return outcomes;
    }

    private List<String> ids(EvaluationOptions options) {
        List<String> ids = new ArrayList<>();
        Evaluation.of(EvaluationSet.WTQ, folder).run(options, question -> ids.add(question.id()));
        return ids;
    }

    private void write(String file, String... lines) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, String.join("\n", lines));
    }

    private static String spider(String id, String question, String rows, boolean ordered) {
        return "{\"id\": \"%s\", \"db\": \"shop\", \"question\": \"%s\", \"expected_rows\": %s, \"ordered\": %s}"
                .formatted(id, question, rows, ordered);
    }

    private static String dabench(int id, String question) {
        return """
               {"id": %d, "question": "%s", "constraints": "", "level": "easy", "file_name": "sales.csv", \
               "format": "@mean_units[value] where \\"value\\" is a number rounded to two decimal places"}""".formatted(id, question.replace("\"", "\\\""));
    }

    private static String defog(String id, String gold, boolean relative) {
        String question = id.equals("choice") ? "total Units by Product" : "total Units by Region";
        return "{\"id\": \"%s\", \"db\": \"shop\", \"category\": \"x\", \"question\": \"%s\", \"gold_postgres\": \"%s\", \"relative_date\": %s}"
                .formatted(id, question, gold, relative);
    }

    private static String wtq(String id, String question, String answer) {
        return "{\"id\": \"%s\", \"question\": \"%s\", \"table\": \"sales.csv\", \"answer\": %s}"
                .formatted(id, question, answer);
    }

    private static String nl4dv(
            String id, String question, String attributes, @org.jspecify.annotations.Nullable String turn) {
        return """
               {"id": "%s", "set": "list", "table": "sales.csv", "query": "%s", "attributes": [%s], "tasks": \
               ["derived_value"], "top_vis": {"mark": {"type": "bar"}}, "dialog_id": %s, "turn": %s}""".formatted(id, question, attributes, turn == null ? null : "\"0\"", turn);
    }
}
