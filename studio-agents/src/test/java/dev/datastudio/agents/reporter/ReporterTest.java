package dev.datastudio.agents.reporter;

import static dev.datastudio.agents.reporter.ScriptedReporter.chart;
import static dev.datastudio.agents.reporter.ScriptedReporter.form;
import static dev.datastudio.agents.reporter.ScriptedReporter.noStatement;
import static dev.datastudio.agents.reporter.ScriptedReporter.statement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.model.ModelParameters;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.agents.reporter.TraceStep.Decider;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.testkit.model.ModelReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows R4, R5, R6, R8: each branch of the three graphs, over a real database and a scripted model. */
class ReporterTest {
    private static final String BY_COUNTRY = "SELECT c.country, sum(o.total) AS total FROM orders o"
            + " JOIN customers c ON o.customer_id = c.id GROUP BY c.country ORDER BY total DESC";

    private final ScriptedReporter model = new ScriptedReporter();
    private @Nullable Studio opened;
    private @Nullable SourceId shop;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws SQLException {
        opened = Studio.builder().temporary().fileFolders(List.of(folder)).build();
        shop = ShopDatabase.file(studio(), SourceKind.SQLITE, folder);
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
        model.close();
    }

    private Studio studio() {
        return Objects.requireNonNull(opened);
    }

    private Reporter reporter() {
        return Reporter.of(studio()).by(model.model(), "scripted");
    }

    private ReportRequest about(String message) {
        return ReportRequest.about(Objects.requireNonNull(shop), message);
    }

    private Report ask(String message) {
        return reporter().ask(about(message));
    }

    private static List<String> nodes(List<TraceStep> trace) {
        return trace.stream().map(TraceStep::node).toList();
    }

