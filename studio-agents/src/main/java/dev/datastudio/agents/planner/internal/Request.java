package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the sentences of a request have said so far. Not thread-safe. */
final class Request {
    private static final double USUAL_LEVEL = 0.05;

    private final Decisions decisions;
    private final List<RequestTask> tasks = new ArrayList<>();
    private final Map<String, ColumnEntry> derived = new LinkedHashMap<>();
    private final Map<ColumnEntry, ColumnEntry> transformed = new LinkedHashMap<>();
    private final Map<ColumnEntry, Order.Direction> ranks = new HashMap<>();
    private final Set<ColumnEntry> mentioned = new HashSet<>();

    Detail.@Nullable OutlierMethod outlierMethod;
    double outlierThreshold;
    boolean populationDeviation;
    boolean populationShape;
    Detail.@Nullable TestKind testKind;
    Detail.Alternative alternative = Detail.Alternative.TWO_SIDED;
    double level = USUAL_LEVEL;
    double reference;
    /** Whether a p-value or a verdict is wanted of a correlation. */
    boolean significance;

    /** Whether a verdict about normality follows from skewness rather than from a test. */
    boolean judgesByShape;
    /** Whether it follows from kurtosis as well. */
    boolean judgesByTails;

    /** Whether a test of groups is named anywhere, so that "differ" asks for it. */
    boolean namesTest;

    Detail.@Nullable TestKind coefficient;
    Condition filter = Condition.always();
    String problem = "";
    private boolean fills;
    /** A new column whose formula is still to come; empty for none. */
    String pendingName = "";

    Request(Decisions decisions) {
        this.decisions = decisions;
    }

    Decisions decisions() {
        return decisions;
    }

    List<RequestTask> tasks() {
        return tasks;
    }

    /** Adds a task; what is done to the rows only once. */
    void add(RequestTask task) {
        boolean again = task instanceof RequestTask.Prepare && tasks.contains(task);
        if (!again) {
            tasks.add(task);
        }
    }

    /** The column that an item means: a derived one by its name, else the one that the schema links. */
    ColumnEntry column(Item item, Predicate<ColumnEntry> fits) {
        ColumnEntry made = derived.get(key(item.text()));
        List<ColumnEntry> spokenOf = item.columns().stream()
                .map(ColumnMatch::column)
                .filter(c -> mentioned.contains(c) && fits.test(c))
                .distinct()
                .toList();
        boolean again = item.columns().size() > 1 && spokenOf.size() == 1;
        ColumnEntry column = made != null ? made : again ? spokenOf.get(0) : decisions.column(item, fits);
        mentioned.add(column);
        return column;
    }

    ColumnEntry quantity(Item item) {
        return column(item, ColumnEntry::isNumeric);
    }

    boolean isDerived(Item item) {
        return derived.containsKey(key(item.text()));
    }

    /** Whether a column was used by anything so far. */
    boolean knows(Item item) {
        return isDerived(item) || item.columns().stream().anyMatch(m -> mentioned.contains(m.column()));
    }

    /** A new column, which is linked by its name from now on. */
    ColumnEntry derive(String name, Expression value, boolean isNumber) {
        String free = freeName(name);
        String table = decisions.index().dataset().table();
        var column = new Column(
                free,
                isNumber ? ColumnType.DECIMAL : ColumnType.TEXT,
                isNumber ? ColumnRole.MEASURE : ColumnRole.DIMENSION,
                "",
                -1,
                0);
        List<String> parts = Names.parts(free);
        List<String> named = parts.isEmpty() ? List.of(free) : parts;
        var entry = new ColumnEntry(table, column, -1, named, named);
        derived.put(key(name), entry);
        add(new RequestTask.Prepare(new Cleaning.Derived(entry.ref(), value)));
        return entry;
    }

    /** How a new column was defined. */
    Optional<Expression> definition(String name) {
        ColumnEntry column = derived.get(key(name));
        return tasks.stream()
                .filter(t -> column != null
                        && t instanceof RequestTask.Prepare p
                        && p.cleaning() instanceof Cleaning.Derived d
                        && d.column().equals(column.ref()))
                .map(t -> ((Cleaning.Derived) ((RequestTask.Prepare) t).cleaning()).value())
                .findFirst();
    }

    private String freeName(String name) {
        String free = name;
        for (int i = 2; isTaken(free); i++) {
            free = name + " " + i;
        }
        return free;
    }

