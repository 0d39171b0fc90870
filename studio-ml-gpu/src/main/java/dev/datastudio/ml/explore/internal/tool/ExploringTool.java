package dev.datastudio.ml.explore.internal.tool;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.artifact.ArtifactPaths;
import dev.datastudio.core.artifact.Slugs;
import dev.datastudio.core.chart.PlotlyJson;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.text.internal.OutsideText;
import dev.datastudio.core.tool.internal.Arguments;
import dev.datastudio.core.tool.internal.CheckedTool;
import dev.datastudio.core.tool.internal.DatasetTool;
import dev.datastudio.core.tool.internal.InputSchema;
import dev.datastudio.ml.explore.Exploration;
import dev.datastudio.ml.explore.Explore;
import dev.datastudio.ml.explore.ExploreOptions;
import dev.datastudio.ml.explore.ExploreSpec;
import dev.datastudio.ml.explore.internal.Sentences;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What the tools that explore share: the data set of the caller, charts beside its other files, a new data set by name. */
abstract class ExploringTool extends CheckedTool {
    static final String COLUMNS = "columns";

    private static final String SOURCE = "source_id";
    private static final String KEEP = "keep_as";
    private static final String MODEL = "keep_model_as";
    private static final int HASH_DIGITS = 8;
    private static final int MOST_SENTENCE = 400;

    private final Studio studio;

    ExploringTool(Studio studio, String name, String description, String kept, boolean keepsModel, InputSchema schema) {
        super(
                name,
                description,
                withModel(
                        schema.required(SOURCE, "The id of the data set, or its name for the newest version")
                                .optional(
                                        KEEP, "The name of a new data set with " + kept + "; none is made without it"),
                        keepsModel));
        this.studio = studio;
    }

    private static InputSchema withModel(InputSchema schema, boolean keepsModel) {
        return keepsModel
                ? schema.optional(
                        MODEL,
                        "The name of a model that tells the same of new rows by predict_with_model; none is kept without it")
                : schema;
    }

    @Override
    protected final ToolResult result(Arguments arguments, ToolContext context) {
        Datasets own = studio.datasets().as(context.caller());
        Dataset dataset = DatasetTool.find(own, arguments.required(SOURCE));
        ExploreOptions options = ExploreOptions.DEFAULT
                .stoppedBy(context.cancellation())
                .telling(context.progress())
                .keepingAs(arguments.text(KEEP).strip())
                .keepingModel(arguments.text(MODEL).strip());
        Exploration found = Explore.of(studio).as(context.caller()).find(dataset, spec(arguments), options);
        List<String> lines = new ArrayList<>(Sentences.of(dataset, found));
        lines.addAll(values(found));
        found.remarks().forEach(note -> lines.add("Note: " + OutsideText.line(note, MOST_SENTENCE)));
        List<String> keys = new ArrayList<>();
        found.charts().forEach((subject, chart) -> keys.addAll(keep(dataset, subject, chart, lines)));
        found.kept()
                .ifPresent(made -> lines.add("New data set: " + Sentences.said(made.name()) + ", version "
                        + made.version() + ", id " + made.id() + ", " + made.rowCount() + " rows."));
        found.model()
                .ifPresent(made -> lines.add("Model for new rows: " + Sentences.said(made.name()) + ", version "
                        + made.version() + ", id " + made.id() + "."));
        return new ToolResult(String.join("\n", lines), false, keys);
    }

    abstract ExploreSpec spec(Arguments arguments);

    /** Numbers that people read beside the sentences, a line each. */
    List<String> values(Exploration found) {
        return List.of();
    }

    private List<String> keep(Dataset dataset, String subject, Chart chart, List<String> lines) {
        byte[] figure = PlotlyJson.of(chart).getBytes(StandardCharsets.UTF_8);
        String name = new Slugs().of(subject) + "-" + hash(figure);
        ArtifactKey picture = ArtifactPaths.of(dataset).plot(name);
        String plain = picture.value().substring(0, picture.value().lastIndexOf('.'));
        ArtifactKey interactive = new ArtifactKey(plain + ".plotly.json");
        ChartStyle style = ChartStyle.DEFAULT.withLocale(studio.locale());
        studio.artifacts().put(picture, studio.charts().render(chart, ChartFormat.PNG, style));
        studio.artifacts().put(interactive, figure);
        lines.add("Picture: " + picture.value());
        lines.add("Interactive figure: " + interactive.value());
        return List.of(picture.value(), interactive.value());
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content))
                    .substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
