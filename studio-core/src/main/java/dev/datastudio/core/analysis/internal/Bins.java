package dev.datastudio.core.analysis.internal;

/**
 * Bins of numbers made by SQL, by the rule of {@code HistogramBins}: the width of Freedman and Diaconis taken to a
 * round number, edges on its multiples, whole widths for whole numbers, and one bin without an end for a tail that takes
 * at least half of the range.
 *
 * <p>Bin i holds values from origin + i · width up to, not including, the next edge; the last one includes both.
 */
final class Bins {
    private final Sql name;

    private Bins(Sql name) {
        this.name = name;
    }

    /**
     * Puts the table expression that holds where the bins lie beside the rows.
     *
     * @param rows gathered
     * @param value as it is called before
     * @param count about how many bins; 0 lets the data decide
     */
    static Bins of(RowSource rows, Sql value, int count) {
        Dialect dialect = rows.dialect();
        Sql number = dialect.asDouble(value);
        Sql spread = rows.with("spread", spread(dialect, number, rows));
        Sql fenced = rows.with("fenced", fenced(spread, count));
        Sql rough = rows.with("rough", rough(fenced, count));
        Sql round = rows.with("round_width", roundWidth(rough, count));
        Sql name = rows.with("bins", placed(round));
        rows.beside(name);
        return new Bins(name);
    }

    /** The table expression with one row: first, last, low_tail, high_tail, origin, width, digits. */
    Sql name() {
        return name;
    }

    /** The index of a row's bin; one outside them for a gathered tail. */
    Sql index(Sql number) {
        Sql place = Sql.of("floor((", number, " - ", at("origin"), ") / ", at("width"), " + 1e-9)");
        return Sql.of(
                Sql.of("CASE WHEN ", at("low_tail"), " AND ", number, " < ", bound("first")),
                Sql.of(" THEN ", at("first"), " - 1\n    WHEN ", at("high_tail"), " AND ", number),
                Sql.of(" >= ", bound("last"), " THEN ", at("last"), "\n    ELSE least(greatest(", place),
                Sql.of(", ", at("first"), "), ", at("last"), " - 1) END"));
    }

    private Sql bound(String index) {
        return Sql.of(at("origin"), " + ", at(index), " * ", at("width"));
    }

    private Sql at(String column) {
        return Sql.of(name, "." + column);
    }

    /** The lower edge of a bin by its index; missing for the low tail. */
    Sql from(Sql index) {
        return Sql.of("CASE WHEN ", index, " >= ", at("first"), " THEN ", edge(index), " END");
    }

    /** The upper edge of a bin by its index; missing for the high tail. */
    Sql to(Sql index) {
        return Sql.of("CASE WHEN ", index, " < ", at("last"), " THEN ", edge(Sql.of("(", index, " + 1)")), " END");
    }

    private Sql edge(Sql index) {
        return Sql.of("round(", at("origin"), " + ", index, " * ", at("width"), ", ", at("digits"), ")");
    }

    /** The same bins where their columns are read from another table expression. */
    Bins in(Sql table) {
        return new Bins(table);
    }

    private static Sql spread(Dialect dialect, Sql value, RowSource rows) {
        return Sql.of(
                "SELECT count(",
                value,
                ") AS n, min(",
                value,
                ") AS least, max(",
                value,
                ") AS most,\n  ",
                dialect.quantile(value, "0.25"),
                " AS q1, ",
                dialect.quantile(value, "0.75"),
                " AS q3,\n  count(CASE WHEN ",
                value,
                " <> floor(",
                value,
                ") THEN 1 END) = 0 AS whole",
                rows.tail());
    }

