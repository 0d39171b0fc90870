package dev.datastudio.benchmarks;

import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.core.Studio;
import dev.datastudio.core.chart.Java2dChartRenderer;
import dev.datastudio.core.chart.dataset.ChartAggregate;
import dev.datastudio.core.chart.dataset.ChartKind;
import dev.datastudio.core.chart.dataset.ChartRequest;
import dev.datastudio.core.chart.dataset.DatasetCharts;
import dev.datastudio.core.query.DuckDbQueryEngine;
import dev.datastudio.core.query.DuckDbTable;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Eleven kinds of charts from one table, each computed, drawn as SVG and PNG and written to a file, by Studio and by
 * {@code benchmarks/peers/charts.py} in turns. Both have their libraries loaded and their data open.
 */
final class ChartsBesideSeaborn {
    private static final String PYTHON = "/usr/bin/python3";
    private static final int ROWS = 5_000;
    private static final double TIMES = 0.5;
    private static final List<String> NUMBERS = List.of("amount", "price", "distance", "rating");

    private ChartsBesideSeaborn() {}

    static List<Measurement> measure(Path scratch, Benchmark.Effort effort) throws Exception {
        Path script = script();
        if (!Files.exists(script) || !hasSeaborn()) {
            System.err.println("Not measured beside matplotlib and seaborn: " + PYTHON + " has no module seaborn, or "
                    + script + " is missing; install it with 'apt-get install python3-seaborn'");
            return List.of();
        }
        Path csv = write(scratch.resolve("sales.csv"));
        Path ours = Files.createDirectory(scratch.resolve("ours"));
        Path theirs = Files.createDirectory(scratch.resolve("theirs"));
        try (Studio studio = Studio.open(scratch.resolve("workspace"));
                Peer peer = new Peer(script, csv, theirs)) {
            Dataset sales = studio.datasets().importFile(csv);
            // Not the studio's engine, which would answer the second round from its cache of rows.
            try (QueryEngine engine = DuckDbQueryEngine.open(
                    List.of(new DuckDbTable(sales.table(), studio.datasets().file(sales))))) {
                Interleaved.Medians medians = Interleaved.medianMillis(
                        effort == Benchmark.Effort.QUICK ? 5 : 15,
                        5,
                        () -> drawAll(engine, sales, ours),
                        peer::drawAll);
                return List.of(Measurement.atMostTimes(
                        "11 kinds of charts as SVG and PNG",
                        medians.ours(),
                        "ms",
                        "matplotlib and seaborn",
                        medians.theirs(),
                        TIMES));
            }
        }
    }

    private static Path script() {
        Path jar = Path.of(System.getProperty("java.class.path").split(File.pathSeparator, 2)[0])
                .toAbsolutePath();
        return jar.resolve("../../../peers/charts.py").normalize();
    }

    private static boolean hasSeaborn() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(PYTHON, "-c", "import seaborn")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            // There is no such Python, which is said where this is asked.
            return false;
        }
    }

    private static double drawAll(QueryEngine engine, Dataset sales, Path folder) throws IOException {
        long start = System.nanoTime();
        DatasetCharts charts = DatasetCharts.of(engine);
        Java2dChartRenderer renderer = new Java2dChartRenderer();
        for (ChartRequest request : requests()) {
            var chart = charts.draw(sales, request).chart();
            String name = request.kind().jsonName();
            Files.write(folder.resolve(name + ".svg"), renderer.render(chart, ChartFormat.SVG, ChartStyle.DEFAULT));
            Files.write(folder.resolve(name + ".png"), renderer.render(chart, ChartFormat.PNG, ChartStyle.DEFAULT));
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static List<ChartRequest> requests() {
        return List.of(
                ChartRequest.of(ChartKind.HISTOGRAM).x("amount").bins(30).build(),
                ChartRequest.of(ChartKind.DENSITY).x("amount").group("region").build(),
                ChartRequest.of(ChartKind.SCATTER).x("price").y("amount").build(),
                ChartRequest.of(ChartKind.BAR)
                        .x("product")
                        .y("amount")
                        .aggregate(ChartAggregate.SUM)
                        .build(),
                ChartRequest.of(ChartKind.LINE)
                        .x("month")
                        .y("amount")
                        .aggregate(ChartAggregate.SUM)
                        .build(),
                ChartRequest.of(ChartKind.CORRELATION).columns(NUMBERS).build(),
                ChartRequest.of(ChartKind.BOX).x("region").y("amount").build(),
                ChartRequest.of(ChartKind.VIOLIN).x("region").y("amount").build(),
                ChartRequest.of(ChartKind.PIE).x("product").build(),
                ChartRequest.of(ChartKind.STACKED_AREA)
                        .x("month")
                        .y("amount")
                        .group("region")
                        .build(),
                ChartRequest.of(ChartKind.PAIR).columns(NUMBERS).group("region").build());
    }

    private static Path write(Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        List<String> regions = List.of("North", "East", "South", "West");
        List<String> products = List.of("Desk", "Chair", "Lamp", "Shelf", "Screen", "Cabinet");
        try (Writer csv = Files.newBufferedWriter(file)) {
            csv.write("month,region,product,amount,price,distance,rating\n");
            for (int i = 0; i < ROWS; i++) {
                double price = 20 + 300 * random.nextDouble();
                csv.write(String.format(
                        Locale.ROOT,
                        "%s,%s,%s,%.2f,%.2f,%.1f,%.2f%n",
                        LocalDate.of(2021, 1, 1).plusMonths(random.nextInt(36)),
                        regions.get(random.nextInt(4)),
                        products.get(random.nextInt(6)),
                        price * (1 + random.nextInt(4)) + 20 * random.nextGaussian(),
                        price,
                        Math.exp(4 + 0.5 * random.nextGaussian()),
                        3 + random.nextGaussian()));
            }
        }
        return file;
    }

    /** The Python process, which draws once for each line that it is sent. */
    private static final class Peer implements AutoCloseable {
        private final Process process;
        private final BufferedReader answers;
        private final BufferedWriter orders;

        Peer(Path script, Path csv, Path folder) throws IOException {
            process = new ProcessBuilder(PYTHON, script.toString(), csv.toString(), folder.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
            answer();
        }

        double drawAll() throws IOException {
            orders.write("\n");
            orders.flush();
            return Double.parseDouble(answer());
        }

        private String answer() throws IOException {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("benchmarks/peers/charts.py ended early; run it by hand to see why");
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            orders.close();
            process.destroy();
        }
    }
}
