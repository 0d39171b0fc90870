package dev.datastudio.core.profile.internal;

import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.core.profile.Accuracy;
import dev.datastudio.core.profile.CorrelationMatrix;
import dev.datastudio.core.profile.CorrelationMatrix.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** The four matrices of association. Product moments come from all rows where these are few pairs, else the sample. */
final class CorrelationScan {
    /** So many columns of a kind are compared at most. */
    static final int MAX_COLUMNS = 50;
    /** A column of categories has so many at most. */
    static final int MAX_KINDS = 100;

    private static final long EXACT_PAIR_ROWS = 100_000_000;

    private final ProfileSession session;
    private final SampleTable sample;
    private final long rows;
    private final List<String> notes;

    CorrelationScan(ProfileSession session, SampleTable sample, long rows, List<String> notes) {
        this.session = session;
        this.sample = sample;
        this.rows = rows;
        this.notes = notes;
    }

    List<CorrelationMatrix> run(List<ColumnBuilder> all) {
        List<ColumnBuilder> numeric = limited(
                all.stream()
                        .filter(column -> column.isNumeric()
                                && column.column.role() != ColumnRole.ID
                                && column.greatest > column.least)
                        .toList(),
                "columns of numbers");
        List<ColumnBuilder> kinds = limited(
                all.stream().filter(column -> column.isCategory(MAX_KINDS)).toList(), "columns of categories");
        session.report("comparing columns", 0, all.size());
        List<double[]> numbers = sample.numbers(numeric);
        List<int[]> codes = sample.codes(kinds);
        List<CorrelationMatrix> matrices = new ArrayList<>();
        if (numeric.size() > 1) {
            matrices.add(pearson(numeric, numbers));
            matrices.add(spearman(numeric, numbers));
        }
        if (kinds.size() > 1) {
            matrices.add(matrix(
                    Method.CRAMERS_V,
                    kinds,
                    kinds,
                    row -> column -> row == column ? 1 : Associations.cramersV(codes.get(row), codes.get(column))));
        }
        if (!kinds.isEmpty() && !numeric.isEmpty()) {
            matrices.add(matrix(
                    Method.CORRELATION_RATIO,
                    kinds,
                    numeric,
                    row -> column -> Associations.correlationRatio(codes.get(row), numbers.get(column))));
        }
        return matrices;
    }

    private List<ColumnBuilder> limited(List<ColumnBuilder> columns, String what) {
        if (columns.size() <= MAX_COLUMNS) {
            return columns;
        }
        notes.add("Correlations are those of the first " + MAX_COLUMNS + " of " + columns.size() + " " + what + ".");
        return columns.subList(0, MAX_COLUMNS);
    }

    private interface Pairs {
        IntToDoubleFunction row(int row);
    }

    private CorrelationMatrix matrix(
            Method method, List<ColumnBuilder> rowColumns, List<ColumnBuilder> columnColumns, Pairs pairs) {
        boolean symmetric = rowColumns.equals(columnColumns);
        List<List<Double>> values = new ArrayList<>();
        for (int row = 0; row < rowColumns.size(); row++) {
            session.report("comparing columns", row, rowColumns.size());
            List<Double> line = new ArrayList<>();
            for (int column = 0; column < columnColumns.size(); column++) {
                line.add(
                        symmetric && column < row
                                ? values.get(column).get(row)
                                : pairs.row(row).applyAsDouble(column));
            }
            values.add(line);
        }
        return new CorrelationMatrix(
                method,
                names(rowColumns),
                names(columnColumns),
                values,
                sample.rows(),
                sample.rows() == rows ? Accuracy.EXACT : Accuracy.SAMPLED);
    }

    private CorrelationMatrix spearman(List<ColumnBuilder> columns, List<double[]> numbers) {
        List<double[]> ranks = numbers.stream().map(Associations::ranks).toList();
        return matrix(
                Method.SPEARMAN,
                columns,
                columns,
                row -> column -> row == column
                        ? 1
                        : Associations.spearman(
                                numbers.get(row), ranks.get(row), numbers.get(column), ranks.get(column)));
    }

    private CorrelationMatrix pearson(List<ColumnBuilder> columns, List<double[]> numbers) {
        long pairs = (long) columns.size() * (columns.size() - 1) / 2;
        if (sample.rows() == rows || pairs * rows > EXACT_PAIR_ROWS) {
            return matrix(
                    Method.PEARSON,
                    columns,
                    columns,
                    row -> column -> row == column ? 1 : Associations.pearson(numbers.get(row), numbers.get(column)));
        }
        return exactPearson(columns);
    }

    /** Of standardized values, so that sums keep their digits; without missing values their products are enough. */
    private CorrelationMatrix exactPearson(List<ColumnBuilder> columns) {
        List<String> expressions = new ArrayList<>();
        for (int row = 0; row < columns.size(); row++) {
            for (int column = row + 1; column < columns.size(); column++) {
                expressions.add(pair(columns.get(row), columns.get(column)));
            }
        }
        String values = String.join(
                ", ",
                columns.stream()
                        .map(column -> NumberScan.standardized(column) + " AS " + NumberScan.z(column))
                        .toList());
        SqlRow result = session.row("SELECT " + String.join(", ", expressions) + " FROM (SELECT " + values + " FROM "
                + ProfileSession.DATA + ")");
        double[][] matrix = new double[columns.size()][columns.size()];
        for (int row = 0; row < columns.size(); row++) {
            matrix[row][row] = 1;
            for (int column = row + 1; column < columns.size(); column++) {
                matrix[row][column] = correlation(columns.get(row), columns.get(column), result.asDouble());
                matrix[column][row] = matrix[row][column];
            }
        }
        List<List<Double>> lists = new ArrayList<>();
        for (double[] row : matrix) {
            lists.add(Arrays.stream(row).boxed().toList());
        }
        return new CorrelationMatrix(Method.PEARSON, names(columns), names(columns), lists, rows, Accuracy.EXACT);
    }

    private static boolean isComplete(ColumnBuilder a, ColumnBuilder b) {
        return a.count == a.rows && b.count == b.rows;
    }

    private static String pair(ColumnBuilder a, ColumnBuilder b) {
        return isComplete(a, b)
                ? "avg(" + NumberScan.z(a) + " * " + NumberScan.z(b) + ")"
                : "corr(" + NumberScan.z(a) + ", " + NumberScan.z(b) + ")";
    }

    private static double correlation(ColumnBuilder a, ColumnBuilder b, double value) {
        if (!isComplete(a, b)) {
            return value;
        }
        double covariance = value - a.meanOfStandardized * b.meanOfStandardized;
        double r = covariance / (a.deviationOfStandardized * b.deviationOfStandardized);
        return Math.max(-1, Math.min(1, r));
    }

    private static List<String> names(List<ColumnBuilder> columns) {
        return columns.stream().map(column -> column.column.name()).toList();
    }
}
