package dev.datastudio.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs benchmarks by name: {@code ./studio bench NAME [--quick] [--json]}. */
public final class Bench {
    private static final List<Benchmark> BENCHMARKS = List.of(
            new StartBenchmark(),
            new ServerStartBenchmark(),
            new LoadBenchmark(),
            new SocketsBenchmark(),
            new ImportBenchmark(),
            new DatabaseImportBenchmark(),
            new AskBenchmark(),
            new PlanBenchmark(),
            new ModelPlanBenchmark(),
            new StreamsBenchmark(),
            new CacheBenchmark(),
            new ProfileBenchmark(),
            new ChartsBenchmark(),
            new ExportBenchmark(),
            new JobsBenchmark(),
            new SearchBenchmark(),
            new DocumentsBenchmark(),
            new EmbedBenchmark(),
            new SearchQualityBenchmark(),
            new AnswerabilityBenchmark(),
            new GraphBenchmark(),
            new LearningBenchmark(),
            new ExploringBenchmark());

    private Bench() {}

    /** Exits with 0 when every goal holds, 2 when one doesn't, 1 on an error. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        if (!words.isEmpty() && words.get(0).equals("bench")) {
            words.remove(0);
        }
        boolean json = words.remove("--json");
        Benchmark.Effort effort = words.remove("--quick") ? Benchmark.Effort.QUICK : Benchmark.Effort.FULL;
        Optional<Benchmark> benchmark = words.size() == 1 ? find(words.get(0)) : Optional.empty();
        if (benchmark.isEmpty()) {
            System.err.println("Name one benchmark: ./studio bench NAME [--quick] [--json]");
            for (Benchmark known : BENCHMARKS) {
                System.err.printf("  %-14s %s%n", known.name(), known.summary());
            }
            System.exit(1);
            return;
        }
        List<Measurement> rows = measure(benchmark.get(), effort);
        System.out.println(json ? json(rows) : table(rows));
        System.exit(rows.stream().allMatch(Measurement::holds) ? 0 : 2);
    }

    private static Optional<Benchmark> find(String name) {
        return BENCHMARKS.stream().filter(b -> b.name().equals(name)).findFirst();
    }

    private static List<Measurement> measure(Benchmark benchmark, Benchmark.Effort effort) throws Exception {
        Path scratch = Files.createTempDirectory("studio-bench-");
        try {
            return benchmark.run(scratch, effort);
        } finally {
            try (Stream<Path> files = Files.walk(scratch)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String table(List<Measurement> rows) {
        StringBuilder text = new StringBuilder();
        for (Measurement row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s%n  ours %,.4g %s, against %,.4g (%s): ratio %.3g; goal %s: %s%n",
                    row.measure(),
                    row.ours(),
                    row.unit(),
                    row.theirs(),
                    row.against(),
                    row.ratio(),
                    row.goal(),
                    row.holds() ? "holds" : "MISSED"));
        }
        return text.toString().stripTrailing();
    }

    /** One object a line, a line a measure. */
    private static String json(List<Measurement> rows) throws IOException {
        JsonFactory factory = new JsonFactory();
        List<String> lines = new ArrayList<>();
        for (Measurement row : rows) {
            StringWriter text = new StringWriter();
            try (JsonGenerator out = factory.createGenerator(text)) {
                out.writeStartObject();
                out.writeStringField("measure", row.measure());
                out.writeNumberField("ours", row.ours());
                out.writeStringField("unit", row.unit());
                out.writeStringField("against", row.against());
                out.writeNumberField("theirs", row.theirs());
                out.writeNumberField("ratio", row.ratio());
                out.writeStringField("goal", row.goal());
                out.writeBooleanField("holds", row.holds());
                out.writeEndObject();
            }
            lines.add(text.toString());
        }
        return String.join("\n", lines);
    }
}
