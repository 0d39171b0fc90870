package dev.datastudio.ml.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.TrainingOptions;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.internal.Evaluator;
import dev.datastudio.ml.evaluate.internal.Scores;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.prepare.internal.Preparer;
import dev.datastudio.ml.prepare.internal.RawColumn;
import dev.datastudio.ml.prepare.internal.RawTable;
import dev.datastudio.ml.prepare.internal.Splits;
import dev.datastudio.ml.prepare.internal.Target;
import dev.datastudio.ml.prepare.internal.Targets;
import dev.datastudio.ml.registry.internal.KeptModel;
import dev.datastudio.ml.spec.ClassWeights;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.train.internal.Course;
import dev.datastudio.ml.train.internal.Examples;
import dev.datastudio.ml.train.internal.Leakage;
import dev.datastudio.ml.train.internal.Learners;
import dev.datastudio.ml.train.internal.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Trains one model and judges it. Not thread-safe; use one a training. */
public final class TrainingRun {
    private final Studio studio;
    private final Caller caller;
    private final Dataset dataset;
    private final TrainingOptions options;
    private final Course course;
    private final List<String> warnings = new ArrayList<>();
    private final boolean choosesFeatures;
    private TrainingSpec spec;

    public TrainingRun(Studio studio, Caller caller, Dataset dataset, TrainingSpec spec, TrainingOptions options) {
        this.studio = studio;
        this.caller = caller;
        this.dataset = dataset;
        this.spec = spec;
        this.choosesFeatures = spec.features().isEmpty();
        this.options = options;
        int threads = Runtime.getRuntime().availableProcessors();
        this.course = new Course(options.cancellation(), options.progress(), threads);
    }

    /**
     * What came of it.
     *
     * @param spec with the task and the names of columns as they are
     * @param trainRows how many rows were learnt from
     */
    public record Outcome(
            TrainingSpec spec, KeptModel model, Evaluation evaluation, List<String> warnings, long trainRows) {
        public Outcome {
            warnings = List.copyOf(warnings);
        }
    }

    public Outcome run() {
        Column target = dataset.column(spec.target());
        List<Column> features = features(target);
        RawTable table = RawTable.read(studio, caller, dataset, types(target, features), options.cancellation());
        table.infinite()
                .forEach((name, count) -> warnings.add("The column " + StudioException.quote(name) + " has " + count
                        + " infinite values, which count as missing."));
        RawColumn raw = table.column(target.name());
        Task task = Targets.task(spec.task(), raw);
        Learners.require(spec.algorithm(), task);
        spec = new TrainingSpec(
                task,
                target.name(),
                features.stream().map(Column::name).toList(),
                spec.algorithm(),
                spec.preparation(),
                spec.split(),
                spec.validation(),
                spec.seed());
        Target all = Targets.of(raw, task);
        int missing = raw.rows() - all.rows().length;
        if (missing > 0) {
            warnings.add(missing + " of " + raw.rows() + " rows have no target and are left out.");
        }
        Splits.Parts parts = split(table, all);
        Target train = part(all, parts.train());
        Target test = part(all, parts.test());
        warnings.addAll(Leakage.warnings(columns(table), train));
        List<Double> folds = crossValidate(table, train);
        Fitted fitted = fit(table, train);
        warnings.addAll(fitted.prepared().warnings());
        course.check();
        RawTable testRows = table.rows(test.rows());
        Evaluation evaluation = Evaluator.evaluate(
                fitted.prepared().preparation().apply(testRows),
                test.values(),
                all.classes().size(),
                fitted.model()::predict,
                fitted.prepared().preparation().sources(),
                train.values(),
                folds,
                spec.seed());
        KeptModel kept = new KeptModel(fitted.prepared().preparation(), all.classes(), fitted.model());
        return new Outcome(spec, kept, evaluation, warnings, train.rows().length);
    }

