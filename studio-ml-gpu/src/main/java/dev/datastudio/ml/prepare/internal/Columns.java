package dev.datastudio.ml.prepare.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** Numbers of features as numbers of the columns that they are made of. */
public final class Columns {
    private Columns() {}

    /**
     * The sum over the features of each column; that of a product is parted evenly, so that all add up to the same.
     *
     * @param sources the columns that each feature is made of
     * @param amounts of each feature
     */
    public static Map<String, Double> sums(List<List<String>> sources, IntToDoubleFunction amounts) {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (int feature = 0; feature < sources.size(); feature++) {
            List<String> columns = sources.get(feature);
            double part = amounts.applyAsDouble(feature) / columns.size();
            columns.forEach(column -> sums.merge(column, part, Double::sum));
        }
        return sums;
    }
}
