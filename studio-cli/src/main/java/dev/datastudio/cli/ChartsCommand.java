package dev.datastudio.cli;

import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.core.chart.ContactSheet;
import dev.datastudio.core.chart.PlotlyJson;
import dev.datastudio.core.chart.dataset.ChartGallery;
import dev.datastudio.core.chart.dataset.ChartKind;
import dev.datastudio.core.chart.dataset.ChartRequest;
import dev.datastudio.core.chart.dataset.DatasetChart;
import dev.datastudio.core.chart.dataset.DatasetCharts;
import dev.datastudio.core.query.EngineLease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio charts [FILE…]}: every kind of chart that the columns of some files allow, and all on one sheet. */
@Command(
        name = "charts",
        description = "Draws files in every kind of chart, or sample data, and all of them on one contact sheet.",
        mixinStandardHelpOptions = true)
final class ChartsCommand implements Callable<Integer> {
    private static final ChartStyle EACH = ChartStyle.DEFAULT.withSize(560, 360).withScale(1);
    private static final ChartStyle ON_SHEET =
            ChartStyle.DEFAULT.withSize(400, 270).withScale(1);
    private static final int SHEET_COLUMNS = 4;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "the files; without any, sample data is drawn")
    private List<String> files = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "charts",
            description = "where the pictures go (charts)")
    private Path out = Path.of("charts");

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "only this kind, such as violin; several times for more")
    private List<String> kinds = List.of();

    @Option(names = "--svg", description = "write SVG and the browser's figure (JSON) too")
    private boolean vectors;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    ChartsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<ChartKind> wanted = kinds.stream().map(ChartKind::parse).toList();
        try (Studio studio = files.isEmpty() ? Studio.inMemory() : workspace.open()) {
            List<Dataset> datasets =
                    files.isEmpty() ? List.of(SampleData.in(studio)) : new DataFiles(studio, terminal).open(files);
            for (Dataset dataset : datasets) {
                Path folder = datasets.size() == 1 ? out : out.resolve(dataset.table());
                draw(studio, dataset, wanted, folder);
            }
            return StudioCommand.OK;
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_NOT_WRITABLE,
                    "The charts could not be written into " + StudioException.quote(out) + ": "
                            + e.getClass().getSimpleName() + " " + e.getMessage(),
                    "Name a folder with --out that you may write to and that has room",
                    e);
        }
    }

    private void draw(Studio studio, Dataset dataset, List<ChartKind> wanted, Path folder) throws IOException {
        Map<ChartKind, DatasetChart> drawn = new LinkedHashMap<>();
        try (EngineLease lease = studio.engine(List.of(dataset))) {
            DatasetCharts charts = DatasetCharts.of(lease.engine());
            List<ChartRequest> requests = ChartGallery.requests(dataset).stream()
                    .filter(request -> wanted.isEmpty() || wanted.contains(request.kind()))
                    .toList();
            for (ChartRequest request : requests) {
                drawn.put(request.kind(), charts.draw(dataset, request, terminal.cancellation()));
            }
        }
        if (drawn.isEmpty()) {
            throw new StudioException(
                    ErrorCode.CHART_INVALID,
                    "No column of " + StudioException.quote(dataset.name()) + " can be drawn like that",
                    "Name another kind with --kind, or a file with numbers, categories or dates");
        }
        Files.createDirectories(folder);
        for (Map.Entry<ChartKind, DatasetChart> one : drawn.entrySet()) {
            write(studio, folder, one.getKey().jsonName(), one.getValue());
        }
        List<Chart> all = new ArrayList<>();
        drawn.values().forEach(one -> all.add(one.chart()));
        Files.write(folder.resolve("contact-sheet.png"), ContactSheet.png(all, SHEET_COLUMNS, ON_SHEET));
        terminal.out().println(dataset.name() + ": " + drawn.size() + " charts and contact-sheet.png in " + folder);
    }

    private void write(Studio studio, Path folder, String name, DatasetChart chart) throws IOException {
        Files.write(folder.resolve(name + ".png"), studio.charts().render(chart.chart(), ChartFormat.PNG, EACH));
        if (vectors) {
            Files.write(folder.resolve(name + ".svg"), studio.charts().render(chart.chart(), ChartFormat.SVG, EACH));
            byte[] figure = PlotlyJson.of(chart.chart()).getBytes(StandardCharsets.UTF_8);
            Files.write(folder.resolve(name + ".json"), figure);
        }
        terminal.out().println("  " + name + ".png  " + chart.chart().text().title());
        chart.suggestions().forEach(suggestion -> terminal.out().println("    note: " + suggestion));
    }
}
