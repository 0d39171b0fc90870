package dev.datastudio.ml.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.TrainingOptions;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.algorithm.Autoencoder;
import dev.datastudio.ml.prepare.internal.RawColumn;
import dev.datastudio.ml.prepare.internal.RawTable;
import dev.datastudio.ml.prepare.internal.RememberingEmbedder;
import dev.datastudio.ml.prepare.internal.Splits;
import dev.datastudio.ml.prepare.internal.Target;
import dev.datastudio.ml.prepare.internal.Targets;
import dev.datastudio.ml.spec.Task;
import dev.datastudio.ml.spec.TrainingSpec;
import dev.datastudio.ml.train.internal.Leakage;
import dev.datastudio.ml.train.internal.Learners;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns that a spec names, read once, and parted into rows that are learnt from and rows that are judged on.
 *
 * @param spec with the task and the names of columns as they are
 * @param choosesFeatures whether nobody named the features, so that those that tell nothing may be left out
 * @param warnings what was noticed so far
 * @param embedder of the studio
 */
public record TrainingData(
        TrainingSpec spec,
        boolean choosesFeatures,
        RawTable table,
        Target train,
        Target test,
        List<String> warnings,
        Optional<Embedder> embedder) {
    private static final int FEWEST_UNLABELLED = 10;
    private static final int MOST_NAMED = 10;

    public TrainingData {
        warnings = List.copyOf(warnings);
    }

    /** Reads the data; what is wrong with it is told as in {@link dev.datastudio.ml.Training#train}. */
    public static TrainingData read(
            Studio studio, Caller caller, Dataset dataset, TrainingSpec asked, TrainingOptions options) {
        requireColumns(dataset, asked);
        options.progress().onProgress(new Progress("reading rows", 0, dataset.rowCount(), "rows"));
        List<String> warnings = new ArrayList<>();
        if (!asked.algorithm().needsTarget()) {
            return unlabelled(studio, caller, dataset, asked, options, warnings);
        }
        Column target = dataset.column(asked.target());
        List<Column> features = features(dataset, asked, target.name(), warnings);
        RawTable table = RawTable.read(
                studio,
                caller,
                dataset,
                types(dataset, asked, target, features),
                options.limits().memoryBytes(),
                options.cancellation());
        table.infinite()
                .forEach((name, count) -> warnings.add("The column " + StudioException.quote(name) + " has " + count
                        + " infinite values, which count as missing."));
        RawColumn raw = table.column(target.name());
        Task task = Targets.task(asked.task(), raw);
        TrainingSpec spec = new TrainingSpec(
                task,
                target.name(),
                features.stream().map(Column::name).toList(),
                asked.algorithm(),
                asked.preparation(),
                asked.split(),
                asked.validation(),
                asked.seed());
        Target all = Targets.of(raw, task);
        int missing = raw.rows() - all.rows().length;
        if (missing > 0) {
            warnings.add(missing + " of " + raw.rows() + " rows have no target and are left out.");
        }
        Optional<Embedder> embedder = RememberingEmbedder.of(studio, options.cancellation());
        Splits.Parts parts = split(dataset, spec, table, all);
        Target train = part(all, parts.train());
        TrainingData data = new TrainingData(
                spec, asked.features().isEmpty(), table, train, part(all, parts.test()), warnings, embedder);
        warnings.addAll(Leakage.warnings(data.columns(), train));
        Optional<RawColumn> time = Optional.of(asked.split().timeColumn())
                .filter(name -> !name.isEmpty())
                .map(name -> table.column(dataset.column(name).name()));
        warnings.addAll(Leakage.later(data.columns(), train, time, dataset.importedAt()));
        return new TrainingData(spec, data.choosesFeatures(), table, train, data.test(), warnings, embedder);
    }

    /**
     * Looks whether the columns that a spec names can play their parts.
     *
     * @throws StudioException with {@link ErrorCode#UNKNOWN_COLUMN}; {@link ErrorCode#INVALID_ARGUMENT} when a feature is
     *     named twice, or the rows are to be parted in a way that makes no sense
     */
    public static void requireColumns(Dataset dataset, TrainingSpec asked) {
        String target =
                asked.target().isEmpty() ? "" : dataset.column(asked.target()).name();
        Set<String> seen = new HashSet<>();
        for (String feature : asked.features()) {
            if (!seen.add(dataset.column(feature).name())) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The feature " + StudioException.quote(feature) + " is named twice",
                        "Name each column once");
            }
        }
        String time = asked.split().timeColumn();
        String group = asked.split().groupColumn();
        if (!time.isEmpty() && !group.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Rows can't be parted by the time column " + StudioException.quote(time) + " and the group column "
                            + StudioException.quote(group) + " at once",
                    "Name one of the two");
        }
        for (String name : List.of(time, group)) {
            if (!name.isEmpty() && dataset.column(name).name().equals(target)) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "Rows can't be parted by the target " + StudioException.quote(target),
                        "Name another column, or none: rows are drawn by chance then");
            }
        }
    }

    /** Rows that are learnt as they are; their target is 0. */
    private static TrainingData unlabelled(
            Studio studio,
            Caller caller,
            Dataset dataset,
            TrainingSpec asked,
            TrainingOptions options,
            List<String> warnings) {
        List<Column> features = features(dataset, asked, "", warnings);
        if (features.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "No column is left to learn from. " + String.join(" ", warnings),
                    "Name the columns that are to be learnt among the features");
        }
        Map<String, ColumnType> types = new LinkedHashMap<>();
        features.forEach(column -> types.put(column.name(), column.type()));
        for (String name : List.of(asked.split().timeColumn(), asked.split().groupColumn())) {
            if (!name.isEmpty()) {
                Column column = dataset.column(name);
                types.put(column.name(), column.type());
            }
        }
        RawTable table =
                RawTable.read(studio, caller, dataset, types, options.limits().memoryBytes(), options.cancellation());
        TrainingSpec spec = new TrainingSpec(
                asked.algorithm() instanceof Autoencoder ? Task.ANOMALY_DETECTION : Task.GENERATION,
                "",
                features.stream().map(Column::name).toList(),
                asked.algorithm(),
                asked.preparation(),
                asked.split(),
                asked.validation(),
                asked.seed());
        if (table.rows() < FEWEST_UNLABELLED) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There are " + table.rows() + " rows, and at least " + FEWEST_UNLABELLED + " are needed",
                    "Train on more rows");
        }
        Target all = new Target(IntStream.range(0, table.rows()).toArray(), new double[table.rows()], List.of());
        Splits.Parts parts = split(dataset, spec, table, all);
        return new TrainingData(
                spec,
                asked.features().isEmpty(),
                table,
                part(all, parts.train()),
                part(all, parts.test()),
                warnings,
                Optional.empty());
    }

    /** The same, of the columns that an algorithm reads where nobody named them; what is left out is told. */
    TrainingData readBy(Algorithm algorithm) {
        if (!choosesFeatures) {
            return this;
        }
        List<String> names = Learners.readable(algorithm, columns()).stream()
                .map(RawColumn::name)
                .toList();
        if (names.size() == spec.features().size()) {
            return this;
        }
        List<String> told = new ArrayList<>(warnings);
        told.add("The " + algorithm.name() + " reads " + quoted(names) + " and leaves out "
                + quoted(spec.features().stream()
                        .filter(each -> !names.contains(each))
                        .toList())
                + "; name features for another choice.");
        return new TrainingData(spec.from(names), true, table, train, test, told, embedder);
    }

    private static String quoted(List<String> names) {
        String some =
                names.stream().limit(MOST_NAMED).map(StudioException::quote).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? some + " and " + (names.size() - MOST_NAMED) + " more" : some;
    }

    /** The columns of the features. */
    public List<RawColumn> columns() {
        return spec.features().stream().map(table::column).toList();
    }

    /** Some of the rows of a target, by their place. */
    static Target part(Target all, int[] places) {
        return new Target(all.rows(places), all.values(places), all.classes());
    }

    private static List<Column> features(Dataset dataset, TrainingSpec asked, String target, List<String> warnings) {
        if (!asked.features().isEmpty()) {
            return asked.features().stream().map(dataset::column).toList();
        }
        List<Column> features = new ArrayList<>();
        for (Column column : dataset.columns()) {
            if (column.name().equals(target) || column.type() == ColumnType.OTHER) {
                continue;
            }
            if (column.name().equalsIgnoreCase(asked.split().groupColumn())) {
                warnings.add("The column " + StudioException.quote(column.name())
                        + " keeps rows together and is left out, since those that it is judged on have other values; name"
                        + " it among the features if it tells something.");
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

    private static Map<String, ColumnType> types(
            Dataset dataset, TrainingSpec asked, Column target, List<Column> features) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        types.put(target.name(), target.type());
        features.forEach(column -> types.put(column.name(), column.type()));
        for (String name : List.of(asked.split().timeColumn(), asked.split().groupColumn())) {
            if (!name.isEmpty()) {
                Column column = dataset.column(name);
                types.put(column.name(), column.type());
            }
        }
        return types;
    }

    private static Splits.Parts split(Dataset dataset, TrainingSpec spec, RawTable table, Target all) {
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
}
