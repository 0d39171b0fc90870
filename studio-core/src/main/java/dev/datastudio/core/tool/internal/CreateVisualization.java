package dev.datastudio.core.tool.internal;

import dev.datastudio.api.chart.CustomChart;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.artifact.ArtifactPaths;
import dev.datastudio.core.chart.CustomFigures;
import dev.datastudio.core.chart.dataset.ChartAggregate;
import dev.datastudio.core.chart.dataset.ChartKind;
import dev.datastudio.core.chart.dataset.ChartRequest;
import dev.datastudio.core.chart.dataset.DatasetChart;
import dev.datastudio.core.chart.dataset.DatasetCharts;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.query.EngineLease;
import dev.datastudio.core.query.QueryEngines;
import dev.datastudio.core.tool.AnalysisTools.Drawing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Draws a chart of a data set, or checks and draws a figure that was written for it, and keeps the files. */
public final class CreateVisualization extends DatasetTool {
    private static final String KIND = "chart_type";
    private static final String X = "x";
    private static final String Y = "y";
    private static final String GROUP = "group";
    private static final String COLUMNS = "columns";
    private static final String AGGREGATE = "aggregate";
    private static final String GRAIN = "grain";
    private static final String BINS = "bins";
    private static final String TITLE = "title";
    private static final String FIGURE = "figure";
    private static final String CUSTOM = "custom";
    private static final int MAX_BINS = 200;
    private static final int MAX_TITLE = 200;
    private static final List<String> KINDS = kinds();
    private static final List<String> AGGREGATES =
            Arrays.stream(ChartAggregate.values()).map(ChartAggregate::jsonName).toList();
    private static final List<String> GRAINS = Arrays.stream(DateGrain.values())
            .map(grain -> grain.name().toLowerCase(Locale.ROOT))
            .toList();

    private final QueryEngines engines;
    private final ChartFiles files;

    public CreateVisualization(Datasets datasets, QueryEngines engines, Drawing drawing) {
        super(
                datasets,
                "create_visualization",
                "Draws a chart of a data set as a picture and as an interactive Plotly figure, and keeps both. All rows"
                        + " are used: the studio counts, bins and samples.",
                new InputSchema()
                        .choice(KIND, KINDS, "auto", "What to draw; auto lets the columns decide and says why")
                        .optional(X, "The first column: a number, a category or a time")
                        .optional(Y, "The second column, mostly the number that is measured")
                        .optional(GROUP, "The column whose values get a colour each")
                        .texts(COLUMNS, "The columns of a correlation or pair chart; all numbers when left out")
                        .choice(AGGREGATE, AGGREGATES, "", "How the values of a group become one")
                        .choice(GRAIN, GRAINS, "", "How finely time is cut")
                        .count(BINS, MAX_BINS, "About how many bins a histogram has")
                        .optional(TITLE, "The title; the columns decide when it is left out")
                        .object(
                                FIGURE,
                                "For chart_type custom only: a whole Plotly figure with data and layout, shown as it"
                                        + " is"));
        this.engines = engines;
        this.files = new ChartFiles(drawing);
    }

    private static List<String> kinds() {
        List<String> kinds = new ArrayList<>();
        for (ChartKind kind : ChartKind.values()) {
            kinds.add(kind.jsonName());
        }
        kinds.add(CUSTOM);
        return List.copyOf(kinds);
    }

    @Override
    ToolResult answer(Datasets own, Dataset dataset, Arguments arguments, ToolContext context) {
        String kind = arguments.choice(KIND, KINDS, "auto");
        return kind.equals(CUSTOM)
                ? custom(dataset, arguments)
                : chart(own, dataset, request(ChartKind.parse(kind), arguments), context);
    }

    private ToolResult custom(Dataset dataset, Arguments arguments) {
        String figure = arguments.json(FIGURE);
        if (figure.isBlank()) {
            throw Arguments.invalid("The argument 'figure' is missing", "Give a Plotly figure, or another chart_type");
        }
        CustomChart chart = CustomFigures.parse(figure);
        return files.keep(
                chart,
                ArtifactPaths.of(dataset).plot(ChartFiles.name("figure", chart.figure())),
                "Kept the custom figure.",
                List.of());
    }

    private ToolResult chart(Datasets own, Dataset dataset, ChartRequest request, ToolContext context) {
        DatasetChart drawn;
        try (EngineLease lease = engine(engines, own, dataset)) {
            drawn = DatasetCharts.of(lease.engine()).draw(dataset, request, context.cancellation());
        }
        context.cancellation().throwIfCancelled();
        String headline = "Drew a " + drawn.kind().jsonName().replace('_', ' ') + " chart: "
                + Lines.clean(drawn.chart().text().title()) + ". " + Lines.sentence(drawn.reason());
        return files.keep(
                drawn.chart(), ChartFiles.picture(dataset, request, drawn.kind()), headline, drawn.suggestions());
    }

    private static ChartRequest request(ChartKind kind, Arguments arguments) {
        if (!arguments.json(FIGURE).isBlank()) {
            throw Arguments.invalid("A 'figure' was given for another chart_type than custom", "Leave one of them out");
        }
        String title = arguments.text(TITLE);
        if (title.length() > MAX_TITLE) {
            throw Arguments.invalid(
                    "The argument 'title' has " + title.length() + " characters", "Give at most " + MAX_TITLE);
        }
        ChartRequest.Builder request = ChartRequest.of(kind)
                .x(arguments.text(X))
                .y(arguments.text(Y))
                .group(arguments.text(GROUP))
                .columns(arguments.texts(COLUMNS))
                .title(title);
        String aggregate = arguments.choice(AGGREGATE, AGGREGATES, "");
        if (!aggregate.isEmpty()) {
            request.aggregate(ChartAggregate.valueOf(aggregate.toUpperCase(Locale.ROOT)));
        }
        String grain = arguments.choice(GRAIN, GRAINS, "");
        if (!grain.isEmpty()) {
            request.grain(DateGrain.valueOf(grain.toUpperCase(Locale.ROOT)));
        }
        int bins = arguments.count(BINS, 0, MAX_BINS);
        return bins == 0 ? request.build() : request.bins(bins).build();
    }
}
