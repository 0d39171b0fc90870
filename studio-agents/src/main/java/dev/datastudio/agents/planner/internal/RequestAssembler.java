package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds the steps of a request. Preparations count for the tasks after them; those after the last task for all. */
final class RequestAssembler {
    private static final double USUAL_RANGE = 1.5;
    private static final double USUAL_SCORE = 3;

    private final Request request;
    private final List<Cleaning> preparations = new ArrayList<>();
    private final Set<ColumnEntry> withoutOutliers = new HashSet<>();

    private final Map<RequestTask, String> sentences;

    /** @param sentences the sentence that asked for a task, as typed: the title of its steps */
    RequestAssembler(Request request, Map<RequestTask, String> sentences) {
        this.request = request;
        this.sentences = Map.copyOf(sentences);
    }

    List<Step> steps() {
        List<RequestTask> tasks = merged(ordered(request.tasks()));
        Map<Step, String> steps = new LinkedHashMap<>();
        for (RequestTask task : tasks) {
            prepare(task);
            of(task).forEach(s -> steps.putIfAbsent(s, sentences.getOrDefault(task, "")));
        }
        return steps.entrySet().stream()
                .map(s -> titled(s.getKey(), s.getValue()))
                .toList();
    }

    private static Step titled(Step step, String sentence) {
        return step.intent().isEmpty() ? step.toBuilder().intent(sentence).build() : step;
    }

    private static boolean asks(RequestTask task) {
        return !(task instanceof RequestTask.Prepare)
                && !(task instanceof RequestTask.RemoveOutliers)
                && !(task instanceof RequestTask.RemoveMissing);
    }

    /** "Calculate the mean. Outliers are to be removed first": what comes last counts for all. */
    private static List<RequestTask> ordered(List<RequestTask> tasks) {
        int last = tasks.size();
        while (last > 0 && !asks(tasks.get(last - 1))) {
            last--;
        }
        List<RequestTask> ordered = new ArrayList<>();
        tasks.stream()
                .filter(t -> t instanceof RequestTask.Prepare p && p.cleaning() instanceof Cleaning.Derived)
                .forEach(ordered::add);
        ordered.addAll(tasks.subList(last, tasks.size()));
        ordered.addAll(tasks.subList(0, last));
        tasks.stream().filter(RequestTask.RemoveMissing.class::isInstance).forEach(t -> ordered.add(0, t));
        return ordered.stream().distinct().toList();
    }

    /** A task that another one repeats with more columns or a test of its own is asked once. */
    private List<RequestTask> merged(List<RequestTask> tasks) {
        List<RequestTask> merged = new ArrayList<>();
        for (RequestTask task : tasks) {
            boolean again = merged.stream().anyMatch(m -> covers(m, task));
            if (!again) {
                merged.removeIf(m -> covers(task, m));
                merged.add(task);
            }
        }
        return merged;
    }

    private static boolean covers(RequestTask more, RequestTask less) {
        if (more instanceof RequestTask.Correlate a && less instanceof RequestTask.Correlate b) {
            return a.layout() == b.layout()
                    && new HashSet<>(a.columns()).equals(new HashSet<>(b.columns()))
                    && (a.most() > 0 || b.most() == 0);
        } else if (more instanceof RequestTask.Test a && less instanceof RequestTask.Test b) {
            return a.columns().equals(b.columns())
                    && a.groups().equals(b.groups())
                    && (b.kind() == Detail.TestKind.AUTO || a.kind() == b.kind());
        } else if (more instanceof RequestTask.Describe a && less instanceof RequestTask.Describe b) {
            return a.columns().equals(b.columns())
                    && a.groups().equals(b.groups())
                    && a.ofOutliers() == b.ofOutliers()
                    && a.filter().equals(b.filter())
                    && a.statistics().containsAll(b.statistics());
        } else if (more instanceof RequestTask.Line a && less instanceof RequestTask.Line b) {
            return a.explained().equals(b.explained()) && a.by().equals(b.by());
        } else if (more instanceof RequestTask.Outliers a && less instanceof RequestTask.Outliers b) {
            return a.columns().equals(b.columns())
                    && a.filter().equals(b.filter())
                    && a.shown().containsAll(b.shown());
        } else if (more instanceof RequestTask.Plain a && less instanceof RequestTask.Plain b) {
            return unworded(a).equals(unworded(b));
        } else if (more instanceof RequestTask.Missing a && less instanceof RequestTask.Missing b) {
            return !a.columns().isEmpty() && b.columns().stream().allMatch(a.columns()::contains);
        }
        return more.equals(less);
    }

    private static List<Step> unworded(RequestTask.Plain plain) {
        return plain.steps().stream().map(s -> s.toBuilder().intent("").build()).toList();
    }

