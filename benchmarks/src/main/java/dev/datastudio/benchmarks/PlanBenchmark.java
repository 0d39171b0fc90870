package dev.datastudio.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.datastudio.agents.planner.BuiltInPlanner;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.agents.planner.PlanRequest;
import dev.datastudio.agents.planner.ValueIndex;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.analysis.AnalysisPlan;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How long the built-in planner takes on a table of 50 columns, and what the stored values take in memory. */
final class PlanBenchmark implements Benchmark {
    /** Other work on the machine is not to count. */
    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final double MOST_MILLIS = 5;
    private static final double MOST_MILLIS_WITH_EMBEDDER = 30;
    private static final int VALUES = 1_000;
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 15);
    private static final List<String> QUESTIONS = List.of(
            "average price 3 by region 4",
            "total amount 7 by month where category 2 is value 17",
            "top 5 product 5 by amount 9",
            "how many rows per segment 6",
            "distribution of weight 2 and the monthly trend of amount 3",
            "median height 4 and maximum price 8 by channel 7",
            "how happy are the custmers of value 12",
            "averag amonut 5 by regin 1",
            "share of amount 1 by category 9 as a pie",
            "correlation between weight 6 and height 1",
            "summary statistics of price 2",
            "amount 4 above the average in 2024");
    private static final List<String> CHANGES = List.of(
            "now by quarter",
            "only value 33",
            "instead of amount 1 show amount 2",
            "as a pie",
            "top 5",
            "break it down by region 3");

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String summary() {
        return "processor time of questions and follow-ups over 50 columns, with and without an embedder; memory of values";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) {
        int rounds = effort == Effort.QUICK ? 2_000 : 20_000;
        Dataset wide = wide();
        ValueIndex values = values(wide);
        double[] plain = questions(new BuiltInPlanner(), wide, values, rounds);
        double[] embedded = questions(new BuiltInPlanner(new LetterEmbedder()), wide, values, rounds);
        double[] model = unknown(new BuiltInPlanner(new BgeEmbedder()), wide, values, rounds / 20);
        double[] changes = changes(new BuiltInPlanner(), wide, values, rounds);
        return List.of(
                Measurement.atMost("a question, median", Interleaved.quantile(plain, 0.5), "ms", "limit", MOST_MILLIS),
                Measurement.atMost(
                        "a question, 95th percentile", Interleaved.quantile(plain, 0.95), "ms", "limit", MOST_MILLIS),
                Measurement.atMost(
                        "with vectors of 384 numbers, the model's own time aside, 95th percentile",
                        Interleaved.quantile(embedded, 0.95),
                        "ms",
                        "limit",
                        MOST_MILLIS_WITH_EMBEDDER),
                Measurement.atMost(
                        "with BGE-small in the process, two new words each time, all threads, 95th percentile",
                        Interleaved.quantile(model, 0.95),
                        "ms",
                        "limit",
                        MOST_MILLIS_WITH_EMBEDDER),
                Measurement.atMost(
                        "a follow-up, 95th percentile",
                        Interleaved.quantile(changes, 0.95),
                        "ms",
                        "limit",
                        MOST_MILLIS),
                Measurement.atMost(
                        "values of 20 columns with " + VALUES + " each",
                        values.bytes() / 1e6,
                        "MB",
                        "limit",
                        20 * ValueIndex.MAX_COLUMN_BYTES / 1e6));
    }

    private static double[] questions(BuiltInPlanner planner, Dataset wide, ValueIndex values, int rounds) {
        double[] millis = new double[rounds];
        for (int i = -rounds; i < rounds; i++) {
            String question = QUESTIONS.get(Math.floorMod(i, QUESTIONS.size()));
            long start = PROCESSOR.getCurrentThreadCpuTime();
            planner.plan(new PlanRequest(question, List.of(wide), values, TODAY));
            if (i >= 0) {
                millis[i] = (PROCESSOR.getCurrentThreadCpuTime() - start) / 1e6;
            }
        }
        return millis;
    }

    /** All of the process, because the model works on threads of its own; no word twice, as vectors of words are kept. */
    private static double[] unknown(BuiltInPlanner planner, Dataset wide, ValueIndex values, int rounds) {
        double[] millis = new double[rounds];
        for (int i = 0; i < 2 * rounds; i++) {
            String question = "average " + word(2 * i) + " by " + word(2 * i + 1);
            long start = PROCESS.getProcessCpuTime();
            planner.plan(new PlanRequest(question, List.of(wide), values, TODAY));
            if (i >= rounds) {
                millis[i - rounds] = (PROCESS.getProcessCpuTime() - start) / 1e6;
            }
        }
        return millis;
    }

    /** A made-up word, another one for each number up to 8,000. */
    private static String word(int number) {
        List<String> syllables = List.of(
                "bra", "ke", "lo", "mun", "ter", "vi", "so", "pla", "gre", "din", "fo", "ra", "ny", "qui", "sta", "wol",
                "ze", "chu", "ip", "ost");
        int n = syllables.size();
        return syllables.get(number % n) + syllables.get(number / n % n) + syllables.get(number / n / n % n);
    }

    private static double[] changes(BuiltInPlanner planner, Dataset wide, ValueIndex values, int rounds) {
        PlanOutcome first = planner.plan(new PlanRequest("total amount 1 by month", List.of(wide), values, TODAY));
        if (!(first instanceof PlanOutcome.Planned planned)) {
            throw new IllegalStateException("The question to be changed is not understood: " + first);
        }
        AnalysisPlan before = planned.plan();
        double[] millis = new double[rounds];
        for (int i = -rounds; i < rounds; i++) {
            String text = CHANGES.get(Math.floorMod(i, CHANGES.size()));
            long start = PROCESSOR.getCurrentThreadCpuTime();
            planner.followUp(before, new PlanRequest(text, List.of(wide), values, TODAY));
            if (i >= 0) {
                millis[i] = (PROCESSOR.getCurrentThreadCpuTime() - start) / 1e6;
            }
        }
        return millis;
    }

    private static Dataset wide() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("sold_on", ColumnType.DATE, ColumnRole.TIME, "", 900, 0));
        for (String name : List.of("region", "category", "product", "segment", "channel")) {
            for (int i = 1; i <= 9 && columns.size() < 21; i++) {
                columns.add(new Column(name + "_" + i, ColumnType.TEXT, ColumnRole.DIMENSION, "", VALUES, 0));
            }
        }
        for (String name : List.of("amount", "price", "weight", "height")) {
            for (int i = 1; i <= 9 && columns.size() < 50; i++) {
                columns.add(new Column(name + "_" + i, ColumnType.DECIMAL, ColumnRole.MEASURE, "", 5_000, 0));
            }
        }
        return new Dataset(
                DatasetId.random(),
                Caller.LOCAL,
                "wide.csv",
                1,
                Origin.UNKNOWN,
                "wide",
                "hash of wide",
                1_000_000,
                columns,
                List.of(),
                Instant.EPOCH,
                "local/local/uploads/wide");
    }

    private static ValueIndex values(Dataset wide) {
        ValueIndex.Builder values = ValueIndex.builder();
        for (Column column : wide.columns()) {
            if (column.type() == ColumnType.TEXT) {
                String suffix = column.name().endsWith("_1") ? "" : " of " + column.name();
                values.add(
                        wide,
                        column,
                        IntStream.range(0, VALUES)
                                .mapToObj(i -> "value " + i + suffix)
                                .toList());
            }
        }
        return values.build();
    }

    /** Vectors of the size that small models have, made of letters: it costs next to nothing itself. */
    private static final class LetterEmbedder implements Embedder {
        private static final int DIMENSION = 384;

        @Override
        public String model() {
            return "letters";
        }

        @Override
        public int dimension() {
            return DIMENSION;
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            return texts.stream().map(LetterEmbedder::vector).toList();
        }

        private static float[] vector(String text) {
            float[] vector = new float[DIMENSION];
            vector[0] = 1;
            String lower = text.toLowerCase(Locale.ROOT);
            for (int i = 1; i < lower.length(); i++) {
                vector[Math.floorMod(lower.charAt(i - 1) * 31 + lower.charAt(i), DIMENSION)]++;
            }
            return vector;
        }
    }
}
