package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.DatePart;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.TimeGrain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one clause said, before it is decided what it asks for. Not thread-safe. */
final class Slots {
    Condition filter = Condition.always();
    Condition having = Condition.always();
    /** What is grouped by, in order. */
    final List<ColumnEntry> groups = new ArrayList<>();
    /** What is ranked or asked for by "which". */
    final List<ColumnEntry> entities = new ArrayList<>();
    /** Columns with the aggregate that was named; the aggregate is empty where none was. */
    final List<MeasureSlot> measures = new ArrayList<>();
    /** Columns that stand by themselves. */
    final List<ColumnEntry> bare = new ArrayList<>();

    /** Columns of which several values were named to be told apart. */
    final List<ColumnEntry> listed = new ArrayList<>();
    /** Columns that only a part of their name was said of. */
    final Set<ColumnEntry> partial = new HashSet<>();

    final List<String> operations = new ArrayList<>();
    String chart = "";
    boolean comparesGroups;
    boolean counts;
    boolean distinct;
    boolean versus;
    boolean asks;
    boolean asksWhen;
    boolean rowsNamed;
    /** Whether something is wanted for each row. */
    boolean perRow;
    /** Whether the rows were named by a word that is no plural. */
    boolean rowsAsMass;

    @Nullable
    ColumnEntry counted;

    /** The tables that were named, in order; only where there are several. */
    final List<TableEntry> tables = new ArrayList<>();
    /** Those among them that are grouped by. */
    final List<TableEntry> groupedTables = new ArrayList<>();
    /** What is said of rows of other tables that belong to a row. */
    final List<Related> related = new ArrayList<>();
    /** The table whose rows are counted. */
    @Nullable
    TableEntry countedTable;
    /** The table whose rows are asked for. */
    @Nullable
    TableEntry subject;

    int limit;
    /** Whether the greatest value itself is asked for: "what is the highest salary". */
    boolean asksForExtreme;
    /** How many places are passed over: one for "the second highest". */
    int skipped;

    Order.@Nullable Direction rank;
    boolean superlative;
    /** What a quality is measured by: the age of the youngest. */
    @Nullable
    ColumnEntry rankedBy;
    /** Whether a number of first or last groups was asked for. */
    boolean cut;
    /** Whether that was said by "first", which ranks by nothing. */
    boolean firstOnes;
    /** Whether the first or last one is meant, in time or as the table lists its rows. */
    Order.@Nullable Direction ordinal;
    /** Whether what is ranked are the rows themselves: "the youngest player", "the city with the largest area". */
    boolean ranksRows;
    /** "best", "worst" or empty. */
    String judged = "";

    @Nullable
    TimeGrain grain;

    boolean grainIsEntity;
    boolean overTime;

    @Nullable
    DatePart datePart;

    @Nullable
    ColumnEntry time;

    @Nullable
    SortSlot sort;

    /** Numbers that are made of more than an aggregate of a column, as they are to be shown. */
    final List<Measure> computed = new ArrayList<>();
    /** What is done with the numbers of groups; null for nothing. */
    Measure.@Nullable Transform transform;
    /** What a moving window puts together, and how long it is; 0 where no length was named. */
    @Nullable
    Aggregate moving;

    int window;
    /** Whether a change or growth was asked for. */
    boolean changes;
    /** Whether two periods are set against each other. */
    boolean periods;
    /** Ranges that a number is to fall into, and the rows that do. */
    @Nullable
    Dimension ranges;

    Condition inRanges = Condition.always();

    String problem = "";

    /** A column with the aggregate that was named for it. */
    record MeasureSlot(String aggregate, ColumnEntry column) {}

    /**
     * How the rows are to be sorted.
     *
     * @param axis "x", "y" or empty
     */
    record SortSlot(@Nullable ColumnEntry column, String axis, Order.Direction direction) {}

    /** Takes a table for the one whose rows are asked for, if it is the first. */
    void setSubject(TableEntry table) {
        subject = subject == null ? table : subject;
    }

    boolean isOperation(String name) {
        return operations.contains(name);
    }

    boolean hasTime() {
        return grain != null || overTime || datePart != null || time != null;
    }

    /** Every column in any slot but the filter. */
    List<ColumnEntry> all() {
        List<ColumnEntry> all = new ArrayList<>(mentioned());
        all.addAll(groups);
        for (ColumnEntry column : new ColumnEntry[] {counted, time, sort == null ? null : sort.column()}) {
            if (column != null) {
                all.add(column);
            }
        }
        return all;
    }

    /** Every column that was named for its values, measures first. */
    List<ColumnEntry> mentioned() {
        List<ColumnEntry> all = new ArrayList<>();
        measures.forEach(m -> all.add(m.column()));
        all.addAll(bare);
        all.addAll(entities);
        return all.stream().distinct().toList();
    }
}
