package dev.datastudio.cli;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.SupportsLocalPath;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.core.artifact.ArtifactPaths;
import dev.datastudio.core.artifact.Slugs;
import dev.datastudio.core.chart.PlotlyJson;
import dev.datastudio.ml.explore.Exploration;
import dev.datastudio.ml.explore.Explore;
import dev.datastudio.ml.explore.ExploreOptions;
import dev.datastudio.ml.explore.ExploreSpec;
import dev.datastudio.ml.explore.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio explore FILE KIND}: what a file tells without a target, in words, numbers and charts (A27). */
@Command(
        name = "explore",
        description = "Finds groups of alike rows, components or unusual rows in a file, or forecasts a column of it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "./studio explore customers.csv groups --columns spent,orders --keep-model segments",
            "./studio explore orders.csv unusual --percent 2 --keep-data \"orders with scores\"",
            "./studio explore orders.csv components",
            "./studio explore orders.csv forecast --value sales --period month --horizon 6"
        })
final class ExploreCommand implements Callable<Integer> {
    private static final ChartStyle STYLE = ChartStyle.DEFAULT.withScale(1);

    @Parameters(index = "0", paramLabel = "FILE", description = "what is looked into")
    private String file = "";

    @Parameters(index = "1", paramLabel = "KIND", description = "groups, components, unusual or forecast")
    private String kind = "";

    @Mixin
    private ExploreSpecOptions spec = new ExploreSpecOptions();

    @Option(
            names = "--keep-data",
            paramLabel = "NAME",
            description = "keep what was found of each row as a data set of that name")
    private String keepData = "";

    @Option(
            names = "--keep-model",
            paramLabel = "NAME",
            description = "keep it as a model of new rows, for './studio trained'; not of a forecast")
    private String keepModel = "";

    @Option(names = "--out", paramLabel = "DIR", description = "where the charts go (default: in the workspace)")
    private @Nullable Path out;

    @Option(names = "--svg", description = "with --out: write SVG and the browser's figure (JSON), too")
    private boolean vectors;

    @Option(names = "--json", description = "print JSON; charts are written with --out only")
    private boolean json;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    ExploreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ExploreSpec asked = spec.of(kind);
        if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The name " + StudioException.quote(out) + " given with --out is that of a file",
                    "Name a folder; it is made when it is not there");
        }
        try (Studio studio = workspace.open()) {
            Dataset dataset = new DataFiles(studio, terminal).open(file);
            Exploration found;
            try (ProgressLine progress = terminal.progressOf("Exploring " + dataset.name())) {
                ExploreOptions options = ExploreOptions.DEFAULT
                        .keepingAs(keepData.strip())
                        .keepingModel(keepModel.strip())
                        .stoppedBy(terminal.cancellation())
                        .telling(progress);
                found = Explore.of(studio).find(dataset, asked, options);
            }
            List<String> charts = json && out == null ? List.of() : charts(studio, dataset, found);
            Finding told = Finding.of(dataset, found);
            terminal.out()
                    .println(json ? ExploredText.json(told, found, charts) : ExploredText.of(told, found, charts));
            return StudioCommand.OK;
        }
    }

    /** Writes them and tells where they are. */
    private List<String> charts(Studio studio, Dataset dataset, Exploration found) {
        List<String> written = new ArrayList<>();
        for (Map.Entry<String, Chart> each : found.charts().entrySet()) {
            String name = new Slugs().of(each.getKey());
            byte[] picture = studio.charts().render(each.getValue(), ChartFormat.PNG, STYLE);
            if (out == null) {
                written.add(stored(studio, ArtifactPaths.of(dataset).plot(name), picture));
                continue;
            }
            written.add(put(out.resolve(name + ".png"), picture));
            if (vectors) {
                written.add(put(
                        out.resolve(name + ".svg"), studio.charts().render(each.getValue(), ChartFormat.SVG, STYLE)));
                written.add(put(
                        out.resolve(name + ".plotly.json"),
                        PlotlyJson.of(each.getValue()).getBytes(StandardCharsets.UTF_8)));
            }
        }
        return written;
    }

    private static String stored(Studio studio, ArtifactKey key, byte[] picture) {
        studio.artifacts().put(key, picture);
        return studio.artifacts() instanceof SupportsLocalPath local
                ? local.localPath(key).toString()
                : key.toString();
    }

    private static String put(Path file, byte[] content) {
        WholeFile.write(file, content, true);
        return file.toString();
    }
}
