package dev.datastudio.core.analysis.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Equally wide bins as a table expression of their edges, which rows are joined to by the number of their bin. Immutable.
 *
 * <p>Bin 0 is the first one with two edges; its number is the distance from that edge in widths, rounded down. A
 * billionth of a width is added first, because 0.3 / 0.1 is a hair below 3 in binary. Whatever lies below the first edge
 * is in the tail before it, and the last bin or tail takes all that is left, so that no value is lost.
 */
final class Bins {
    private final Dialect dialect;
    private final double[] edges;
    private final int low;
    private final boolean equal;
    private final Sql name;
    private final Sql bin;
    private final Sql from;
    private final Sql to;

    /**
     * Adds the table expression to the rows.
     *
     * @param edges as {@code HistogramBins} gives them; empty when there are no values, then every value is outside
     */
    Bins(RowSource rows, double[] edges) {
        this(rows, edges, true);
    }

    private Bins(RowSource rows, double[] edges, boolean equal) {
        this.equal = equal;
        this.dialect = rows.dialect();
        this.edges = edges.length == 0 ? new double[] {0, 1} : edges;
        this.low = Double.isInfinite(this.edges[0]) ? 1 : 0;
        String number = rows.freeColumn("bin");
        String least = rows.freeColumn("low");
        String most = rows.freeColumn("high");
        this.name = rows.with("bins", List.of(number, least, most), dialect.values(lines()));
        this.bin = Sql.of(name, "." + number);
        this.from = Sql.of(name, "." + least);
        this.to = Sql.of(name, "." + most);
    }

    /** Ranges between given edges, of any widths; values outside are in none. */
    static Bins between(RowSource rows, List<Double> edges) {
        return new Bins(rows, edges.stream().mapToDouble(Double::doubleValue).toArray(), false);
    }

    Sql name() {
        return name;
    }

    /** The lower edge; missing for the low tail. */
    Sql from() {
        return from;
    }

    /** The upper edge; missing for the high tail. */
    Sql to() {
        return to;
    }

    /** Whether a value is in the bin. */
    Sql holds(Sql value) {
        int last = edges.length - 2;
        if (!equal) {
            return Sql.of(bin, " = ", number(value, last));
        }
        double origin = edges[low];
        Sql distance = origin == 0
                ? value
                : Sql.of("(", value, origin < 0 ? " + " : " - ", dialect.typed(Math.abs(origin)), ")");
        return Sql.of(
                bin,
                Sql.of(" = CASE", low == 0 ? Sql.EMPTY : Sql.of(" WHEN ", value, " < ", edge(low), " THEN -1")),
                Sql.of(" WHEN ", value, " >= ", edge(last), " THEN " + (last - low)),
                Sql.of(" ELSE floor(", distance, " / ", dialect.typed(width()), " + 1e-9) END"));
    }

    private Sql number(Sql value, int last) {
        List<Sql> cases = new ArrayList<>();
        if (Double.isFinite(edges[0])) {
            cases.add(Sql.of("WHEN ", value, " < ", edge(0), " THEN NULL"));
        }
        for (int i = 0; i < last; i++) {
            cases.add(Sql.of("WHEN ", value, " < ", edge(i + 1), " THEN " + (i - low)));
        }
        boolean open = Double.isInfinite(edges[last + 1]);
        Sql rest = open ? Sql.of(value, " >= ", edge(last)) : Sql.of(value, " <= ", edge(last + 1));
        cases.add(Sql.of("WHEN ", rest, " THEN " + (last - low)));
        return Sql.of("CASE ", Sql.join(" ", cases), " END");
    }

    /** The width of the bounded bins, without the noise that a difference of edges has in its last digits. */
    private double width() {
        int high = edges.length - (Double.isInfinite(edges[edges.length - 1]) ? 2 : 1);
        double width = (edges[high] - edges[low]) / (high - low);
        return new BigDecimal(width, new MathContext(12)).doubleValue();
    }

    private List<List<Sql>> lines() {
        List<List<Sql>> lines = new ArrayList<>();
        for (int i = 0; i + 1 < edges.length; i++) {
            lines.add(List.of(Sql.of(String.valueOf(i - low)), edge(i), edge(i + 1)));
        }
        return lines;
    }

    private Sql edge(int index) {
        double edge = edges[index];
        if (Double.isInfinite(edge)) {
            return Sql.of("NULL");
        }
        boolean whole = edge == Math.rint(edge) && Math.abs(edge) < 1e15;
        return whole ? Sql.of(String.valueOf((long) edge)) : dialect.typed(edge);
    }
}
