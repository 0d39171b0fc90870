package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads ranges that a number is to fall into: "age groups 0-18, 18-35 and 60+", "under 18, 18 to 40 and over 40". */
final class EdgesReader {
    private static final Set<String> NOUNS = Set.of(
            "group", "groups", "range", "ranges", "bands", "brackets", "buckets", "bins", "intervals", "of", ":");
    private static final Set<String> JOINTS = Set.of(",", "and", "or", ";", "&");
    private static final Set<String> ABOVE = Set.of("over", "above", "older", "more", "or more", "and more", "higher");

    private final Clause clause;
    private final Decisions decisions;
    private final Slots slots;

    EdgesReader(Clause clause, Decisions decisions, Slots slots) {
        this.clause = clause;
        this.decisions = decisions;
        this.slots = slots;
    }

    /** A range with the index of its last word. */
    private record Range(double from, double to, int last) {}

    void read() {
        for (int at = 0; at < clause.size(); at++) {
            if (clause.isAt(at, Item.Kind.COLUMN) && ranges(at)) {
                return;
            }
        }
    }

    private boolean ranges(int column) {
        int at = column + 1;
        while (at < clause.size() && NOUNS.contains(clause.get(at).text().toLowerCase(Locale.ROOT))) {
            at++;
        }
        List<Range> ranges = new ArrayList<>();
        Optional<Range> next = range(at);
        int end = at;
        while (next.isPresent()) {
            ranges.add(next.get());
            end = next.get().last();
            int after = end + 1;
            while (after < clause.size()
                    && JOINTS.contains(clause.get(after).text().toLowerCase(Locale.ROOT))) {
                after++;
            }
            next = after > end + 1 ? range(after) : Optional.empty();
        }
        ColumnEntry entry = clause.get(column).columns().get(0).column();
        Optional<List<Double>> edges = ranges.size() < 2 ? Optional.empty() : edges(ranges);
        if (edges.isEmpty() || !entry.isNumeric()) {
            return false;
        }
        int group = clause.before(column);
        clause.use(column, end);
        if (clause.isAt(group, Tag.GROUP)) {
            clause.use(group);
        }
        take(decisions.column(clause.get(column), ColumnEntry::isNumeric), edges.get());
        return true;
    }

    private void take(ColumnEntry column, List<Double> edges) {
        slots.ranges = new Dimension(column.ref(), new Dimension.Grouping.ByEdges(edges));
        double first = edges.get(0);
        double last = edges.get(edges.size() - 1);
        List<Condition> inside = new ArrayList<>();
        if (Double.isFinite(first)) {
            inside.add(compared(column, Comparator.GREATER_OR_EQUAL, first));
        }
        if (Double.isFinite(last)) {
            inside.add(compared(column, Comparator.LESS_OR_EQUAL, last));
        }
        inside.add(new Condition.Not(new Condition.Missing(column.ref())));
        slots.inRanges = Condition.all(inside);
        decisions.note(
                "The lower edge of a range of " + column.name() + " belongs to it, the upper one to the next.", 0.02);
    }

    private static Condition compared(ColumnEntry column, Comparator comparator, double edge) {
        Object value = ComparisonReader.plain(BigDecimal.valueOf(edge));
        return new Condition.Comparison(column.ref(), comparator, new Expression.Constant(value));
    }

    private Optional<Range> range(int at) {
        if (clause.isAt(at, Tag.COMPARATOR) && clause.isAt(at + 1, Item.Kind.NUMBER)) {
            double edge = number(at + 1);
            return switch (ComparisonReader.comparator(clause.get(at))) {
                case LESS, LESS_OR_EQUAL -> Optional.of(new Range(Double.NEGATIVE_INFINITY, edge, at + 1));
                case GREATER, GREATER_OR_EQUAL -> Optional.of(new Range(edge, Double.POSITIVE_INFINITY, at + 1));
                default -> Optional.empty();
            };
        } else if (!clause.isAt(at, Item.Kind.NUMBER)) {
            return Optional.empty();
        }
        int to = at + 1 < clause.size() && clause.get(at + 1).text().equalsIgnoreCase("to") ? at + 2 : at + 1;
        if (clause.isAt(to, Item.Kind.NUMBER)) {
            return Optional.of(new Range(number(at), number(to), to));
        }
        return Optional.of(new Range(number(at), Double.POSITIVE_INFINITY, open(at)));
    }

    /** "60 and over", "65 or older"; a number by itself, as in "60+", is open as well. */
    private int open(int number) {
        int joint = number + 1;
        int joined = joint < clause.size() && JOINTS.contains(clause.get(joint).text()) ? joint + 1 : joint;
        boolean says = joined < clause.size()
                && ABOVE.contains(clause.get(joined).text().toLowerCase(Locale.ROOT))
                && !clause.isAt(joined + 1, Item.Kind.NUMBER);
        return says ? joined : number;
    }

    private double number(int at) {
        return clause.get(at).value() instanceof BigDecimal n ? n.doubleValue() : Double.NaN;
    }

    /** Where one range ends the next begins, or one later: "0-17, 18-34". */
    private static Optional<List<Double>> edges(List<Range> ranges) {
        List<Double> edges = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            Range range = ranges.get(i);
            double gap = i == 0 ? 0 : range.from() - ranges.get(i - 1).to();
            boolean follows = i == 0 || gap == 0 || gap == 1;
            if (!follows || !(range.from() < range.to())) {
                return Optional.empty();
            }
            edges.add(range.from());
        }
        edges.add(ranges.get(ranges.size() - 1).to());
        return Optional.of(edges);
    }
}
