package dev.datastudio.benchmarks;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.ask.AskOptions.Pictures;
import dev.datastudio.agents.planner.BuiltInPlanner;
import dev.datastudio.agents.planner.PlanRequest;
import dev.datastudio.agents.planner.ValueLookup;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** New questions over a large imported file, beside the bare query on the same database file. */
final class AskBenchmark implements Benchmark {
    private static final int FULL_ROWS = 5_000_000;
    private static final int QUICK_ROWS = 500_000;
    private static final double MOST_PICTURE_MILLIS = 60;
    private static final double MOST_PLANNER_MILLIS = 5;
    private static final int PLANNED = 4_000;
    private static final int WARM_UP_PICTURES = 20;
    private static final List<String> PLANNER_QUESTIONS = List.of(
            "average amount by region",
            "show the distribution of amount and plot the monthly trend of quantity",
            "top 5 products by total amount where quantity is more than 3",
            "how many orders per product and region",
            "median amount and maximum quantity by region",
            "how happy are the customers",
            "share of amount by product as a pie",
            "summary statistics of amount");

    @Override
    public String name() {
        return "ask";
    }

    @Override
    public String summary() {
        return "uncached questions over 5,000,000 rows, with and without their picture, beside the bare query";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        Path file = OrdersCsv.write(scratch.resolve("orders.csv"), effort == Effort.QUICK ? QUICK_ROWS : FULL_ROWS);
        int rounds = effort == Effort.QUICK ? 11 : 21;
        try (Studio studio = Studio.open(scratch.resolve("workspace"));
                Connection bare = DriverManager.getConnection("jdbc:duckdb:")) {
            Dataset orders = studio.datasets().importFile(file);
            try (Statement statement = bare.createStatement()) {
                statement.execute("ATTACH '" + studio.datasets().file(orders) + "' AS d (READ_ONLY)");
            }
            Iterator<Integer> numbers =
                    java.util.stream.IntStream.iterate(0, n -> n + 1).iterator();
            Interleaved.Medians plain = Interleaved.medians(
                    rounds,
                    () -> ask(studio, orders, numbers.next(), Pictures.SKIP),
                    () -> query(bare, numbers.next()));
            List<Double> with = new ArrayList<>();
            List<Double> without = new ArrayList<>();
            for (int round = 0; round < WARM_UP_PICTURES; round++) {
                ask(studio, orders, numbers.next(), Pictures.DRAW);
            }
            for (int round = 0; round < rounds; round++) {
                without.add(millis(() -> ask(studio, orders, numbers.next(), Pictures.SKIP)));
                with.add(millis(() -> ask(studio, orders, numbers.next(), Pictures.DRAW)));
            }
            double picture = median(with) - median(without);
            return List.of(
                    Measurement.atMostTimesPlus(
                            "ask, average of a measure by a dimension, uncached",
                            plain.ours(),
                            "ms",
                            "bare DuckDB query on the same file",
                            plain.theirs(),
                            1.3,
                            25),
                    Measurement.atMost("picture on top, warm", picture, "ms", "limit", MOST_PICTURE_MILLIS),
                    Measurement.atMost(
                            "planner, 95th percentile", planner(orders), "ms", "limit", MOST_PLANNER_MILLIS));
        }
    }

    /** Milliseconds that 95 of 100 questions are planned within, when the planner is warm. */
    private static double planner(Dataset orders) {
        BuiltInPlanner planner = new BuiltInPlanner();
        double[] millis = new double[PLANNED];
        for (int i = -PLANNED; i < PLANNED; i++) {
            String question = PLANNER_QUESTIONS.get(Math.floorMod(i, PLANNER_QUESTIONS.size())) + " in "
                    + (2020 + Math.floorMod(i, 4));
            long start = System.nanoTime();
            planner.plan(new PlanRequest(question, List.of(orders), ValueLookup.none(), LocalDate.of(2024, 1, 1)));
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return Interleaved.quantile(millis, 0.95);
    }

    /** Each number is another question, so that no cache can answer it. */
    private static void ask(Studio studio, Dataset orders, int number, Pictures pictures) {
        String question = "average amount by region where order_id is at least " + (10_000_000 + number);
        Answer answer = Analyst.of(studio).ask(List.of(orders), question, AskOptions.DEFAULT.withPictures(pictures));
        if (answer.status() != AnswerStatus.ANSWERED || answer.cached()) {
            throw new IllegalStateException(question + ": " + answer + " " + answer.message());
        }
    }

    private static void query(Connection bare, int number) throws Exception {
        String sql = "SELECT region, avg(amount) FROM d.data WHERE order_id >= " + (10_000_000 + number)
                + " GROUP BY region ORDER BY 2 DESC";
        try (Statement statement = bare.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                rows.getDouble(2);
            }
        }
    }

    private static double millis(Interleaved.Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(List<Double> values) {
        return Interleaved.median(values.stream().mapToDouble(v -> v).toArray());
    }
}
