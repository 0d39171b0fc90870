package dev.datastudio.ml.explore.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.algorithm.internal.Parameters;
import dev.datastudio.ml.prepare.internal.Encoder;
import dev.datastudio.ml.prepare.internal.FittedPreparation;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.prepare.internal.Preparer;
import dev.datastudio.ml.prepare.internal.RawColumn;
import dev.datastudio.ml.prepare.internal.RawTable;
import dev.datastudio.ml.prepare.internal.Target;
import dev.datastudio.ml.spec.Preparation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rows as points: the columns of a data set as features, by the preparation of models, fitted on all rows.
 *
 * @param table all that was read, also columns that only name rows
 * @param names columns that name rows, of which no features are made
 * @param preparation makes the features of other rows, too
 * @param points the features of each row
 */
record Space(RawTable table, List<String> names, FittedPreparation preparation, Matrix points, List<String> warnings) {
    private static final int FEWEST_ROWS = 20;
    private static final int MOST_NAMES = 3;

    /** What the points are for. */
    enum Use {
        /** Distances: of words a feature a value. */
        GROUPS(30),
        /** Directions: of numbers, unless others are named. */
        DIRECTIONS(30),
        /** Splits: words as ranks by how often they stand, so that rare ones lie at the end. */
        SPLITS(1_000);

        private final int maxCategories;

        Use(int maxCategories) {
            this.maxCategories = maxCategories;
        }
    }

    Space {
        names = List.copyOf(names);
        warnings = List.copyOf(warnings);
    }

    /** The columns that features are made of. */
    List<String> columns() {
        return List.copyOf(preparation.columns().keySet());
    }

    /**
     * Reads the columns that were asked for, or those that are fit.
     *
     * @throws StudioException with {@code UNKNOWN_COLUMN}; {@code INVALID_ARGUMENT} when there are fewer than 20 rows or
     *     no fitting column; {@code LIMIT_EXCEEDED} when they don't fit the memory
     */
    static Space read(Inquiry inquiry, List<String> asked, Use use) {
        Dataset dataset = inquiry.dataset();
        if (dataset.rowCount() < FEWEST_ROWS) {
            throw Checks.wrong(
                    "The data set " + StudioException.quote(dataset.name()) + " has only " + dataset.rowCount()
                            + " rows",
                    "This needs at least " + FEWEST_ROWS + " rows");
        }
        List<String> warnings = new ArrayList<>();
        Map<String, ColumnType> types = new LinkedHashMap<>();
        chosen(dataset, asked, use, warnings).forEach(column -> types.put(column.name(), column.type()));
        if (types.isEmpty()) {
            throw Checks.wrong(
                    "No column of " + StudioException.quote(dataset.name()) + " is fit for this"
                            + (warnings.isEmpty() ? "" : ". " + String.join(" ", warnings)),
                    "Name columns of numbers" + (use == Use.DIRECTIONS ? "" : ", or of words that repeat"));
        }
        List<String> names = dataset.columns().stream()
                .filter(column -> column.role() == ColumnRole.ID && !types.containsKey(column.name()))
                .map(Column::name)
                .limit(MOST_NAMES)
                .toList();
        Map<String, ColumnType> read = new LinkedHashMap<>(types);
        names.forEach(name -> read.put(name, ColumnType.TEXT));
        RawTable table = RawTable.read(
                inquiry.studio(),
                inquiry.caller(),
                dataset,
                read,
                Long.MAX_VALUE,
                inquiry.options().cancellation());
        table.infinite()
                .forEach((name, count) -> warnings.add("The column " + StudioException.quote(name) + " has " + count
                        + " infinite values, which count as missing."));
        return fitted(table, types, names, asked.isEmpty(), use, warnings);
    }

