package dev.datastudio.agents.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartRenderer;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.core.Studio;
import dev.datastudio.core.chart.Java2dChartRenderer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which questions are the same, and what an answer stands on (D3, D7). */
class AnalystTest {
    private static final String ORDERS = """
            day,region,sales
            2024-01-10,North,10
            2024-01-20,South,20
            2024-02-05,North,40
            2024-02-25,South,60
            """;

    @TempDir
    Path folder;

    @Test
    void answersAnewWhenTodayIsAnotherDay() {
        Answer inFebruary = askOn("2024-02-15", "total sales last month");
        Answer sameDay = askOn("2024-02-15", "total sales last month");
        Answer inMarch = askOn("2024-03-15", "total sales last month");

        assertEquals("30.0", value(inFebruary));
        assertTrue(sameDay.cached());
        assertEquals(inFebruary.id(), sameDay.id());
        assertFalse(inMarch.cached());
        assertEquals("100.0", value(inMarch));
    }

    @Test
    void keepsWhatDoesNotDependOnTheDay() {
        askOn("2024-02-15", "total sales");

        assertTrue(askOn("2024-03-15", "total sales").cached());
    }

    private Answer askOn(String day, String question) {
        Clock clock = Clock.fixed(Instant.parse(day + "T12:00:00Z"), ZoneOffset.UTC);
        try (Studio studio =
                Studio.builder().workspace(workspace()).clock(clock).build()) {
            return Analyst.of(studio).ask(studio.datasets().importFile(orders("orders.csv", ORDERS)), question);
        }
    }

    @Test
    void answersAnewWhenACellHasChanged() {
        try (Studio studio = Studio.inMemory()) {
            Dataset before = studio.datasets().importFile(orders("orders.csv", ORDERS));
            assertEquals("130.0", value(Analyst.of(studio).ask(before, "total sales")));

            Dataset after = studio.datasets().importFile(orders("orders.csv", ORDERS.replace("60", "61")));
            Answer answer = Analyst.of(studio).ask(after, "total sales");

            assertNotEquals(before.contentHash(), after.contentHash());
            assertFalse(answer.cached());
            assertEquals("131.0", value(answer));
        }
    }

    @Test
    void doesNotMixFilesOfOneName() {
        try (Studio studio = Studio.inMemory()) {
            Dataset one = studio.datasets().importFile(orders("a/orders.csv", ORDERS));
            Dataset two = studio.datasets().importFile(orders("b/orders.csv", ORDERS.replace("60", "6")));

            assertEquals("130.0", value(Analyst.of(studio).ask(one, "total sales")));
            assertEquals("76.0", value(Analyst.of(studio).ask(two, "total sales")));
            assertEquals("130.0", value(Analyst.of(studio).ask(one, "total sales")));
        }
    }

    @Test
    void takesTheSameQuestionInOtherLettersFromTheCache() {
        try (Studio studio = Studio.inMemory()) {
            Dataset dataset = studio.datasets().importFile(orders("orders.csv", ORDERS));
            Answer first = Analyst.of(studio).ask(dataset, "Total sales by region");

            Answer second = Analyst.of(studio).ask(dataset, "  total  SALES by region? ");

            assertTrue(second.cached());
            assertEquals(first.id(), second.id());
        }
    }

    @Test
    void computesAQuestionOnceForAHundredWhoAskAtOnce() throws InterruptedException, ExecutionException {
        CountingRenderer counting = new CountingRenderer();
        try (Studio studio = Studio.builder().temporary().charts(counting).build()) {
            Dataset dataset = studio.datasets().importFile(orders("orders.csv", ORDERS));

            Set<String> ids = askAtOnce(100, () -> Analyst.of(studio).ask(dataset, "average sales by region"));

            assertEquals(1, ids.size());
            assertEquals(1, counting.drawn.get());
        }
    }