    private void prepare(RequestTask task) {
        if (task instanceof RequestTask.Prepare p) {
            preparations.add(p.cleaning());
        } else if (task instanceof RequestTask.RemoveMissing missing) {
            List<ColumnEntry> columns = missing.columns().isEmpty() && !missing.everywhere()
                    ? stored(request.sources(request.taskColumns()))
                    : missing.columns();
            preparations.add(new Cleaning.WithoutMissing(
                    columns.stream().map(ColumnEntry::ref).toList()));
        } else if (task instanceof RequestTask.RemoveOutliers outliers) {
            List<ColumnEntry> columns = outliers.columns().isEmpty() ? numbers() : outliers.columns();
            if (columns.isEmpty()) {
                request.refuse("It is not said of which column the outliers are to be removed.");
            }
            for (ColumnEntry column : columns) {
                if (withoutOutliers.add(column)) {
                    preparations.add(new Cleaning.WithoutOutliers(column.ref(), rule()));
                }
            }
        }
    }

    private List<ColumnEntry> numbers() {
        return request.taskColumns().stream()
                .filter(ColumnEntry::isNumeric)
                .limit(1)
                .toList();
    }

    /** Derived columns are made after rows with gaps are taken away, so their own gaps stay. */
    private static List<ColumnEntry> stored(List<ColumnEntry> columns) {
        return columns.stream().filter(c -> c.position() >= 0).toList();
    }

    /** The rule of outliers that was named; a default is said. */
    private Detail.Outliers rule() {
        Detail.OutlierMethod method = request.outlierMethod;
        if (method == null) {
            request.decisions()
                    .note("Outliers are told by 1.5 times the interquartile range, as no rule was named.", 0.05);
            return Detail.Outliers.TUKEY;
        }
        boolean population = method == Detail.OutlierMethod.Z_SCORE && request.populationDeviation;
        double usual = method == Detail.OutlierMethod.INTERQUARTILE_RANGE ? USUAL_RANGE : USUAL_SCORE;
        double threshold = request.outlierThreshold > 0 ? request.outlierThreshold : usual;
        return new Detail.Outliers(population ? Detail.OutlierMethod.POPULATION_Z_SCORE : method, threshold);
    }

    private Step.Builder step(Operation operation, Condition filter, List<Cleaning> cleaning) {
        return Step.of(operation, request.decisions().index().dataset().table())
                .cleaning(List.copyOf(cleaning))
                .filter(Condition.all(List.of(request.filter, filter)));
    }

    private List<Step> of(RequestTask task) {
        if (task instanceof RequestTask.Describe d) {
            return List.of(describe(d));
        } else if (task instanceof RequestTask.Normality n) {
            return n.columns().stream().map(c -> normality(c, n.filter())).toList();
        } else if (task instanceof RequestTask.Test t) {
            return List.of(test(t));
        } else if (task instanceof RequestTask.Correlate c) {
            return correlation(c);
        } else if (task instanceof RequestTask.Outliers o) {
            return o.columns().stream().map(c -> outliers(c, o)).toList();
        } else if (task instanceof RequestTask.Spread s) {
            return s.columns().stream()
                    .map(c -> step(Operation.DISTRIBUTION, s.filter(), preparations)
                            .measures(values(List.of(c)))
                            .build())
                    .toList();
        } else if (task instanceof RequestTask.Missing m) {
            return List.of(step(
                            Operation.MISSING,
                            m.filter(),
                            preparations.stream()
                                    .filter(p ->
                                            !(p instanceof Cleaning.WithoutMissing) && !(p instanceof Cleaning.Filled))
                                    .toList())
                    .dimensions(dimensions(m.columns()))
                    .build());
        } else if (task instanceof RequestTask.Duplicates d) {
            return List.of(step(Operation.DUPLICATES, Condition.always(), List.of())
                    .dimensions(dimensions(d.columns()))
                    .build());
        } else if (task instanceof RequestTask.Line l) {
            return List.of(step(Operation.REGRESSION, l.filter(), preparations)
                    .measures(values(List.of(l.explained(), l.by())))
                    .detail(l.detail())
                    .build());
        } else if (task instanceof RequestTask.Plain p) {
            return p.steps().stream().map(this::prepared).toList();
        }
        return List.of();
    }

    private Step prepared(Step step) {
        return step.toBuilder()
                .cleaning(List.copyOf(preparations))
                .filter(Condition.all(List.of(request.filter, step.filter())))
                .build();
    }

    private static List<Dimension> dimensions(List<ColumnEntry> columns) {
        return columns.stream().map(c -> Dimension.of(c.ref())).toList();
    }

    private static List<Measure> values(List<ColumnEntry> columns) {
        return columns.stream().<Measure>map(Measures::values).toList();
    }