    private static Space fitted(
            RawTable table,
            Map<String, ColumnType> types,
            List<String> names,
            boolean mayLeaveOut,
            Use use,
            List<String> warnings) {
        Preparation spec =
                Parameters.make(Preparation.class, Map.of("maxCategories", use.maxCategories, "scaling", "none"));
        Preparer preparer = new Preparer(spec, new Preparer.Traits(use == Use.SPLITS, false), 0);
        Target nothing = new Target(IntStream.range(0, table.rows()).toArray(), new double[table.rows()], List.of());
        List<RawColumn> columns = types.keySet().stream()
                .map(name -> asNumber(table.column(name)))
                .map(column -> use == Use.DIRECTIONS ? filled(column, warnings) : column)
                .toList();
        Preparer.Fit fit = preparer.fit(columns, mayLeaveOut, nothing);
        // The preparer speaks of training, which there is none of here.
        fit.warnings()
                .forEach(each ->
                        warnings.add(each.replace(" in the training rows", "").replace(" training rows", " rows")));
        FittedPreparation plain = fit.preparation();
        Map<String, ColumnType> used = new LinkedHashMap<>();
        plain.columns().keySet().forEach(name -> used.put(name, types.getOrDefault(name, ColumnType.TEXT)));
        double[][] scale = use == Use.SPLITS ? none(fit.train().columns()) : scale(plain.encoders(), fit.train());
        FittedPreparation scaled =
                new FittedPreparation(used, plain.encoders(), List.of(), List.of(), boxed(scale[0]), boxed(scale[1]));
        double[] points = fit.train().values();
        int width = fit.train().columns();
        for (int i = 0; i < points.length; i++) {
            points[i] = (points[i] - scale[0][i % width]) * scale[1][i % width];
        }
        return new Space(table, names, scaled, new Matrix(points, table.rows(), width), warnings);
    }

    private static List<Column> chosen(Dataset dataset, List<String> asked, Use use, List<String> warnings) {
        if (!asked.isEmpty()) {
            return asked.stream().map(dataset::column).distinct().toList();
        }
        List<Column> chosen = new ArrayList<>();
        for (Column column : dataset.columns()) {
            boolean isNumber = column.type().isNumeric() || column.type() == ColumnType.BOOLEAN;
            boolean isWord = column.type() == ColumnType.TEXT && use != Use.DIRECTIONS;
            if (column.role() == ColumnRole.ID || !(isNumber || isWord)) {
                continue; // names, dates and what can't be computed with say nothing of what rows are like
            }
            if (isWord && column.distinctCount() > use.maxCategories) {
                warnings.add("The column " + StudioException.quote(column.name()) + " has " + column.distinctCount()
                        + " different values and is left out; name it among the columns if it tells something.");
                continue;
            }
            chosen.add(column);
        }
        return chosen;
    }

    /** A point in time counts as a number of days, not as month and weekday beside: those are no sizes. */
    private static RawColumn asNumber(RawColumn column) {
        return column instanceof RawColumn.Numbers numbers && column.type().isTemporal()
                ? new RawColumn.Numbers(column.name(), ColumnType.DECIMAL, numbers.values())
                : column;
    }

    /** Directions are told of numbers themselves and not of whether they are there. */
    private static RawColumn filled(RawColumn column, List<String> warnings) {
        if (!(column instanceof RawColumn.Numbers numbers)) {
            return column;
        }
        double[] sorted = java.util.Arrays.stream(numbers.values())
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        int missing = numbers.values().length - sorted.length;
        if (missing == 0 || sorted.length == 0) {
            return column;
        }
        warnings.add("The column " + StudioException.quote(column.name()) + " has " + missing
                + " missing values, which count as its median.");
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return new RawColumn.Numbers(
                column.name(),
                column.type(),
                java.util.Arrays.stream(numbers.values())
                        .map(value -> Double.isNaN(value) ? median : value)
                        .toArray());
    }

    private static double[][] none(int width) {
        double[] factors = new double[width];
        java.util.Arrays.fill(factors, 1);
        return new double[][] {new double[width], factors};
    }

    /**
     * Numbers are brought to standard deviation 1, so that two rows lie a squared distance of 2 apart on average. Rows with
     * different words lie as far apart, or columns of rare words would outweigh all else.
     */
    private static double[][] scale(List<Encoder> encoders, Matrix points) {
        double[] shifts = new double[points.columns()];
        double[] factors = new double[points.columns()];
        int at = 0;
        for (Encoder encoder : encoders) {
            int width = encoder.names().size();
            for (int i = at; i < at + width; i++) {
                double mean = 0;
                for (int row = 0; row < points.rows(); row++) {
                    mean += points.at(row, i) / points.rows();
                }
                double squares = 0;
                for (int row = 0; row < points.rows(); row++) {
                    double off = points.at(row, i) - mean;
                    squares += off * off / points.rows();
                }
                shifts[i] = mean;
                boolean isSize = encoder instanceof Encoder.Plain && i == at;
                boolean isFlag = encoder instanceof Encoder.OneHot && width == 1;
                factors[i] = isSize ? (squares == 0 ? 1 : 1 / Math.sqrt(squares)) : isFlag ? Math.sqrt(2) : 1;
            }
            at += width;
        }
        return new double[][] {shifts, factors};
    }

    private static List<Double> boxed(double[] values) {
        return java.util.Arrays.stream(values).boxed().toList();
    }
}
