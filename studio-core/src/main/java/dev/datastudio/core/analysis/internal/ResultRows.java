package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.analysis.StepColumn;
import dev.datastudio.core.analysis.StepColumn.Origin;
import dev.datastudio.core.analysis.StepColumn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of a step with what their columns are. Immutable. */
record ResultRows(List<StepColumn> columns, QueryResult result) {
    int size() {
        return result.rows().size();
    }

    List<@Nullable Object> row(int row) {
        return result.rows().get(row);
    }

    @Nullable
    Object value(int row, int column) {
        return row(row).get(column);
    }

    @Nullable
    Double findNumber(int row, int column) {
        return value(row, column) instanceof Number number ? number.doubleValue() : null;
    }

    /** A finite number; NaN when there is none. */
    double number(int row, int column) {
        Double number = findNumber(row, column);
        return number == null || number.isInfinite() ? Double.NaN : number;
    }

    String label(int column) {
        return columns.get(column).label();
    }

    List<Integer> measures() {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).origin() instanceof Origin.OfMeasure) {
                found.add(i);
            }
        }
        return found;
    }

    Optional<Integer> firstMeasure() {
        return measures().stream().findFirst();
    }

    Optional<Integer> find(Role role) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).origin() instanceof Origin.OfOperation o && o.role() == role) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    int at(Role role) {
        return find(role).orElseThrow(() -> new IllegalStateException("There is no column of " + role));
    }

    /** The first row with the greatest (1) or least (-1) number; -1 when there is none. */
    int extreme(int column, int sign) {
        int best = -1;
        double value = 0;
        for (int i = 0; i < size(); i++) {
            Double number = findNumber(i, column);
            if (number != null && (best < 0 || sign * number > sign * value)) {
                best = i;
                value = number;
            }
        }
        return best;
    }

    /** The first row with a number and a name; -1 when there is none. */
    int firstWithValue(int column) {
        for (int i = 0; i < size(); i++) {
            if (findNumber(i, column) != null && value(i, 0) != null) {
                return i;
            }
        }
        return -1;
    }

    /** The last row with a number and a name; -1 when there is none. */
    int lastWithValue(int column) {
        for (int i = size() - 1; i >= 0; i--) {
            if (findNumber(i, column) != null && value(i, 0) != null) {
                return i;
            }
        }
        return -1;
    }
}
