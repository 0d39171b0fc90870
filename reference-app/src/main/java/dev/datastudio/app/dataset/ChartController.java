package dev.datastudio.app.dataset;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.datastudio.api.chart.ValueFormat.DateGrain;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.core.chart.ChartTable;
import dev.datastudio.core.chart.PlotlyJson;
import dev.datastudio.core.chart.dataset.ChartAggregate;
import dev.datastudio.core.chart.dataset.ChartGallery;
import dev.datastudio.core.chart.dataset.ChartKind;
import dev.datastudio.core.chart.dataset.ChartRequest;
import dev.datastudio.core.chart.dataset.DatasetChart;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Charts of data sets. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "charts")
class ChartController {
    private final Studio studio;

    ChartController(Studio studio) {
        this.studio = studio;
    }

    /**
     * What to draw. Columns that are not given a place take the places that are free, in order.
     *
     * @param kind one of the chart kinds; nothing lets the columns decide
     * @param columns the columns in the order of {@code x}, {@code y} and {@code group}, or all alike
     * @param x the first column
     * @param y the second column
     * @param group the column whose values get a colour each
     * @param aggregate {@code count}, {@code sum}, {@code mean}, {@code median}, {@code min} or {@code max}
     * @param grain how finely time is cut: {@code day}, {@code week}, {@code month}, {@code quarter} or {@code year}
     * @param bins about how many bins a histogram has
     * @param title the title; nothing lets the columns decide
     */
    @Schema(name = "ChartRequest")
    record ChartSpec(
            Optional<String> kind,
            Optional<List<String>> columns,
            Optional<String> x,
            Optional<String> y,
            Optional<String> group,
            Optional<String> aggregate,
            Optional<String> grain,
            Optional<Integer> bins,
            Optional<String> title) {

        ChartRequest request() {
            ChartKind wanted = ChartKind.parse(kind.orElse("auto"));
            ChartRequest.Builder request = ChartRequest.of(wanted);
            List<String> left = new ArrayList<>(columns.orElse(List.of()));
            if (wanted == ChartKind.CORRELATION || wanted == ChartKind.PAIR) {
                request.columns(left);
                left.clear();
            }
            place(x, left).ifPresent(request::x);
            place(y, left).ifPresent(request::y);
            if (wanted != ChartKind.HEATMAP) { // whose third column is what is counted
                place(group, left).ifPresent(request::group);
            }
            if (!left.isEmpty()) {
                request.columns(left);
            }
            aggregate.map(name -> constant(ChartAggregate.class, name)).ifPresent(request::aggregate);
            grain.map(name -> constant(DateGrain.class, name)).ifPresent(request::grain);
            bins.ifPresent(request::bins);
            title.ifPresent(request::title);
            return request.build();
        }

        private static Optional<String> place(Optional<String> given, List<String> left) {
            return given.isPresent() || left.isEmpty() ? given : Optional.of(left.remove(0));
        }

        private static <E extends Enum<E>> E constant(Class<E> type, String name) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(each -> each.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new StudioException(
                            ErrorCode.CHART_INVALID,
                            StudioException.quote(name) + " is no " + type.getSimpleName(),
                            "Use one of " + Arrays.toString(type.getEnumConstants())));
        }
    }

    /**
     * A chart. Immutable.
     *
     * @param title what it shows
     * @param kind what was drawn
     * @param figure as Plotly draws it
     * @param reason why this kind, a whole sentence
     * @param alternative the numbers of the chart as a table
     * @param suggestions what may show the data better, whole sentences
     */
    @Schema(name = "Chart")
    record ChartView(
            String title,
            String kind,

            @Schema(type = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE) @JsonRawValue
            String figure,

            String reason,
            ChartNumbers alternative,
            List<String> suggestions) {
        static ChartView of(DatasetChart drawn) {
            return new ChartView(
                    drawn.chart().text().title(),
                    drawn.kind().jsonName(),
                    PlotlyJson.of(drawn.chart()),
                    drawn.reason(),
                    ChartNumbers.of(ChartTable.of(drawn.chart())),
                    drawn.suggestions());
        }
    }

    /**
     * The numbers of a chart. Immutable.
     *
     * @param columns names
     * @param rows each as wide as the columns: texts, numbers, null where there is none
     */
    @Schema(name = "ChartNumbers")
    record ChartNumbers(List<String> columns, List<List<@Nullable Object>> rows) {
        static ChartNumbers of(ChartTable table) {
            return new ChartNumbers(table.columns(), table.rows());
        }
    }

    @PostMapping("/datasets/{id}/charts")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "drawChart", summary = "A chart of some columns of a data set")
    ChartView draw(Caller caller, @PathVariable UUID id, @RequestBody ChartSpec spec) {
        Dataset dataset = studio.as(caller).datasets().get(new DatasetId(id));
        return ChartView.of(studio.as(caller).chart(dataset, spec.request(), Cancellation.none()));
    }

    /**
     * A chart that fits a data set.
     *
     * @param kind the kind of chart
     * @param columns the columns that it shows, alike
     * @param x the first column; may be empty
     * @param y the second column; may be empty
     * @param group the column whose values get a colour each; may be empty
     */
    @Schema(name = "ChartSuggestion")
    record Suggestion(String kind, List<String> columns, String x, String y, String group) {}

    @GetMapping("/datasets/{id}/charts/suggestions")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "suggestCharts", summary = "One chart of each kind that a data set has columns for")
    List<Suggestion> suggest(Caller caller, @PathVariable UUID id) {
        return ChartGallery.requests(studio.as(caller).datasets().get(new DatasetId(id))).stream()
                .map(request -> new Suggestion(
                        request.kind().jsonName(), request.columns(), request.x(), request.y(), request.group()))
                .toList();
    }

    @GetMapping("/chart-kinds")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "listChartKinds", summary = "The kinds of charts")
    List<String> kinds() {
        return Arrays.stream(ChartKind.values()).map(ChartKind::jsonName).toList();
    }
}
