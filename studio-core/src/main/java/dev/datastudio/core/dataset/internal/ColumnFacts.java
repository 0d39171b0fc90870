package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * What is known of a column when its role is told. Immutable.
 *
 * @param position from 0
 * @param rows of the table
 * @param values rows with a value
 * @param distinct different values
 * @param min the least value of an INTEGER column, otherwise 0
 * @param max the greatest value of an INTEGER column, otherwise 0
 */
record ColumnFacts(
        String name, ColumnType type, int position, long rows, long values, long distinct, long min, long max) {
    private static final Set<String> ID = Set.of(
            "id", "ids", "uuid", "guid", "key", "pk", "fk", "sku", "isbn", "ean", "ssn", "iban", "phone", "fax", "url",
            "email", "rownum", "rowid", "index", "unnamed");
    private static final Set<String> CATEGORY = Set.of(
            "code",
            "zip",
            "zipcode",
            "postal",
            "postcode",
            "plz",
            "class",
            "pclass",
            "cluster",
            "group",
            "category",
            "type",
            "level",
            "grade",
            "status",
            "region",
            "zone",
            "stage",
            "segment",
            "flag",
            "bin",
            "label",
            "month",
            "quarter",
            "weekday",
            "dow",
            "week",
            "hour",
            "cohort",
            "tier");
    private static final Set<String> AMOUNT = Set.of(
            "number",
            "count",
            "num",
            "qty",
            "quantity",
            "amount",
            "total",
            "sum",
            "days",
            "hours",
            "minutes",
            "seconds",
            "months",
            "weeks",
            "years",
            "price",
            "cost",
            "sales",
            "profit",
            "revenue",
            "discount",
            "age",
            "score",
            "rating",
            "votes",
            "income",
            "rate",
            "ratio",
            "size",
            "weight",
            "height",
            "length",
            "units",
            "population",
            "pop",
            "distance",
            "delay",
            "duration",
            "salary",
            "temperature",
            "temp");
    private static final Set<String> YEAR = Set.of("year", "yr", "years", "jahr", "annee", "ano");
    private static final int FEW_VALUES = 10;
    private static final int ENOUGH_ROWS = 20;

    /** What the column is for. It steers what is shown first and forbids nothing. */
    ColumnRole role() {
        Set<String> words = Set.copyOf(Arrays.asList(words(name)));
        if (type.isTemporal()) {
            return ColumnRole.TIME;
        }
        if (has(words, ID) && type != ColumnType.BOOLEAN) {
            return ColumnRole.ID;
        }
        if (!type.isNumeric()) {
            return ColumnRole.DIMENSION;
        }
        if (type == ColumnType.INTEGER) {
            return integerRole(words);
        }
        return words.contains("bin") ? ColumnRole.DIMENSION : ColumnRole.MEASURE;
    }

    private ColumnRole integerRole(Set<String> words) {
        if (has(words, YEAR) && values > 0 && min >= 1000 && max <= 2999) {
            return ColumnRole.TIME;
        }
        if (words.contains("bin")) {
            return ColumnRole.DIMENSION;
        }
        if (has(words, AMOUNT)) {
            return ColumnRole.MEASURE;
        }
        if (has(words, CATEGORY)) {
            return ColumnRole.DIMENSION;
        }
        if (countsRows()) {
            return ColumnRole.ID;
        }
        boolean fewKinds = rows > ENOUGH_ROWS && distinct <= FEW_VALUES && distinct > 1;
        return fewKinds && min >= 1 ? ColumnRole.DIMENSION : ColumnRole.MEASURE; // from 0 on it is rather a count
    }

    /** Whether the first column only numbers the rows. */
    private boolean countsRows() {
        return position == 0
                && rows > ENOUGH_ROWS
                && values == rows
                && max - min + 1 == rows
                && distinct >= rows * 9 / 10
                && (min == 0 || min == 1);
    }

    private static boolean has(Set<String> words, Set<String> any) {
        return words.stream().anyMatch(any::contains);
    }

    /** The words of a name, parted by signs and by capitals: {@code OrderID} is order, id. */
    private static String[] words(String name) {
        return Arrays.stream(name.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2")
                        .toLowerCase(Locale.ROOT)
                        .split("[^\\p{L}]+"))
                .filter(w -> !w.isEmpty())
                .distinct()
                .toArray(String[]::new);
    }
}
