package dev.datastudio.core.tool.internal;

import dev.datastudio.core.profile.ColumnDetails;
import dev.datastudio.core.profile.CorrelationMatrix;
import dev.datastudio.core.profile.CorrelationMatrix.Method;
import dev.datastudio.core.profile.DatasetProfile;
import dev.datastudio.core.profile.DatasetProfile.Overview;
import dev.datastudio.core.profile.NumberDetails;
import dev.datastudio.core.profile.ProfileAlert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A profile in at most {@value #MAX_CHARACTERS} characters: alerts first, then columns, then how they hang together. */
final class ProfileBrief {
    static final int MAX_CHARACTERS = 6_000;

    private static final int FOR_REST = 1_500;
    private static final int FOR_COLUMNS = 3_500;
    private static final int SHOWN_PAIRS = 10;
    private static final int SHOWN_VALUES = 3;
    private static final double WEAK = 0.3;

    private final DatasetProfile profile;
    private final Set<String> columns;

    /** Two columns and how strongly they hang together. */
    private record Pair(Method method, String first, String second, double value) {}

    /** @param columns the names of those to tell of */
    ProfileBrief(DatasetProfile profile, List<String> columns) {
        this.profile = profile;
        this.columns = new LinkedHashSet<>(columns);
    }

    String text() {
        Lines lines = new Lines(MAX_CHARACTERS);
        Overview all = profile.overview();
        lines.add("Data set " + Lines.clean(profile.name()) + ": " + Lines.count(all.rows(), "row") + ", "
                + Lines.count(all.columns(), "column") + ", " + Lines.percent(all.missingShare())
                + " of the cells missing, " + Lines.count(all.duplicateRows(), "duplicate row"));
        List<String> alerts = profile.alerts().stream()
                .filter(this::isTold)
                .map(alert -> alert.severity() + ": " + Lines.sentence(alert.message()))
                .toList();
        lines.add(alerts.isEmpty() ? "Alerts: none" : "Alerts:");
        lines.addAll(alerts, FOR_COLUMNS, "alert");
        lines.add("Columns (name | type, role | missing | distinct | values):");
        lines.addAll(
                profile.columns().stream()
                        .filter(column -> columns.contains(column.name()))
                        .map(ProfileBrief::column)
                        .toList(),
                FOR_REST,
                "column");
        addSection(lines, "Associations:", pairs());
        addSection(lines, "Keys and dependencies:", keys());
        addSection(
                lines, "Notes:", profile.notes().stream().map(Lines::sentence).toList());
        return lines.toString();
    }

    private boolean isTold(ProfileAlert alert) {
        return alert.columns().isEmpty() || alert.columns().stream().anyMatch(columns::contains);
    }

    private static void addSection(Lines lines, String title, List<String> content) {
        if (!content.isEmpty() && lines.add(title)) {
            lines.addAll(content, 0, "line");
        }
    }

    private static String column(ColumnDetails column) {
        String type = column.type().name().toLowerCase(Locale.ROOT)
                + (column.unit().isEmpty() ? "" : " in " + Lines.clean(column.unit()));
        return Lines.clean(column.name()) + " | " + type + ", "
                + column.role().name().toLowerCase(Locale.ROOT) + " | "
                + (column.missing() == 0 ? "0" : Lines.percent(column.missingShare())) + " | " + column.distinct()
                + " | " + values(column);
    }

    private static String values(ColumnDetails column) {
        if (column.isEmpty()) {
            return "none";
        }
        if (column.numbers().isPresent() && column.distinct() > 1) {
            return numbers(column.numbers().get());
        }
        String top = column.top().stream()
                .limit(SHOWN_VALUES)
                .map(value -> Lines.clean(value.value()) + " " + Lines.percent((double) value.count() / column.count()))
                .collect(Collectors.joining(", "));
        boolean range = column.times().isPresent() && !column.min().isEmpty();
        return range ? Lines.clean(column.min()) + " to " + Lines.clean(column.max()) : top;
    }

    private static String numbers(NumberDetails numbers) {
        return "min " + Lines.number(numbers.min()) + ", quartiles " + Lines.number(numbers.quantile(0.25)) + " "
                + Lines.number(numbers.median()) + " " + Lines.number(numbers.quantile(0.75)) + ", max "
                + Lines.number(numbers.max()) + ", mean " + Lines.number(numbers.mean()) + ", sd "
                + Lines.number(numbers.deviation()) + ", skewness " + Lines.number(numbers.skewness()) + ", "
                + Lines.count(numbers.outliers().count(), "outlier");
    }

    /** Rank correlation tells what the linear one does, and more; both would fill the room with twins. */
    private List<String> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (CorrelationMatrix matrix : profile.correlations()) {
            if (matrix.method() != Method.PEARSON) {
                addPairs(matrix, pairs);
            }
        }
        return pairs.stream()
                .sorted(Comparator.comparingDouble((Pair pair) -> -Math.abs(pair.value())))
                .limit(SHOWN_PAIRS)
                .map(pair -> Lines.clean(pair.first()) + " – " + Lines.clean(pair.second()) + ": "
                        + words(pair.method()) + " " + String.format(Locale.ROOT, "%.2f", pair.value()))
                .toList();
    }

    private void addPairs(CorrelationMatrix matrix, List<Pair> pairs) {
        boolean mirrored = matrix.method() != Method.CORRELATION_RATIO;
        for (int row = 0; row < matrix.rowColumns().size(); row++) {
            for (int column = mirrored ? row + 1 : 0;
                    column < matrix.columnColumns().size();
                    column++) {
                Pair pair = new Pair(
                        matrix.method(),
                        matrix.rowColumns().get(row),
                        matrix.columnColumns().get(column),
                        matrix.values().get(row).get(column));
                boolean told = columns.contains(pair.first()) || columns.contains(pair.second());
                if (told && Math.abs(pair.value()) >= WEAK) {
                    pairs.add(pair);
                }
            }
        }
    }

    private static String words(Method method) {
        return switch (method) {
            case PEARSON -> "Pearson";
            case SPEARMAN -> "Spearman";
            case CRAMERS_V -> "Cramér's V";
            case CORRELATION_RATIO -> "correlation ratio";
        };
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        profile.keys().stream()
                .filter(key -> columns.containsAll(key.columns()))
                .map(key -> "Key: " + key.columns().stream().map(Lines::clean).collect(Collectors.joining(" and ")))
                .forEach(keys::add);
        profile.dependencies().stream()
                .filter(known -> columns.contains(known.determinant()) && columns.contains(known.dependent()))
                .map(known -> Lines.clean(known.determinant()) + " tells " + Lines.clean(known.dependent()))
                .forEach(keys::add);
        return keys;
    }
}