    private Step describe(RequestTask.Describe task) {
        List<Cleaning> cleaning = new ArrayList<>(preparations);
        if (task.ofOutliers()) {
            ColumnEntry first = task.columns().get(0);
            cleaning.removeIf(c -> c instanceof Cleaning.WithoutOutliers);
            cleaning.add(new Cleaning.OnlyOutliers(first.ref(), rule()));
        }
        List<Measure> measures = new ArrayList<>();
        for (ColumnEntry column : task.columns()) {
            for (String statistic : task.statistics()) {
                measures.add(measure(statistic, column));
            }
        }
        return step(Operation.AGGREGATE, task.filter(), cleaning)
                .dimensions(Shape.byColumns(task.groups()))
                .measures(measures.stream().distinct().toList())
                .order(request.rank(task.groups()).stream()
                        .map(d -> new Order(new Order.Key.OfMeasure(0), d))
                        .toList())
                .build();
    }

    private Measure measure(String statistic, ColumnEntry column) {
        Measure.Aggregated measure = Measures.of(statistic, column);
        Aggregate aggregate = switch (measure.aggregate()) {
            case STANDARD_DEVIATION ->
                request.populationDeviation ? Aggregate.POPULATION_STANDARD_DEVIATION : Aggregate.STANDARD_DEVIATION;
            case VARIANCE -> request.populationDeviation ? Aggregate.POPULATION_VARIANCE : Aggregate.VARIANCE;
            case SKEWNESS -> request.populationShape ? Aggregate.POPULATION_SKEWNESS : Aggregate.SKEWNESS;
            case KURTOSIS -> request.populationShape ? Aggregate.POPULATION_KURTOSIS : Aggregate.KURTOSIS;
            default -> measure.aggregate();
        };
        if (aggregate == Aggregate.SKEWNESS || aggregate == Aggregate.KURTOSIS) {
            request.decisions().note("Skewness and kurtosis are those of a sample (adjusted), as pandas has them.", 0);
        }
        return new Measure.Aggregated(aggregate, measure.of(), measure.fraction(), measure.transform());
    }

    private Step normality(ColumnEntry column, Condition filter) {
        if (request.testKind == null && request.judgesByShape) {
            List<String> statistics = request.judgesByTails ? List.of("skewness", "kurtosis") : List.of("skewness");
            return describe(new RequestTask.Describe(statistics, List.of(column), List.of(), filter, false));
        }
        Detail.TestKind kind = request.testKind == null ? Detail.TestKind.AUTO : request.testKind;
        return step(Operation.TEST, filter, preparations)
                .measures(values(List.of(column)))
                .detail(new Detail.Test(kind, Detail.Alternative.TWO_SIDED, request.level, 0))
                .build();
    }

    private Step test(RequestTask.Test task) {
        boolean open = task.kind() == Detail.TestKind.AUTO && request.testKind != null;
        Detail.TestKind kind = open && request.testKind != null ? request.testKind : task.kind();
        return step(Operation.TEST, task.filter(), preparations)
                .measures(values(task.columns()))
                .dimensions(dimensions(task.groups()))
                .detail(new Detail.Test(kind, request.alternative, request.level, request.reference))
                .build();
    }

    private List<Step> correlation(RequestTask.Correlate task) {
        Detail.TestKind coefficient = request.coefficient == null ? Detail.TestKind.PEARSON : request.coefficient;
        boolean pair = task.columns().size() == 2 && task.layout() == Detail.Layout.MATRIX;
        boolean tested = request.significance || coefficient == Detail.TestKind.KENDALL;
        if (pair && tested) {
            return List.of(step(Operation.TEST, task.filter(), preparations)
                    .measures(values(task.columns()))
                    .detail(new Detail.Test(coefficient, request.alternative, request.level, 0))
                    .build());
        }
        if (coefficient == Detail.TestKind.KENDALL) {
            request.refuse("Kendall's coefficient is computed of two columns only.");
            return List.of();
        }
        Detail.CorrelationMethod method = coefficient == Detail.TestKind.SPEARMAN
                ? Detail.CorrelationMethod.SPEARMAN
                : Detail.CorrelationMethod.PEARSON;
        return List.of(step(Operation.CORRELATION, task.filter(), preparations)
                .measures(values(task.columns()))
                .detail(new Detail.Correlation(method, task.layout(), task.least()))
                .limit(task.layout() == Detail.Layout.MATRIX || task.most() == 0 ? null : Limit.of(task.most()))
                .build());
    }

    private Step outliers(ColumnEntry column, RequestTask.Outliers task) {
        List<Cleaning> cleaning = preparations.stream()
                .filter(p ->
                        !(p instanceof Cleaning.WithoutOutliers o && o.column().equals(column.ref())))
                .toList();
        return step(Operation.OUTLIERS, task.filter(), cleaning)
                .measures(values(List.of(column)))
                .dimensions(dimensions(task.shown()))
                .detail(rule())
                .build();
    }
}
