package dev.datastudio.benchmarks;

import dev.datastudio.api.chart.Axis;
import dev.datastudio.api.chart.BarChart;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.chart.ChartText;
import dev.datastudio.api.chart.ValueFormat;
import dev.datastudio.core.chart.Charts;
import dev.datastudio.core.chart.Java2dChartRenderer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Charts drawn as PNG, beside the JDK's encoder on the finished picture, which is the least that a PNG costs. */
final class ChartsBenchmark implements Benchmark {
    private static final double MOST_MILLIS = 60;

    @Override
    public String name() {
        return "charts";
    }

    @Override
    public String summary() {
        return "charts drawn when warm, beside the JDK's PNG encoder, and eleven kinds beside matplotlib and seaborn";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        Java2dChartRenderer renderer = new Java2dChartRenderer();
        List<Measurement> rows = new ArrayList<>();
        for (Map.Entry<String, Chart> chart : charts().entrySet()) {
            byte[] png = renderer.render(chart.getValue(), ChartFormat.PNG, ChartStyle.DEFAULT);
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
            Interleaved.Medians medians = Interleaved.medians(
                    effort == Effort.QUICK ? 15 : 41,
                    () -> renderer.render(chart.getValue(), ChartFormat.PNG, ChartStyle.DEFAULT),
                    () -> encode(picture));
            rows.add(new Measurement(
                    chart.getKey() + " as PNG",
                    medians.ours(),
                    "ms",
                    "ImageIO encoding of the finished picture",
                    medians.theirs(),
                    "ours <= 60 ms",
                    medians.ours() <= MOST_MILLIS));
        }
        rows.addAll(ChartsBesideSeaborn.measure(scratch, effort));
        return rows;
    }

    private static void encode(BufferedImage picture) throws IOException {
        ImageIO.write(picture, "png", new ByteArrayOutputStream());
    }

    private static Map<String, Chart> charts() {
        SplittableRandom random = new SplittableRandom(7);
        double[] numbers = random.doubles(50_000).map(x -> Math.exp(3 * x)).toArray();
        Axis amount = Axis.of("Amount", new ValueFormat.Decimal("$"));
        List<String> names = List.of("Desk", "Chair", "Lamp", "Shelf", "Screen", "Cable", "Paper", "Binder");
        List<Double> heights =
                names.stream().map(name -> 100 * random.nextDouble()).toList();
        Map<String, Chart> charts = new LinkedHashMap<>();
        charts.put("histogram", Charts.histogram(ChartText.of("Distribution of Amount"), amount, numbers));
        charts.put("bar chart", BarChart.of(ChartText.of("Amount by product"), "Product", amount, names, heights));
        charts.put("pie", Charts.pie(ChartText.of("Share of amount"), amount, names, heights));
        return charts;
    }
}