    private List<Column> features(Column target) {
        if (!spec.features().isEmpty()) {
            return spec.features().stream().map(dataset::column).toList();
        }
        List<Column> features = new ArrayList<>();
        for (Column column : dataset.columns()) {
            if (column.name().equals(target.name()) || column.type() == ColumnType.OTHER) {
                continue;
            }
            if (column.role() == ColumnRole.ID) {
                warnings.add("The column " + StudioException.quote(column.name())
                        + " names rows and is left out; name it among the features if it tells something.");
                continue;
            }
            features.add(column);
        }
        return features;
    }

    private Map<String, ColumnType> types(Column target, List<Column> features) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        types.put(target.name(), target.type());
        features.forEach(column -> types.put(column.name(), column.type()));
        for (String name : List.of(spec.split().timeColumn(), spec.split().groupColumn())) {
            if (!name.isEmpty()) {
                Column column = dataset.column(name);
                types.put(column.name(), column.type());
            }
        }
        return types;
    }

    private Splits.Parts split(RawTable table, Target all) {
        if (!spec.split().timeColumn().isEmpty()) {
            String name = dataset.column(spec.split().timeColumn()).name();
            return Splits.latest(all, table.column(name), spec.split().testShare());
        }
        if (!spec.split().groupColumn().isEmpty()) {
            String name = dataset.column(spec.split().groupColumn()).name();
            return Splits.grouped(all, table.column(name), spec.split().testShare(), spec.seed());
        }
        return Splits.random(all, spec.split().testShare(), spec.seed());
    }

    private static Target part(Target all, int[] places) {
        return new Target(all.rows(places), all.values(places), all.classes());
    }

    private record Fitted(Preparer.Fit prepared, Model model) {}

    private Fitted fit(RawTable table, Target train) {
        boolean holdsBack = Learners.stopsEarly(spec.algorithm());
        Splits.Parts parts = holdsBack
                ? Splits.random(train, spec.validation().share(), spec.seed() + 1)
                : new Splits.Parts(IntStream.range(0, train.rows().length).toArray(), new int[0]);
        Target learnt = holdsBack ? part(train, parts.train()) : train;
        Preparer preparer = new Preparer(spec.preparation(), Learners.traits(spec.algorithm()), spec.seed());
        List<RawColumn> columns = columns(table);
        Preparer.Fit prepared = preparer.fit(columns, choosesFeatures, learnt);
        Optional<Examples.Held> held =
                holdsBack ? Optional.of(held(table, part(train, parts.test()), prepared)) : Optional.empty();
        Examples examples = new Examples(
                prepared.train(),
                learnt.values(),
                weights(learnt),
                learnt.classes().size(),
                held,
                spec.seed());
        return new Fitted(prepared, Learners.fit(spec.algorithm(), examples, course));
    }

    private List<RawColumn> columns(RawTable table) {
        return spec.features().stream().map(table::column).toList();
    }

    private static Examples.Held held(RawTable table, Target rows, Preparer.Fit prepared) {
        return new Examples.Held(prepared.preparation().apply(table.rows(rows.rows())), rows.values());
    }

    private double[] weights(Target rows) {
        double[] weights = new double[rows.values().length];
        Arrays.fill(weights, 1);
        if (rows.isClasses() && spec.preparation().classWeights() == ClassWeights.BALANCED) {
            double[] counts = new double[rows.classes().size()];
            for (double label : rows.values()) {
                counts[(int) label]++;
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] = weights.length / (counts.length * counts[(int) rows.values()[i]]);
            }
        }
        return weights;
    }

    private List<Double> crossValidate(RawTable table, Target train) {
        List<Double> scores = new ArrayList<>();
        int count = spec.validation().folds();
        if (count < 2) {
            return scores;
        }
        int[] folds = Splits.folds(train, count, spec.seed());
        for (int fold = 0; fold < count; fold++) {
            course.at("cross-validating", fold, count, "folds");
            Splits.Parts parts = Splits.fold(folds, fold);
            Target judged = part(train, parts.test());
            Fitted fitted = fit(table, part(train, parts.train()));
            try (Model model = fitted.model()) {
                Matrix rows = fitted.prepared().preparation().apply(table.rows(judged.rows()));
                scores.add(new Scores(
                                judged.values(),
                                model.predict(rows),
                                train.classes().size())
                        .main());
            }
        }
        return scores;
    }
}
