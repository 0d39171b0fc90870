package dev.datastudio.core.profile.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.profile.Accuracy;
import dev.datastudio.core.profile.ColumnDetails;
import dev.datastudio.core.profile.CorrelationMatrix;
import dev.datastudio.core.profile.DatasetProfile;
import dev.datastudio.core.profile.DatasetProfile.Dependency;
import dev.datastudio.core.profile.DatasetProfile.MissingBlock;
import dev.datastudio.core.profile.DatasetProfile.Overview;
import dev.datastudio.core.profile.ProfileOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Computes a whole profile: a handful of passes of aggregates over the stored table, and measures on a sample. */
public final class FullProfile {
    private FullProfile() {}

    /** The profile of a data set whose rows lie in a file. */
    public static DatasetProfile compute(Dataset dataset, Path file, ProfileOptions options) {
        try (ProfileSession session = ProfileSession.open(Map.of("source", file), dataset.name(), options)) {
            return compute(session, dataset, file, options);
        }
    }

    private static DatasetProfile compute(ProfileSession session, Dataset dataset, Path file, ProfileOptions options) {
        long rows = dataset.rowCount();
        List<String> notes = new ArrayList<>();
        List<ColumnBuilder> builders = new ArrayList<>();
        for (Column column : dataset.columns()) {
            builders.add(new ColumnBuilder(column, builders.size(), rows));
        }
        SampleTable sample = SampleTable.create(session, rows, builders.size(), options.sampleRows());
        RangeScan.run(session, builders);
        new ValueScan(session, options.topValues()).run(builders);
        NumberScan.run(session, builders);
        TextScan.run(session, builders);
        TimeScan.run(session, builders);
        OrderScan.run(session, sample, builders);
        KeyFinder finder = new KeyFinder(session, sample, builders, rows);
        List<DatasetProfile.Key> keys = finder.keys();
        List<Dependency> dependencies = finder.dependencies();
        List<CorrelationMatrix> correlations = new CorrelationScan(session, sample, rows, notes).run(builders);
        RowScan rowScan = new RowScan(session, builders, rows);
        RowScan.Duplicates duplicates = rowScan.duplicates();
        List<MissingBlock> blocks = rowScan.missingBlocks();
        List<ColumnDetails> columns =
                builders.stream().map(ColumnBuilder::build).toList();
        Overview overview = new Overview(
                rows,
                columns.size(),
                size(file),
                columns.stream().mapToLong(FullProfile::memory).sum(),
                columns.stream().mapToLong(ColumnDetails::missing).sum(),
                rowScan.rowsWithMissing(),
                duplicates.count(),
                sample.rows());
        note(notes, overview, columns);
        return new DatasetProfile(
                dataset.name(),
                dataset.contentHash(),
                overview,
                AlertFinder.find(overview, columns, correlations, dependencies),
                columns,
                correlations,
                keys,
                dependencies,
                blocks,
                rowScan.sample(duplicates.examples()),
                notes);
    }

    private static void note(List<String> notes, Overview overview, List<ColumnDetails> columns) {
        if (overview.sampleRows() < overview.rows()) {
            notes.add("Rank and association measures come from " + Figures.count(overview.sampleRows()) + " of "
                    + Figures.count(overview.rows()) + " rows, chosen evenly.");
        }
        if (columns.stream().anyMatch(column -> column.distinctAccuracy() == Accuracy.APPROXIMATE)) {
            notes.add("Counts of different values marked with ≈ are approximate (HyperLogLog, a few per cent).");
        }
        if (columns.stream()
                .flatMap(column -> column.numbers().stream())
                .anyMatch(numbers -> numbers.quantileAccuracy() == Accuracy.APPROXIMATE)) {
            notes.add("Quantiles are approximate (t-digest), and so are the outliers that follow from them.");
        }
    }

    private static long memory(ColumnDetails column) {
        long bytes = switch (column.type()) {
            case BOOLEAN -> 1;
            case DATE -> 4;
            case TEXT, OTHER -> 16;
            default -> 8;
        };
        double text = column.texts().map(texts -> texts.meanLength()).orElse(0.0);
        return column.rows() * bytes + (long) (text * column.count());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_FAILED,
                    "The stored table could not be found: " + e.getMessage(),
                    "Import the file again",
                    e);
        }
    }
}
