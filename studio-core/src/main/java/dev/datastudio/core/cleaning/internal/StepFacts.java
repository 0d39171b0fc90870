package dev.datastudio.core.cleaning.internal;

import static dev.datastudio.api.error.StudioException.quote;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.Expression.Constant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The statistics that a step works with: those recorded before, else computed now. Not thread-safe. */
final class StepFacts {
    private final Function<Fragment, List<@Nullable Object[]>> rows;
    private final Map<String, Constant> recorded;
    private final Map<String, Constant> used = new LinkedHashMap<>();

    /**
     * @param rows runs a query before this step
     * @param recorded by name; empty to compute all
     */
    StepFacts(Function<Fragment, List<@Nullable Object[]>> rows, Map<String, Constant> recorded) {
        this.rows = rows;
        this.recorded = Map.copyOf(recorded);
    }

    /** Statistics of a column. Values that a query can't give are told as a column without enough values. */
    List<Constant> get(
            InputColumn column, List<String> names, Fragment query, Function<Object[], List<Double>> fences) {
        if (!recorded.keySet().containsAll(names)) {
            @Nullable Object[] row = first(query);
            Object[] values = new Object[row.length];
            for (int i = 0; i < row.length; i++) {
                Object value = row[i];
                if (value == null) {
                    throw tooFew(column);
                }
                values[i] = value;
            }
            List<Double> computed = fences.apply(values);
            for (int i = 0; i < names.size(); i++) {
                used.put(names.get(i), new Constant(Values.rounded(computed.get(i))));
            }
        } else {
            names.forEach(name -> used.put(name, recorded.get(name)));
        }
        return names.stream().map(used::get).toList();
    }

    /** One statistic of a column. */
    Constant get(InputColumn column, String name, Fragment query) {
        Constant known = recorded.get(name);
        if (known == null) {
            @Nullable Object[] row = first(query);
            Object value = row.length == 0 ? null : row[0];
            if (value == null) {
                throw tooFew(column);
            }
            known = Values.constant(value);
        }
        used.put(name, known);
        return known;
    }

    private @Nullable Object[] first(Fragment query) {
        List<@Nullable Object[]> found = rows.apply(query);
        return found.isEmpty() ? new @Nullable Object[0] : found.get(0);
    }

    /** A count of rows, which is no statistic and never recorded. */
    long count(Fragment query) {
        Object value = first(query)[0];
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static StudioException tooFew(InputColumn column) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "Column " + quote(column.name()) + " has too few values to compute the statistic of",
                "Give a value of your own, or leave the step out");
    }

    /** What was used, by name. */
    Map<String, Constant> used() {
        return Map.copyOf(used);
    }
}