    private static Set<String> askAtOnce(int callers, Callable<Answer> question)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return question.call().id();
                }));
            }
            start.countDown();
            Set<String> ids = new HashSet<>();
            for (Future<String> answer : answers) {
                ids.add(answer.get());
            }
            return ids;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void findsTheFilesOfAKeptAnswerInAMovedWorkspace() throws IOException {
        Answer before = askOn("2024-02-15", "average sales by region");
        Path moved = folder.resolve("moved");
        Files.move(workspace(), moved);

        Clock clock = Clock.fixed(Instant.parse("2024-02-15T12:00:00Z"), ZoneOffset.UTC);
        try (Studio studio = Studio.builder().workspace(moved).clock(clock).build()) {
            Answer answer = Analyst.of(studio).ask(studio.datasets().list().get(0), "average sales by region");

            assertTrue(answer.cached());
            assertEquals(before.id(), answer.id());
            Path picture = Path.of(answer.steps().get(0).artifacts().get(0).path());
            assertTrue(picture.startsWith(studio.workspace()), picture.toString());
            assertTrue(Files.exists(picture));
        }
    }

    @Test
    void forgetsTheAnswersOfADeletedDataSet() {
        try (Studio studio = Studio.inMemory()) {
            Dataset dataset = studio.datasets().importFile(orders("orders.csv", ORDERS));
            Analyst.of(studio).ask(dataset, "total sales");

            studio.datasets().delete(dataset.id());

            assertEquals(0, studio.cache().statistics().entries());
            assertThrows(StudioException.class, () -> Analyst.of(studio).ask(dataset, "total sales"));
            Dataset again = studio.datasets().importFile(orders("orders.csv", ORDERS));
            assertFalse(Analyst.of(studio).ask(again, "total sales").cached());
        }
    }

    @Test
    void saysOfTheImportOnlyWhatConcernsTheQuestion() {
        String text = "region,price,cost\nNorth,$10.50,€3.20\nSouth,$20.00,€4.10\n";
        try (Studio studio = Studio.inMemory()) {
            Dataset dataset = studio.datasets().importFile(orders("prices.csv", text));
            assertEquals(2, dataset.warnings().size(), dataset.warnings().toString());

            List<String> price =
                    Analyst.of(studio).ask(dataset, "average price by region").warnings();
            List<String> rows =
                    Analyst.of(studio).ask(dataset, "how many rows per region").warnings();
            List<String> all = Analyst.of(studio)
                    .ask(dataset, "summary statistics of all columns")
                    .warnings();

            assertTrue(price.stream().anyMatch(note -> note.startsWith("Column 'price'")), price.toString());
            assertTrue(price.stream().noneMatch(note -> note.startsWith("Column 'cost'")), price.toString());
            assertTrue(rows.stream().noneMatch(note -> note.startsWith("Column '")), rows.toString());
            assertTrue(all.containsAll(dataset.warnings()), all.toString());
        }
    }

    @Test
    void countsADataSetGivenTwiceOnce() {
        try (Studio studio = Studio.inMemory()) {
            Dataset dataset = studio.datasets().importFile(orders("orders.csv", ORDERS));

            Answer answer = Analyst.of(studio).ask(List.of(dataset, dataset), "total sales", AskOptions.DEFAULT);

            assertEquals("130.0", value(answer));
        }
    }

    @Test
    void saysThatASecondTableOfOneNameIsRenamed() {
        try (Studio studio = Studio.inMemory()) {
            Dataset one = studio.datasets().importFile(orders("a/orders.csv", ORDERS));
            Dataset two = studio.datasets().importFile(orders("b/orders.csv", "customer,age\nAda,36\nBob,40\n"));

            Answer answer = Analyst.of(studio).ask(List.of(one, two), "average age", AskOptions.DEFAULT);

            assertEquals("38.0", value(answer));
            assertTrue(
                    answer.warnings().contains("A second table 'orders' is called 'orders_2' here."),
                    answer.warnings().toString());
        }
    }

    @Test
    void tellsHowTheAnswerComesOn() {
        List<Progress> told = Collections.synchronizedList(new ArrayList<>());
        try (Studio studio = Studio.inMemory()) {
            Dataset dataset = studio.datasets().importFile(orders("orders.csv", ORDERS));

            Analyst.of(studio)
                    .ask(
                            List.of(dataset),
                            "distribution of sales and monthly trend of sales",
                            AskOptions.DEFAULT.withProgress(told::add));

            assertEquals(List.of(0L, 1L, 2L), told.stream().map(Progress::done).toList());
            assertEquals(2, told.get(0).total());
        }
    }

    @Test
    void stopsWhenItIsCancelled() {
        try (Studio studio = Studio.inMemory()) {
            Dataset dataset = studio.datasets().importFile(orders("orders.csv", ORDERS));
            Cancellation cancellation = Cancellation.create();
            cancellation.cancel();

            StudioException failure = assertThrows(
                    StudioException.class,
                    () -> Analyst.of(studio)
                            .ask(List.of(dataset), "total sales", AskOptions.DEFAULT.withCancellation(cancellation)));

            assertEquals(ErrorCode.CANCELLED, failure.code());
        }
    }

    private Path workspace() {
        return folder.resolve("workspace");
    }

    private Path orders(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String value(Answer answer) {
        assertEquals(AnswerStatus.ANSWERED, answer.status(), answer.message());
        Object value = answer.steps().get(0).value();
        return String.valueOf(value instanceof Number number ? number.doubleValue() : value);
    }

    /** Draws, and counts how often. */
    private static final class CountingRenderer implements ChartRenderer {
        final AtomicInteger drawn = new AtomicInteger();
        private final ChartRenderer renderer = new Java2dChartRenderer();

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Set<ChartFormat> formats() {
            return renderer.formats();
        }

        @Override
        public Set<Class<? extends Chart>> kinds() {
            return renderer.kinds();
        }

        @Override
        public byte[] render(Chart chart, ChartFormat format, ChartStyle style) {
            drawn.incrementAndGet();
            return renderer.render(chart, format, style);
        }
    }
}