    private boolean isTaken(String name) {
        return decisions.index().find(name).isPresent()
                || derived.values().stream().anyMatch(c -> c.name().equalsIgnoreCase(name));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).strip();
    }

    /** A column whose values take the place of another's, as a logarithm does. */
    void transform(ColumnEntry column, ColumnEntry into) {
        transformed.put(column, into);
    }

    /** The column that stands for another after it was transformed. */
    ColumnEntry current(ColumnEntry column) {
        return transformed.getOrDefault(column, column);
    }

    /** The column that was derived last. */
    Optional<ColumnEntry> lastDerived() {
        return derived.values().stream().reduce((a, b) -> b);
    }

    /** The columns of the tasks so far, in order. */
    List<ColumnEntry> taskColumns() {
        Set<ColumnEntry> columns = new LinkedHashSet<>();
        for (RequestTask task : tasks) {
            if (task instanceof RequestTask.Describe d) {
                columns.addAll(d.columns());
            } else if (task instanceof RequestTask.Normality n) {
                columns.addAll(n.columns());
            } else if (task instanceof RequestTask.Correlate c) {
                columns.addAll(c.columns());
            } else if (task instanceof RequestTask.Outliers o) {
                columns.addAll(o.columns());
            } else if (task instanceof RequestTask.Test t) {
                columns.addAll(t.columns());
            } else if (task instanceof RequestTask.RemoveOutliers r) {
                columns.addAll(r.columns());
            } else if (task instanceof RequestTask.Line l) {
                columns.addAll(List.of(l.explained(), l.by()));
            } else if (task instanceof RequestTask.Plain p) {
                columns.addAll(measured(p));
            } else if (task instanceof RequestTask.Prepare p && p.cleaning() instanceof Cleaning.Filled f) {
                decisions.index().find(f.column().name()).ifPresent(columns::add);
            }
        }
        return List.copyOf(columns);
    }

    /** The columns that steps of a plain sentence compute something of. */
    private List<ColumnEntry> measured(RequestTask.Plain plain) {
        return plain.steps().stream()
                .flatMap(s -> s.measures().stream())
                .flatMap(m -> m.columns().stream())
                .flatMap(c -> decisions.index().find(c.name()).stream())
                .toList();
    }

    private List<ColumnEntry> grouped(RequestTask.Plain plain) {
        return plain.steps().stream()
                .flatMap(s -> Stream.concat(
                        s.dimensions().stream().flatMap(d -> d.of().columns().stream()), s.filter().columns().stream()))
                .flatMap(c -> decisions.index().find(c.name()).stream())
                .toList();
    }

    /** Columns with the stored ones that derived ones among them are computed of. */
    List<ColumnEntry> sources(List<ColumnEntry> columns) {
        Set<ColumnEntry> all = new LinkedHashSet<>(columns);
        for (RequestTask task : tasks) {
            if (task instanceof RequestTask.Prepare p && p.cleaning() instanceof Cleaning.Derived d) {
                boolean wanted = all.stream().anyMatch(c -> c.ref().equals(d.column()));
                List<Expression.ColumnRef> of = wanted ? d.value().columns() : List.of();
                of.forEach(c -> decisions.index().find(c.name()).ifPresent(all::add));
            }
        }
        return List.copyOf(all);
    }

    /** The columns that stand for others, in order. */
    List<ColumnEntry> transformed() {
        return List.copyOf(transformed.values());
    }

    /** "The mean for 4 cylinders and for 8": a number for each of the values that are named. */
    void tellApart(Condition.OneOf several, int from) {
        List<ColumnEntry> columns = several.columns().stream()
                .flatMap(c -> decisions.index().find(c.name()).stream())
                .toList();
        for (int i = from; i < tasks.size(); i++) {
            boolean describes =
                    tasks.get(i) instanceof RequestTask.Describe d && d.groups().isEmpty() && columns.size() == 1;
            if (describes && tasks.get(i) instanceof RequestTask.Describe d) {
                tasks.set(
                        i, new RequestTask.Describe(d.statistics(), d.columns(), columns, d.filter(), d.ofOutliers()));
            }
        }
    }

    /** Whether a condition was read already. */
    boolean isFiltered() {
        return !filter.equals(Condition.always())
                || tasks.stream().anyMatch(t -> !conditionOf(t).equals(Condition.always()));
    }

    private static Condition conditionOf(RequestTask task) {
        if (task instanceof RequestTask.Describe d) {
            return d.filter();
        } else if (task instanceof RequestTask.Correlate c) {
            return c.filter();
        } else if (task instanceof RequestTask.Test t) {
            return t.filter();
        } else if (task instanceof RequestTask.Outliers o) {
            return o.filter();
        } else if (task instanceof RequestTask.Plain p && !p.steps().isEmpty()) {
            return p.steps().get(0).filter();
        }
        return Condition.always();
    }

    /** Says in which order the groups of a column are shown. */
    void rank(ColumnEntry group, Order.Direction direction) {
        ranks.put(group, direction);
    }

    Optional<Order.Direction> rank(List<ColumnEntry> groups) {
        return groups.size() == 1 ? Optional.ofNullable(ranks.get(groups.get(0))) : Optional.empty();
    }

    /** Takes back what was added since a number of tasks. */
    void backTo(int count) {
        tasks.subList(count, tasks.size()).clear();
    }

    /** A t-test that doesn't take the variances of the groups to be equal is Welch's. */
    void unequalVariances() {
        if (testKind == null || testKind == Detail.TestKind.T_TEST) {
            testKind = Detail.TestKind.WELCH_T_TEST;
        }
    }

    /** Whether a column that a sentence mentions is one that a task is about. */
    boolean isUsed(Item item) {
        Set<ColumnEntry> used = new HashSet<>(taskColumns());
        for (RequestTask task : tasks) {
            if (task instanceof RequestTask.Prepare p && p.cleaning() instanceof Cleaning.Derived d) {
                d.value()
                        .columns()
                        .forEach(c -> decisions.index().find(c.name()).ifPresent(used::add));
            } else if (task instanceof RequestTask.Prepare p && p.cleaning() instanceof Cleaning.Filled f) {
                decisions.index().find(f.column().name()).ifPresent(used::add);
            } else if (task instanceof RequestTask.RemoveMissing m) {
                used.addAll(m.columns());
            } else if (task instanceof RequestTask.Missing m) {
                used.addAll(m.columns());
            } else if (task instanceof RequestTask.Test t) {
                used.addAll(t.groups());
            } else if (task instanceof RequestTask.Describe d) {
                used.addAll(d.groups());
            } else if (task instanceof RequestTask.Outliers o) {
                used.addAll(o.shown());
            } else if (task instanceof RequestTask.Spread s) {
                used.addAll(s.columns());
            } else if (task instanceof RequestTask.Plain p) {
                used.addAll(measured(p));
                used.addAll(grouped(p));
            }
        }
        filter.columns().forEach(c -> decisions.index().find(c.name()).ifPresent(used::add));
        return isDerived(item) || item.columns().stream().anyMatch(m -> used.contains(m.column()));
    }

    /**
     * Takes only some rows: for the tasks of a sentence that asked for something, for all when it didn't.
     *
     * @param from the index of the sentence's first task
     */
    void restrict(Condition condition, boolean asked, int from) {
        if (!asked) {
            filter = Condition.all(List.of(filter, condition));
            return;
        }
        for (int i = from; i < tasks.size(); i++) {
            tasks.set(i, restricted(tasks.get(i), condition));
        }
    }

    private static RequestTask restricted(RequestTask task, Condition more) {
        if (task instanceof RequestTask.Describe d) {
            return new RequestTask.Describe(
                    d.statistics(), d.columns(), d.groups(), Condition.all(List.of(d.filter(), more)), d.ofOutliers());
        } else if (task instanceof RequestTask.Normality n) {
            return new RequestTask.Normality(n.columns(), Condition.all(List.of(n.filter(), more)));
        } else if (task instanceof RequestTask.Test t) {
            return new RequestTask.Test(t.kind(), t.columns(), t.groups(), Condition.all(List.of(t.filter(), more)));
        } else if (task instanceof RequestTask.Correlate c) {
            return new RequestTask.Correlate(
                    c.columns(), c.layout(), c.most(), c.least(), Condition.all(List.of(c.filter(), more)));
        } else if (task instanceof RequestTask.Outliers o) {
            return new RequestTask.Outliers(o.columns(), o.shown(), Condition.all(List.of(o.filter(), more)));
        } else if (task instanceof RequestTask.Missing m) {
            return new RequestTask.Missing(m.columns(), Condition.all(List.of(m.filter(), more)));
        } else if (task instanceof RequestTask.Spread s) {
            return new RequestTask.Spread(s.columns(), Condition.all(List.of(s.filter(), more)));
        } else if (task instanceof RequestTask.Line l) {
            return new RequestTask.Line(l.explained(), l.by(), l.detail(), Condition.all(List.of(l.filter(), more)));
        }
        return task;
    }

    /** Whether these statistics were asked for before. */
    boolean describes(List<String> statistics) {
        return tasks.stream()
                .anyMatch(t -> (t instanceof RequestTask.Describe d
                                && d.statistics().containsAll(statistics))
                        || (t instanceof RequestTask.Plain p && aggregates(p).containsAll(statistics)));
    }

    private static List<String> aggregates(RequestTask.Plain plain) {
        return plain.steps().stream()
                .flatMap(s -> s.measures().stream())
                .filter(Measure.Aggregated.class::isInstance)
                .map(m -> ((Measure.Aggregated) m).aggregate().name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Says that missing values are filled, so that nothing else has to be done about them. */
    void filled() {
        fills = true;
    }

    boolean fills() {
        return fills;
    }

    /** Says what could not be understood; the first one counts. */
    void refuse(String sentence) {
        problem = problem.isEmpty() ? sentence : problem;
    }
}
