package dev.datastudio.ml.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.TrainingOptions;
import dev.datastudio.ml.evaluate.internal.Scores;
import dev.datastudio.ml.registry.Comparison;
import dev.datastudio.ml.registry.Comparison.Difference;
import dev.datastudio.ml.registry.ModelSource;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.registry.internal.KeptModel;
import dev.datastudio.ml.registry.internal.ModelStore;
import dev.datastudio.ml.spec.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Puts models side by side. */
public final class Comparing {
    private static final int RESAMPLES = 200;

    private Comparing() {}

    /**
     * Compares at least two models of one caller.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when they were not judged on the same rows
     */
    public static Comparison of(Studio studio, Caller caller, List<TrainedModel> models) {
        TrainedModel first = models.get(0);
        models.forEach(Comparing::requireTarget);
        models.forEach(other -> requireAlike(first, other));
        List<TrainedModel> ranked = models.stream()
                .sorted(Comparator.comparingDouble((TrainedModel each) ->
                                -each.evaluation().metrics().get(0).value())
                        .thenComparing(TrainedModel::trainedAt)
                        .thenComparing(TrainedModel::id))
                .toList();
        Dataset dataset;
        try {
            dataset = studio.datasets()
                    .as(caller)
                    .get(DatasetId.parse(first.data().id()));
        } catch (StudioException e) {
            if (e.code() != ErrorCode.DATASET_NOT_FOUND) {
                throw e;
            }
            String note = "The data set " + StudioException.quote(first.data().name())
                    + " is not there any more, so the differences can't be resampled.";
            return new Comparison(first.target(), ranked, List.of(), note);
        }
        List<Scores> scores = ranked.stream()
                .map(each -> scores(studio, caller, dataset, each))
                .toList();
        return new Comparison(first.target(), ranked, differences(ranked, scores), "");
    }

    private static void requireTarget(TrainedModel model) {
        if (!(model.source() instanceof ModelSource.Trained) || model.target().isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The model " + StudioException.quote(model.name()) + " version " + model.version() + " of the kind "
                            + model.algorithm() + " was not judged on a target here, and can't be compared",
                    "Compare models that were trained on the same data set with the same target");
        }
    }

    private static void requireAlike(TrainedModel first, TrainedModel other) {
        if (!first.target().equals(other.target()) || first.task() != other.task()) {
            throw unlike(first, other, "predict different things: " + what(first) + " and " + what(other));
        }
        if (!first.data().contentHash().equals(other.data().contentHash())) {
            throw unlike(first, other, "learnt from different data: " + data(first) + " and " + data(other));
        }
        Split split = first.spec().split();
        boolean isDrawn = split.timeColumn().isEmpty();
        if (!split.equals(other.spec().split())
                || (isDrawn && first.spec().seed() != other.spec().seed())) {
            throw unlike(first, other, "were judged on different rows: " + rows(first) + " and " + rows(other));
        }
    }

    private static String what(TrainedModel model) {
        return StudioException.quote(model.target()) + " as a "
                + model.task().name().toLowerCase(Locale.ROOT);
    }

    private static String data(TrainedModel model) {
        return StudioException.quote(model.data().name()) + " version "
                + model.data().version();
    }

    private static String rows(TrainedModel model) {
        return model.spec().split() + " with seed " + model.spec().seed();
    }

    private static StudioException unlike(TrainedModel first, TrainedModel other, String how) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The models " + StudioException.quote(first.name()) + " version " + first.version() + " and "
                        + StudioException.quote(other.name()) + " version " + other.version() + " " + how,
                "Train them on the same data set with the same target, split and seed");
    }

    private static Scores scores(Studio studio, Caller caller, Dataset dataset, TrainedModel model) {
        TrainingData data = TrainingData.read(studio, caller, dataset, model.spec(), TrainingOptions.DEFAULT);
        try (KeptModel kept = new ModelStore(studio, caller).load(model.id())) {
            double[] told = kept.model()
                    .predict(kept.preparation()
                            .apply(data.table().rows(data.test().rows())));
            return new Scores(data.test().values(), told, kept.classes().size());
        }
    }

    private static List<Difference> differences(List<TrainedModel> models, List<Scores> scores) {
        Scores best = scores.get(0);
        int n = best.truth().length;
        SplittableRandom random = new SplittableRandom(models.get(0).spec().seed());
        List<int[]> resamples = IntStream.range(0, RESAMPLES)
                .mapToObj(any ->
                        IntStream.range(0, n).map(row -> random.nextInt(n)).toArray())
                .toList();
        List<Map<String, Double>> ofBest =
                resamples.stream().map(rows -> best.rows(rows).metrics()).toList();
        List<Difference> differences = new ArrayList<>();
        for (int i = 1; i < models.size(); i++) {
            Scores other = scores.get(i);
            List<Map<String, Double>> ofOther =
                    resamples.stream().map(rows -> other.rows(rows).metrics()).toList();
            String id = models.get(i).id();
            other.metrics().keySet().forEach(name -> {
                double[] all = IntStream.range(0, RESAMPLES)
                        .mapToDouble(each -> metric(ofOther.get(each), name) - metric(ofBest.get(each), name))
                        .filter(each -> !Double.isNaN(each))
                        .sorted()
                        .toArray();
                double value = metric(other.metrics(), name) - metric(best.metrics(), name);
                differences.add(new Difference(id, name, value, quantile(all, 0.025), quantile(all, 0.975)));
            });
        }
        return differences;
    }

    private static double metric(Map<String, Double> metrics, String name) {
        return Objects.requireNonNull(metrics.get(name), name);
    }

    private static double quantile(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
