package dev.datastudio.core.chart.dataset;

import dev.datastudio.api.chart.PairChart;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request of each kind that a data set has columns for: a first look at everything. */
public final class ChartGallery {
    private static final int MOST_COLOURS = 8;
    private static final int MOST_CATEGORIES = 40;
    private static final int FEW_NUMBERS = 12;

    private final List<Column> numbers = new ArrayList<>();
    private final List<Column> categories = new ArrayList<>();
    private final int varying;
    private @Nullable Column time;

    private ChartGallery(Dataset dataset) {
        for (Column column : dataset.columns()) {
            boolean few = column.distinctCount() >= 2 && column.distinctCount() <= MOST_CATEGORIES;
            boolean counted = column.type() == ColumnType.INTEGER && column.distinctCount() <= FEW_NUMBERS;
            if (column.type().isTemporal() || isYear(column)) {
                time = time == null ? column : time;
            } else if (column.type().isNumeric() && column.role() == ColumnRole.MEASURE && !counted) {
                numbers.add(column);
            } else if (few && column.role() != ColumnRole.ID) {
                categories.add(column);
            }
        }
        varying = DatasetCharts.numbers(dataset).size();
        // Names tell more than numbers that stand for them.
        categories.sort(Comparator.comparing(column -> column.type() != ColumnType.TEXT));
    }

    /** The requests, in the order of {@link ChartKind}; kinds without fitting columns are left out. */
    public static List<ChartRequest> requests(Dataset dataset) {
        ChartGallery gallery = new ChartGallery(dataset);
        List<ChartRequest> requests = new ArrayList<>();
        for (ChartKind kind : ChartKind.values()) {
            ChartRequest.@Nullable Builder request = gallery.request(kind);
            if (request != null) {
                requests.add(request.build());
            }
        }
        return requests;
    }

    private static boolean isYear(Column column) {
        return column.type() == ColumnType.INTEGER && column.name().equalsIgnoreCase("year");
    }

    private ChartRequest.@Nullable Builder request(ChartKind kind) {
        ChartRequest.Builder request = ChartRequest.of(kind);
        return switch (kind) {
            case AUTO -> null;
            case HISTOGRAM -> numbers.isEmpty() ? null : request.x(number(0));
            case DENSITY -> hasCurve() ? coloured(request.x(number(0))) : null;
            case BOX -> numbers.isEmpty() ? null : byCategory(request);
            case VIOLIN -> hasCurve() ? byCategory(request) : null;
            case BAR -> categories.isEmpty() ? null : amount(request.x(category(0)));
            case PIE -> categories.isEmpty() ? null : request.x(category(0));
            case STACKED_BAR ->
                categories.size() < 2 ? null : request.x(category(1)).group(category(0));
            case LINE, AREA -> time == null ? null : amount(request.x(time.name()));
            case STACKED_AREA -> time == null || colour() == null ? null : coloured(request.x(time.name()));
            case SCATTER ->
                numbers.size() < 2 ? null : coloured(request.x(number(0)).y(number(1)));
            case HEATMAP ->
                categories.size() < 2
                        ? null
                        : amountOfPairs(request.x(category(1)).y(category(0)));
            case CORRELATION -> varying < 2 ? null : request;
            case PAIR -> numbers.size() < 2 ? null : coloured(request.columns(few()));
        };
    }

    /** One value that all rows have makes no curve. */
    private boolean hasCurve() {
        return !numbers.isEmpty() && numbers.get(0).distinctCount() != 1;
    }

    private String number(int index) {
        return numbers.get(index).name();
    }

    private String category(int index) {
        return categories.get(index).name();
    }

    private List<String> few() {
        int most = Math.min(4, PairChart.MAX_VARIABLES);
        return numbers.stream().limit(most).map(Column::name).toList();
    }

    private @Nullable Column colour() {
        return categories.stream()
                .filter(c -> c.distinctCount() <= MOST_COLOURS)
                .findFirst()
                .orElse(null);
    }

    private ChartRequest.Builder coloured(ChartRequest.Builder request) {
        @Nullable Column colour = colour();
        return colour == null ? request : request.group(colour.name());
    }

    private ChartRequest.Builder byCategory(ChartRequest.Builder request) {
        return categories.isEmpty()
                ? request.x(number(0))
                : request.x(category(0)).y(number(0));
    }

    private ChartRequest.Builder amount(ChartRequest.Builder request) {
        return numbers.isEmpty() ? request : request.y(number(0));
    }

    private ChartRequest.Builder amountOfPairs(ChartRequest.Builder request) {
        return numbers.isEmpty() ? request : request.columns(List.of(number(0)));
    }
}