    private static Sql fenced(Sql spread, int count) {
        String reach = count > 0
                ? "least"
                : "CASE WHEN least < q1 - 6 * (q3 - q1) AND q3 > q1" + " THEN q1 - 6 * (q3 - q1) ELSE least END";
        String top = count > 0
                ? "most"
                : "CASE WHEN most > q3 + 6 * (q3 - q1) AND q3 > q1" + " THEN q3 + 6 * (q3 - q1) ELSE most END";
        return Sql.of(
                "SELECT *,\n  CASE WHEN top - bottom > (most - least) / 2 THEN least ELSE bottom END AS low,"
                        + "\n  CASE WHEN top - bottom > (most - least) / 2 THEN most ELSE top END AS high,"
                        + "\n  NOT most - least > greatest(abs(least), abs(most)) * 1e-12 AS single"
                        + "\nFROM (SELECT *, " + reach + " AS bottom,\n    " + top + " AS top FROM ",
                spread,
                ") AS reach");
    }

    /** The wanted width; missing for a single value and for whole numbers that get a bin each. */
    private static Sql rough(Sql fenced, int count) {
        String each = count > 0 ? "high - low < " + count : "high - low < 40";
        String wanted = count > 0
                ? "(high - low) / " + count
                : "least((high - low) / 5, greatest((high - low) / 60,\n"
                        + "      CASE WHEN q3 > q1 THEN 2 * (q3 - q1) / cbrt(n) ELSE (high - low) / ceil(sqrt(n)) END))";
        return Sql.of(
                "SELECT *, whole AND " + each + " AS one_each,\n  CASE WHEN NOT single THEN " + wanted
                        + " END AS wanted\nFROM ",
                fenced);
    }

    /** Rounding down may make too many bins, which twice the width mends. */
    private static Sql roundWidth(Sql rough, int count) {
        String fitted =
                count > 0 ? "neat" : "CASE WHEN (high - low) / neat > 60 THEN " + nice("(2 * neat)") + " ELSE neat END";
        return Sql.of(
                "SELECT *, CASE WHEN single THEN most - least + CASE WHEN whole OR least = 0 THEN 1"
                        + " ELSE abs(least) / 10 END\n  WHEN one_each THEN 1\n  WHEN whole THEN"
                        + " greatest(1, round_even(" + fitted + ", 0))\n  ELSE " + fitted
                        + " END AS width\nFROM (SELECT *, " + nice("wanted") + " AS neat FROM ",
                rough,
                ") AS neatly");
    }

    /** The nearest of 1, 2, 2.5, 5 and 10 times a power of ten, by ratio. */
    private static String nice(String width) {
        String power = "power(10, floor(log10(" + width + ")))";
        String lead = width + " / " + power;
        return power + " * CASE WHEN " + lead + " <= sqrt(2) THEN 1 WHEN " + lead + " <= sqrt(5) THEN 2 WHEN " + lead
                + " <= sqrt(12.5) THEN 2.5 WHEN " + lead + " <= sqrt(50) THEN 5 ELSE 10 END";
    }

    private static Sql placed(Sql round) {
        return Sql.of(
                "SELECT *, CASE WHEN single THEN 1"
                        + " ELSE greatest(first + 1, ceil((CASE WHEN one_each THEN ceil(high) + 0.5 ELSE high END"
                        + " - origin) / width - 1e-9)) END AS last,"
                        + "\n  low > least AND least < origin + first * width AS low_tail,"
                        + "\n  high < most AND most > origin + greatest(first + 1,"
                        + " ceil((CASE WHEN one_each THEN ceil(high) + 0.5 ELSE high END - origin) / width - 1e-9))"
                        + " * width AS high_tail,"
                        + "\n  CAST(2 - floor(log10(width)) AS INTEGER) AS digits"
                        + "\nFROM (SELECT *, CASE WHEN single THEN 0 ELSE floor((CASE WHEN one_each"
                        + " THEN floor(low) - 0.5 ELSE low END - origin) / width + 1e-9) END AS first"
                        + "\n  FROM (SELECT *, CASE WHEN single THEN least - (width - (most - least)) / 2"
                        + " WHEN one_each THEN 0.5 ELSE 0 END AS origin\n    FROM ",
                round,
                ") AS begun) AS started");
    }
}