    private static TraceStep step(Report report, String node) {
        return report.trace().stream()
                .filter(step -> step.node().equals(node))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("no step " + node + " in " + nodes(report.trace())));
    }

    @Nested
    class ShowingRows {
        @Test
        void answersWithRowsAChartAndTheStatement() throws Exception {
            model.question(List.of("orders", "customers"), BY_COUNTRY)
                    .once("form", form("chart"))
                    .once("chart", chart("bar", "country", "total"));

            Report report = ask("sales by country as bars");

            assertEquals(ReportStatus.ANSWERED, report.status());
            assertEquals(ReportForm.CHART, report.form());
            assertEquals(List.of(List.of("Germany", 110L), List.of("France", 40L)), report.rows());
            assertEquals(BY_COUNTRY, report.sql());
            assertEquals("What was asked.", report.description());
            assertEquals("shop", report.source());
            BarChart bars = (BarChart) report.picture().orElseThrow();
            assertEquals(List.of("Germany", "France"), bars.categories());
            assertEquals(List.of(110.0, 40.0), bars.series().get(0).values());
            assertTrue(Files.size(Path.of(report.artifacts().get(0).path())) > 1_000);
        }

        @Test
        void namesEachStepWithWhoDecidedAndWhatItCost() {
            model.question(List.of("orders", "customers"), BY_COUNTRY)
                    .once("form", form("chart"))
                    .once("chart", chart("bar", "country", "total"));
            List<TraceStep> told = new ArrayList<>();

            Report report = reporter().ask(about("sales by country as bars").telling(told::add));

            assertEquals(
                    List.of(
                            "screen",
                            "summarise",
                            "decide",
                            "search",
                            "rerank",
                            "neighbours",
                            "schema",
                            "write",
                            "describe",
                            "run",
                            "form",
                            "kind",
                            "fill",
                            "validate",
                            "final",
                            "answer"),
                    nodes(report.trace()));
            assertEquals(report.trace(), told);
            TraceStep write = step(report, "write");
            assertEquals(Decider.MODEL, write.decider());
            assertEquals("scripted, write-1", write.by());
            assertTrue(write.inputTokens() > 0 && write.outputTokens() > 0);
            assertEquals(Decider.ENGINE, step(report, "run").decider());
            assertEquals("2 rows", step(report, "run").decision());
            assertTrue(report.tokens() > 0);
        }

        @Test
        void saysWhichTablesWereReadAndWhyTheyWereShown() {
            model.question(List.of("orders"), "SELECT count(*) AS n FROM orders");

            Report report = ask("how many orders are there");

            assertEquals(
                    List.of("orders", "customers"),
                    report.tables().stream().map(use -> use.table().table()).toList());
            assertTrue(report.tables().get(0).isRead());
            assertEquals("they hold it", report.tables().get(0).why());
            assertFalse(report.tables().get(1).isRead());
            assertEquals("neighbour of orders", report.tables().get(1).why());
        }

        @Test
        void saysOneValueInWordsWithoutAskingForAForm() {
            model.question(List.of("orders"), "SELECT count(*) AS n FROM orders");

            Report report = ask("how many orders are there");

            assertEquals(ReportForm.TEXT, report.form());
            assertEquals(List.of(List.of(4L)), report.rows());
            assertEquals(List.of("screen", "rerank", "write", "word"), model.asked());
        }

        @Test
        void makesATableOfRowsWithoutNumbers() {
            model.question(List.of("customers"), "SELECT name, country FROM customers");

            assertEquals(ReportForm.TABLE, ask("who are our customers").form());
        }

        @Test
        void asksForAnotherChartWhenTheRowsDoNotAllowIt() {
            model.question(List.of("orders", "customers"), BY_COUNTRY)
                    .once("form", form("chart"))
                    .once("chart", chart("line", "country", "total"))
                    .once("chart", chart("bar", "country", "total"));

            Report report = ask("sales by country");

            assertEquals(ReportForm.CHART, report.form());
            assertTrue(model.told("chart").contains("holds neither times nor numbers"), model.told("chart"));
        }

        @Test
        void staysATableAfterThreeChartsThatCanNotBeDrawn() {
            model.question(List.of("orders", "customers"), BY_COUNTRY)
                    .once("form", form("chart"))
                    .once("chart", chart("pie", "region", "total"))
                    .once("chart", ModelReply.text("a nice chart"))
                    .once("chart", chart("bar", "total", "country"));

            Report report = ask("sales by country");

            assertEquals(ReportStatus.ANSWERED, report.status());
            assertEquals(ReportForm.TABLE, report.form());
            assertEquals(2, report.rows().size());
            assertEquals(
                    List.of("The rows are shown as a table, because none of 3 charts could be drawn: Column 'country'"
                            + " for y holds no numbers."),
                    report.notes());
        }

        @Test
        void drawsByRuleWhenToldSo() {
            model.question(List.of("orders", "customers"), BY_COUNTRY);

            Report report = reporter()
                    .ask(about("sales by country")
                            .with(ReportOptions.DEFAULT.toBuilder()
                                    .chartChoice(ReportOptions.ChartChoice.BUILT_IN)
                                    .pictures(ReportOptions.Pictures.SKIP)
                                    .build()));

            assertEquals("bar", report.picture().orElseThrow().kind());
            assertEquals(List.of(), report.artifacts());
            assertEquals(List.of("screen", "rerank", "write", "word"), model.asked());
        }

        @Test
        void sendsNoRowWhereNoneMayBeShown() {
            model.question(List.of("customers"), "SELECT name, country FROM customers ORDER BY id");

            Report report = reporter()
                    .ask(about("who are our customers")
                            .with(ReportOptions.DEFAULT.toBuilder().shownRows(0).build()));

            assertEquals("3 rows; the first: name Ada, country Germany.", report.text());
            assertTrue(model.server().requests().stream()
                    .noneMatch(request -> request.json().contains("Ada")));
        }

        @Test
        void sendsNoStoredValueNorAnEarlierAnswerWhereNoneMayBeShown() {
            model.question(List.of("customers"), "SELECT name FROM customers WHERE country = 'Fronce' AND name = 'Ad'")
                    .once("decide", Map.of("need", "sql", "question", "who is it"))
                    .once("rethink", noStatement("There is nobody."));
            ReportTurn before = new ReportTurn("who is first", "Ada is the first.", "SELECT min(name) FROM customers");

            Report report = reporter()
                    .ask(about("who is Ad of Fronce")
                            .after(List.of(before))
                            .with(ReportOptions.DEFAULT.toBuilder().shownRows(0).build()));

            assertEquals(ReportStatus.NO_ROWS, report.status());
            assertTrue(report.text().contains("Stored values near it: France."), report.text());
            assertTrue(model.server().requests().stream()
                    .map(request -> request.json().replace("Fronce", ""))
                    .noneMatch(sent -> sent.contains("Ada") || sent.contains("France")));
        }

        @Test
        void flagsANumberThatNoRowHolds() {
            model.once("word", Map.of("text", "Germany sold 110, France 45."))
                    .question(List.of("orders", "customers"), BY_COUNTRY)
                    .once("form", form("table"));

            Report report = ask("sales by country");

            assertEquals(List.of("45"), report.figures());
        }
    }

    @Nested
    class Repairing {
        @Test
        void mendsByARuleBeforeTheModelIsAsked() {
            model.question(List.of("customers"), "SELECT nmae FROM custommers ORDER BY id");

            Report report = ask("who are our customers");

            assertEquals(ReportStatus.ANSWERED, report.status());
            assertEquals("SELECT name FROM customers ORDER BY id", report.sql());
            assertEquals(
                    List.of(
                            "There is no table 'custommers'; 'customers' was taken.",
                            "There is no column 'nmae'; 'name' was taken."),
                    report.notes());
            assertEquals(
                    List.of("near table", "near column"),
                    report.trace().stream()
                            .filter(step -> step.node().equals("repair"))
                            .map(TraceStep::by)
                            .toList());
            assertFalse(model.asked().contains("repair"));
        }

        @Test
        void tellsTheModelWhatTheEngineSays() {
            model.question(List.of("customers"), "SELECT surname FROM customers")
                    .once("repair", statement("SELECT name FROM customers ORDER BY id"));

            Report report = ask("who are our customers");

            assertEquals("SELECT name FROM customers ORDER BY id", report.sql());
            assertEquals(List.of("Ada"), report.rows().get(0));
            assertTrue(model.told("repair").contains("no such column: surname"), model.told("repair"));
            assertTrue(model.told("repair").contains("CREATE TABLE customers"), model.told("repair"));
        }

        @Test
        void groupsWhatTheEngineWouldMakeUp() {
            model.question(List.of("orders"), "SELECT customer_id, sum(total) AS t FROM orders")
                    .once("form", form("table"));

            Report report = ask("sales by customer");

            assertEquals("SELECT customer_id, sum(total) AS t FROM orders GROUP BY customer_id", report.sql());
            assertEquals(3, report.rows().size());
        }

        @Test
        void givesUpAfterTwoStatementsOfTheModelAndSaysWhy() {
            model.question(List.of("customers"), "SELECT a1 FROM customers")
                    .once("repair", statement("SELECT b1 FROM customers"))
                    .once("repair", statement("SELECT c1 FROM customers"));

            Report report = ask("who are our customers");

            assertEquals(ReportStatus.NOT_ANSWERED, report.status());
            assertTrue(
                    report.text().startsWith("No statement could be written that the database runs, in 3 tries."),
                    report.text());
            assertTrue(report.text().contains("c1"), report.text());
            assertEquals("SELECT c1 FROM customers", report.sql());
            assertEquals(List.of(), report.rows());
        }

        @Test
        void endsWhereTheModelGivesUp() {
            model.question(List.of("customers"), "SELECT age FROM customers")
                    .once("repair", noStatement("The tables hold no ages."));

            Report report = ask("how old are our customers");

            assertEquals(ReportStatus.NOT_ANSWERED, report.status());
            assertTrue(report.text().endsWith("The tables hold no ages."), report.text());
        }

        @Test
        void letsNoStatementThroughThatWrites() throws Exception {
            model.question(List.of("customers"), "DROP TABLE customers")
                    .once("repair", statement("DELETE FROM orders"))
                    .once("repair", statement("SELECT 1; DROP TABLE customers"));

            Report report = ask("who are our customers");

            assertEquals(ReportStatus.NOT_ANSWERED, report.status());
            assertEquals(
                    List.of("Failed", "Failed", "Failed"),
                    report.trace().stream()
                            .filter(step -> step.node().equals("run"))
                            .map(step -> step.decision().substring(0, 6))
                            .toList());
            model.question(List.of("orders"), "SELECT count(*) AS n FROM orders");
            assertEquals(List.of(List.of(4L)), ask("how many orders").rows());
        }

        @Test
        void saysWhatTheTablesLackWhenTheModelWritesNothing() {
            model.question(List.of("customers"), "").once("write", noStatement(""));
            model.once("write", noStatement("No table holds ages"));

            Report report = ask("how old are our customers");

            assertEquals(ReportStatus.NOT_ANSWERED, report.status());
            assertTrue(report.text().startsWith("The tables don't answer this. No table holds ages"), report.text());
        }
    }

    @Nested
    class FindingNothing {
        @Test
        void takesTheOnlyNearValueAndSaysSo() {
            model.question(List.of("customers"), "SELECT name FROM customers WHERE country = 'Germny' ORDER BY id");

            Report report = ask("who is from Germny");

            assertEquals(ReportStatus.ANSWERED, report.status());
            assertEquals(List.of(List.of("Ada"), List.of("Cleo")), report.rows());
            assertEquals(List.of("No row fulfils country = 'Germny'; 'Germany' was taken instead."), report.notes());
            assertFalse(model.asked().contains("rethink"));
        }

        @Test
        void letsTheModelThinkItOverWithTheFacts() {
            model.question(
                            List.of("customers", "orders"),
                            "SELECT sum(o.total) AS t FROM orders o JOIN customers c ON o.customer_id = c.id"
                                    + " WHERE c.country = 'DE' AND o.total > 5")
                    .once(
                            "rethink",
                            statement("SELECT sum(o.total) AS t FROM orders o JOIN customers c"
                                    + " ON o.customer_id = c.id WHERE c.country = 'Germany' AND o.total > 5"));

            Report report = ask("what did we sell to Germany");

            assertEquals(List.of(List.of(110L)), report.rows());
            String facts = model.told("rethink");
            assertTrue(facts.contains("The tables joined without conditions have 4 rows."), facts);
            assertTrue(
                    facts.contains("The condition c.country = 'DE' alone leaves 0 rows; without it there would be 4"),
                    facts);
        }

        @Test
        void saysClearlyThatThereAreNoRows() {
            model.question(List.of("customers"), "SELECT name FROM customers WHERE country = 'Peru' AND id > 0")
                    .once("rethink", noStatement("No customer is from Peru."));

            Report report = ask("who is from Peru");

            assertEquals(ReportStatus.NO_ROWS, report.status());
            assertEquals(
                    "No rows match the question. The tables joined without conditions have 3 rows. The condition country"
                            + " = 'Peru' alone leaves 0 rows; without it there would be 3 rows. The condition id > 0"
                            + " alone leaves 3 rows; without it there would be 0 rows. No customer is from Peru.",
                    report.text());
            assertEquals("SELECT name FROM customers WHERE country = 'Peru' AND id > 0", report.sql());
        }

        @Test
        void tellsAListFromTheConditionAfterIt() {
            model.question(
                            List.of("customers"),
                            "SELECT name FROM customers WHERE country IN ('Peru', 'Chile') AND id > 0 AND name <> 'x'")
                    .once("rethink", noStatement("Nobody is."));

            Report report = ask("who is from Peru or Chile");

            assertTrue(
                    report.text()
                            .contains(
                                    "The condition country IN ('Peru', 'Chile') alone leaves 0 rows; without it there would be 3 rows."),
                    report.text());
            assertTrue(report.text().contains("The condition id > 0 alone leaves 3 rows"), report.text());
        }

        @Test
        void isThoughtOverTwiceAtMost() {
            model.question(List.of("customers"), "SELECT name FROM customers WHERE id = 10")
                    .once("rethink", statement("SELECT name FROM customers WHERE id = 11"))
                    .once("rethink", statement("SELECT name FROM customers WHERE id = 12"));

            Report report = ask("who is the tenth customer");

            assertEquals(ReportStatus.NO_ROWS, report.status());
            assertEquals(
                    3,
                    report.trace().stream().filter(s -> s.node().equals("run")).count());
        }

        @Test
        void countsNothingAsNothingOnlyWhereAConditionIsToBlame() {
            model.question(List.of("couriers"), "SELECT count(*) AS n FROM couriers");

            Report report = ask("how many couriers are there");

            assertEquals(ReportStatus.ANSWERED, report.status());
            assertEquals(List.of(List.of(0L)), report.rows());
        }
    }

    @Nested
    class FindingTables {
        @Test
        void refinesTheQuestionWhenNoTableIsAboutIt() {
            model.always("screen", Map.of("about", "data", "reply", ""))
                    .once("rerank", Map.of("tables", List.of(), "why", "no table of clients"))
                    .once("refine", Map.of("question", "number of customers"))
                    .once("rerank", Map.of("tables", List.of("customers"), "why", "clients are customers"))
                    .once("write", statement("SELECT count(*) AS n FROM customers"))
                    .always("word", Map.of("text", "There are 3."));

            Report report = ask("how many clients do we serve");

            assertEquals(List.of(List.of(3L)), report.rows());
            assertEquals(
                    "Look again for 'number of customers', try 1 of 2",
                    step(report, "refine").decision());
        }

        @Test
        void saysWhichTablesThereAreWhenNoneIsFound() {
            model.always("screen", Map.of("about", "data", "reply", ""))
                    .always("rerank", Map.of("tables", List.of(), "why", ""))
                    .always("refine", Map.of("question", "weather"));

            Report report = ask("how warm was it in May");

            assertEquals(ReportStatus.NO_TABLE, report.status());
            assertEquals(
                    "No table is about 'how warm was it in May'. There are couriers, customers, orders.",
                    report.text());
            assertEquals(
                    3,
                    report.trace().stream()
                            .filter(s -> s.node().equals("search"))
                            .count());
        }

        @Test
        void givesBackATableThatIsNotThere() {
            model.always("screen", Map.of("about", "data", "reply", ""))
                    .once("rerank", Map.of("tables", List.of("sqlite_master"), "why", "all of it"))
                    .once("rerank", Map.of("tables", List.of("customers"), "why", "people"))
                    .once("write", statement("SELECT count(*) AS n FROM customers"))
                    .always("word", Map.of("text", "There are 3."));

            Report report = ask("how many customers are there");

            assertEquals(List.of(List.of(3L)), report.rows());
            assertTrue(model.told("rerank").contains("there is no table 'sqlite_master'"), model.told("rerank"));
        }

        @Test
        void writesSqlAloneAndRunsNothing() {
            model.question(List.of("orders", "customers"), BY_COUNTRY);

            WrittenSql written = reporter().write(about("sales by country"));

            assertEquals(BY_COUNTRY, written.sql());
            assertTrue(written.isWritten());
            assertTrue(written.schema().contains("customer_id INTEGER REFERENCES customers(id)"), written.schema());
            assertFalse(nodes(written.trace()).contains("run"));
        }

        @Test
        void keepsTheSchemaWithinItsTokens() {
            model.question(List.of("orders", "customers", "couriers"), "SELECT count(*) AS n FROM orders");

            Report report = reporter()
                    .ask(about("orders")
                            .with(ReportOptions.DEFAULT.toBuilder()
                                    .schemaTokens(200)
                                    .neighbourTables(0)
                                    .build()));

            assertEquals(ReportStatus.ANSWERED, report.status());
            assertTrue(step(report, "schema")
                    .decision()
                    .matches("\\d tables? (is|are) shown to the model, about \\d+ tokens.*"));
        }
    }

    @Nested
    class InAConversation {
        private final ReportTurn before = new ReportTurn("sales by country", "Germany 110, France 40.", BY_COUNTRY);

        @Test
        void repliesInShortToWhatIsNotAboutTheData() {
            model.always("screen", Map.of("about", "other", "reply", "Hello! Ask me about orders."));

            Report report = ask("hi there");

            assertEquals(ReportStatus.IRRELEVANT, report.status());
            assertEquals("Hello! Ask me about orders.", report.text());
            assertEquals(List.of("screen"), model.asked());
        }

        @Test
        void answersFromTheConversationWithoutSql() {
            model.always("screen", Map.of("about", "data", "reply", ""))
                    .once("decide", Map.of("need", "conversation", "question", ""))
                    .once("converse", Map.of("text", "Germany sold 110, not 111."));

            Report report = reporter().ask(about("what did Germany sell?").after(List.of(before)));

            assertEquals("Germany sold 110, not 111.", report.text());
            assertEquals(List.of("111"), report.figures());
            assertEquals("", report.sql());
            assertEquals(List.of("screen", "summarise", "decide", "converse"), nodes(report.trace()));
        }

        @Test
        void writesSqlAgainForANewChart() {
            model.question(List.of("orders", "customers"), BY_COUNTRY)
                    .once("decide", Map.of("need", "chart", "question", "sales by country as a pie"))
                    .once("form", form("chart"))
                    .once("chart", chart("pie", "country", "total"));

            Report report = reporter().ask(about("as a pie please").after(List.of(before)));

            assertEquals("pie", report.picture().orElseThrow().kind());
            assertEquals(
                    "It needs a new chart, of 'sales by country as a pie'",
                    step(report, "decide").decision());
            assertTrue(model.told("write").contains("sales by country as a pie"));
            assertTrue(model.told("write").contains("GROUP BY c.country"), "the statement before is known");
        }

        @Test
        void summarisesALongConversation() {
            List<ReportTurn> turns = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                turns.add(before);
            }
            model.question(List.of("orders"), "SELECT count(*) AS n FROM orders")
                    .once("summarise", Map.of("summary", "Sales by country: Germany 110, France 40."))
                    .once("decide", Map.of("need", "sql", "question", "how many orders are there"));

            Report report = reporter().ask(about("and how many orders?").after(turns));

            assertEquals("Sales by country: Germany 110, France 40.", report.summary());
            assertEquals("200 turns were summarised", step(report, "summarise").decision());
            assertEquals(List.of(List.of(4L)), report.rows());
        }

        @Test
        void remembersAReportAsATurn() {
            model.question(List.of("orders"), "SELECT count(*) AS n FROM orders");

            ReportTurn turn = ReportTurn.of("how many orders", ask("how many orders"));

            assertTrue(turn.answer().startsWith("Here it is.\n"), turn.answer());
            assertEquals("SELECT count(*) AS n FROM orders", turn.sql());
        }
    }

    @Nested
    class Failing {
        @Test
        void isTheCallersWhenTheModelFails() {
            model.once("screen", ModelReply.error(401, "Incorrect API key"));

            StudioException failed = assertThrows(StudioException.class, () -> ask("sales by country"));

            assertEquals(ErrorCode.MODEL_REFUSED, failed.code());
        }

        @Test
        void isTheCallersWhenAnAnswerKeepsToNoForm() {
            model.always("screen", Map.of("about", "everything", "reply", ""));

            StudioException failed = assertThrows(StudioException.class, () -> ask("sales by country"));

            assertEquals(ErrorCode.MODEL_ANSWER_INVALID, failed.code());
            assertEquals(3, model.asked().size());
            assertTrue(failed.what().contains("'about' must be one of [data, other]"), failed.what());
        }

        @Test
        void refusesADatabaseOfSomebodyElse() {
            StudioException refused = assertThrows(
                    StudioException.class,
                    () -> reporter().ask(ReportRequest.about(SourceId.random(), "sales by country")));

            assertEquals(ErrorCode.SOURCE_NOT_FOUND, refused.code());
            assertEquals(List.of(), model.asked());
        }
    }

    @Nested
    class Cancelling {
        private final Cancellation cancellation = Cancellation.create();

        /** Where each of them is the last step that is taken. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "screen", "summarise", "decide", "search", "rerank", "refine", "neighbours", "schema", "write",
                    "describe", "run", "repair", "rethink", "form", "kind", "fill", "validate", "final"
                })
        void endsAfterAnyStep(String node) {
            model.always("screen", Map.of("about", "data", "reply", ""))
                    .once("rerank", Map.of("tables", List.of(), "why", ""))
                    .once("refine", Map.of("question", "customers"))
                    .once("rerank", Map.of("tables", List.of("customers"), "why", ""))
                    .once("write", statement("SELECT surname FROM customers"))
                    .once("repair", statement("SELECT name FROM customers WHERE id = 9"))
                    .once("rethink", statement("SELECT country, count(*) AS n FROM customers GROUP BY country"))
                    .once("form", form("chart"))
                    .once("chart", chart("bar", "country", "n"));
            List<String> taken = new ArrayList<>();

            StudioException cancelled = assertThrows(
                    StudioException.class,
                    () -> reporter()
                            .ask(about("customers by country")
                                    .stoppedBy(cancellation)
                                    .telling(step -> {
                                        taken.add(step.node());
                                        if (step.node().equals(node)) {
                                            cancellation.cancel();
                                        }
                                    })));

            assertEquals(ErrorCode.CANCELLED, cancelled.code());
            assertEquals(node, taken.get(taken.size() - 1));
        }

        @ParameterizedTest
        @ValueSource(strings = {"screen", "rerank", "write", "word"})
        void cutsTheConnectionToAConfiguredModel(String step) {
            Models models = Models.of(studio(), Map.of());
            models.configs()
                    .create(
                            new ModelSpec(
                                    "scripted",
                                    Provider.GENERIC,
                                    "any",
                                    model.server().baseUrl(),
                                    ModelParameters.DEFAULT.withMaxRetries(0)),
                            ModelScope.TENANT,
                            Secret.of("k"));
            CountDownLatch never = new CountDownLatch(1);
            model.server()
                    .when(request -> {
                        boolean now = ScriptedReporter.isOf(request, step);
                        if (now) {
                            cancellation.cancel();
                        }
                        return now;
                    })
                    .reply(ModelReply.text("{}").heldBy(never));
            model.question(List.of("customers"), "SELECT count(*) AS n FROM customers");

            StudioException cancelled = assertThrows(
                    StudioException.class,
                    () -> Reporter.of(studio())
                            .by("scripted")
                            .ask(about("how many customers").stoppedBy(cancellation)));

            assertEquals(ErrorCode.CANCELLED, cancelled.code());
        }
    }

    @Nested
    class WithoutAModel {
        @Test
        void answersWithTheBuiltInPlannerAndSaysSo() {
            Report report = Reporter.of(studio()).builtIn().ask(about("sum of total by country"));

            assertEquals(ReportStatus.ANSWERED, report.status(), report.text());
            assertEquals(2, report.rows().size());
            assertEquals(List.of("planner"), nodes(report.trace()));
            assertEquals(
                    "No language model is configured, so the built-in planner answered.",
                    report.notes().get(0));
        }

        @Test
        void answersEachCallerAboutItsOwnData() {
            for (Caller other : List.of(new Caller(studio().caller().tenant(), "eve"), new Caller("far", "eve"))) {
                int length = other.tenant().length();
                Dataset own = studio().datasets()
                        .as(other)
                        .importMaps("orders", List.of(Map.of("total", length), Map.of("total", 5)));
                Reporter reporter = Reporter.of(studio()).builtIn().as(other);

                Report report = reporter.ask(ReportRequest.about(List.of(own), "sum of total"));

                assertEquals(ReportStatus.ANSWERED, report.status(), report.text());
                assertEquals(5L + length, ((Number) report.rows().get(0).get(0)).longValue());
            }
        }

        @Test
        void saysWhatItDidNotUnderstand() {
            Report report = Reporter.of(studio()).builtIn().ask(about("average temperature of the warehouses"));

            assertEquals(ReportStatus.NOT_ANSWERED, report.status());
            assertFalse(report.text().isEmpty());
        }

        @Test
        void writesNoSql() {
            StudioException refused = assertThrows(
                    StudioException.class, () -> Reporter.of(studio()).builtIn().write(about("sales by country")));

            assertEquals(ErrorCode.ENTRY_NOT_FOUND, refused.code());
        }
    }
}
