package dev.datastudio.ml.explore.internal.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.chart.ChartTable;
import dev.datastudio.core.chart.PlotlyJson;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.ml.explore.AnomalySpec;
import dev.datastudio.ml.explore.ClusterSpec;
import dev.datastudio.ml.explore.ComponentSpec;
import dev.datastudio.ml.explore.Explore;
import dev.datastudio.ml.explore.ExploreOptions;
import dev.datastudio.ml.explore.Finding;
import dev.datastudio.ml.explore.Finding.Drawing;
import dev.datastudio.ml.explore.ForecastSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What explorations in the background are told, and what they give, as JSON. Anybody may submit one, so both are checked. */
public final class Findings {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<List<@Nullable Object>>> ROWS = new TypeReference<>() {};

    private Findings() {}

    /** What can be done, with the kind of the origin of data sets that it makes. */
    private enum Kind {
        CLUSTERS("clustered", ClusterSpec.class),
        COMPONENTS("components", ComponentSpec.class),
        ANOMALIES("anomalies", AnomalySpec.class),
        FORECAST("forecast", ForecastSpec.class);

        private final String origin;
        private final Class<? extends Record> spec;

        Kind(String origin, Class<? extends Record> spec) {
            this.origin = origin;
            this.spec = spec;
        }

        static Kind of(Record spec) {
            for (Kind kind : values()) {
                if (kind.spec.isInstance(spec)) {
                    return kind;
                }
            }
            throw new AssertionError(spec);
        }
    }

    /**
     * What an exploration is told.
     *
     * @param spec one of the four
     * @param keepAs the name of the new data set; empty for none
     */
    public record Asked(DatasetId dataset, Record spec, String keepAs) {}

    /**
     * A name under which no data set stands that came otherwise.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} or {@link ErrorCode#INVALID_NAME}
     */
    public static String requireFree(Datasets own, String name, Record spec) {
        return ExploringTool.name(own, name, Kind.of(spec).origin);
    }

    /** The payload of an exploration. */
    public static String payload(Asked asked) {
        ObjectNode json = JSON.createObjectNode();
        json.put("kind", Kind.of(asked.spec()).name())
                .put("dataset", asked.dataset().toString());
        json.set("spec", JSON.valueToTree(asked.spec()));
        return json.put("keepAs", asked.keepAs()).toString();
    }

    /** What {@link #payload} wrote. */
    public static Asked read(String payload) {
        try {
            JsonNode json = JSON.readTree(payload);
            Kind kind = Kind.valueOf(json.required("kind").asText());
            return new Asked(
                    DatasetId.parse(json.required("dataset").asText()),
                    JSON.treeToValue(json.required("spec"), kind.spec),
                    json.required("keepAs").asText());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The payload " + StudioException.quote(payload) + " asks for no exploration",
                    "Submit it with ExploringJobs",
                    e);
        }
    }

    /** Explores, and tells what was found as the result of a job. */
    public static String explored(Explore explore, Dataset dataset, Record spec, ExploreOptions options) {
        return result(dataset, told(explore, dataset, spec, options));
    }

    private static ExploringTool.Told told(Explore explore, Dataset dataset, Record spec, ExploreOptions options) {
        if (spec instanceof ClusterSpec groups) {
            return ClusterRows.told(dataset, explore.clusters(dataset, groups, options));
        }
        if (spec instanceof ComponentSpec components) {
            return PrincipalComponents.told(dataset, explore.components(dataset, components, options));
        }
        if (spec instanceof AnomalySpec anomalies) {
            return FindAnomalies.told(dataset, explore.anomalies(dataset, anomalies, options));
        }
        if (spec instanceof ForecastSpec forecast) {
            return ForecastSeries.told(dataset, explore.forecast(dataset, forecast, options));
        }
        throw new AssertionError(spec);
    }

    private static String result(Dataset dataset, ExploringTool.Told told) {
        ObjectNode json = JSON.createObjectNode()
                .put("type", "exploration")
                .put("id", dataset.id().toString());
        json.set("sentences", JSON.valueToTree(told.lines()));
        json.set("notes", JSON.valueToTree(told.notes()));
        ArrayNode drawings = json.putArray("drawings");
        for (Map.Entry<String, Chart> each : told.charts().entrySet()) {
            ChartTable table = ChartTable.of(each.getValue());
            ObjectNode one = drawings.addObject()
                    .put("name", each.getKey())
                    .put("title", each.getValue().text().title())
                    .put("figure", PlotlyJson.of(each.getValue()));
            one.set("columns", JSON.valueToTree(table.columns()));
            ArrayNode rows = one.putArray("rows");
            table.rows().forEach(row -> row(rows.addArray(), row));
        }
        told.kept().ifPresent(made -> json.put("kept", made.id().toString()));
        return json.toString();
    }

    /** Numbers and truths as they are, all else as people write it. */
    private static void row(ArrayNode json, List<@Nullable Object> row) {
        for (Object value : row) {
            if (value == null || (value instanceof Double number && !Double.isFinite(number))) {
                json.addNull();
            } else if (value instanceof Number || value instanceof Boolean) {
                json.addPOJO(value);
            } else {
                json.add(value.toString());
            }
        }
    }

    /** What {@link #explored} told. */
    public static Finding finding(String result) {
        try {
            JsonNode json = JSON.readTree(result);
            List<Drawing> drawings = new ArrayList<>();
            for (JsonNode each : json.required("drawings")) {
                drawings.add(new Drawing(
                        each.required("name").asText(),
                        each.required("title").asText(),
                        each.required("figure").asText(),
                        texts(each.required("columns")),
                        JSON.convertValue(each.required("rows"), ROWS)));
            }
            return new Finding(
                    texts(json.required("sentences")),
                    texts(json.required("notes")),
                    drawings,
                    json.has("kept")
                            ? Optional.of(DatasetId.parse(json.get("kept").asText()))
                            : Optional.empty());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the result of an exploration is JSON", e);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
