package dev.datastudio.app.dataset;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.datastudio.api.artifact.StoredArtifact;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.core.artifact.ArtifactPaths;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.core.dataset.ImportReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version of a data set. Immutable.
 *
 * @param id names this version
 * @param name what people call it; its versions share it
 * @param version 1 for the first import of the name
 * @param table its name in SQL
 * @param rows how many
 * @param columnCount how many
 * @param bytes how large the file is that it was made from, or where there is none, its rows as they are stored
 * @param format the ending of that file, such as {@code csv}; {@code table} where there is none
 * @param origin where it came from: {@code file}, {@code url}, {@code database}, {@code rows}, {@code cleaned}, …
 * @param createdAt when it was imported
 * @param warnings what was noticed or decided on import, whole sentences
 */
@Schema(name = "Dataset")
record DatasetView(
        String id,
        String name,
        int version,
        String table,
        long rows,
        int columnCount,
        long bytes,
        String format,
        String origin,
        Instant createdAt,
        List<String> warnings) {

    static DatasetView of(Studio studio, Dataset dataset) {
        ArtifactPaths paths = ArtifactPaths.of(dataset);
        String original = Datasets.originalName(dataset.name());
        Optional<StoredArtifact> file = studio.artifacts().find(paths.folder().resolve(original));
        long bytes = file.or(() -> studio.artifacts().find(paths.database()))
                .map(StoredArtifact::sizeBytes)
                .orElse(0L);
        return new DatasetView(
                dataset.id().toString(),
                dataset.name(),
                dataset.version(),
                dataset.table(),
                dataset.rowCount(),
                dataset.columns().size(),
                bytes,
                file.isPresent() ? original.substring(original.indexOf('.') + 1) : "table",
                dataset.origin().kind(),
                dataset.importedAt(),
                dataset.warnings());
    }

    /**
     * A column of a data set.
     *
     * @param name as in the file's header
     * @param type what its values are
     * @param role what it is for
     * @param unit what one unit of a number is; empty when it is not known
     * @param nullCount rows without a value
     * @param distinctCount how many different values there are; nothing when it is not known
     */
    @Schema(name = "Column")
    record ColumnView(
            String name, ColumnType type, ColumnRole role, String unit, long nullCount, Optional<Long> distinctCount) {
        static ColumnView of(Column column) {
            return new ColumnView(
                    column.name(),
                    column.type(),
                    column.role(),
                    column.unit(),
                    column.nullCount(),
                    Optional.of(column.distinctCount()).filter(count -> count >= 0));
        }
    }

    /**
     * What became of the rows of the file.
     *
     * @param rejectedRows how many could not be read and are not there
     * @param messages why, of the first of them, each with its line
     */
    @Schema(name = "ImportReport")
    record Report(long rejectedRows, List<String> messages) {
        static Report of(ImportReport report) {
            return new Report(
                    report.rejectedRows(),
                    report.firstRejected().stream()
                            .map(row -> "Line " + row.line() + ": " + row.reason())
                            .toList());
        }
    }

    /**
     * A version of a data set with its columns. Immutable; the other parts are those of a data set.
     *
     * @param columns in the order of the file
     * @param report what became of the rows of the file
     * @param questions up to three that it answers, to begin with
     */
    @Schema(name = "DatasetDetails")
    record Details(
            @JsonUnwrapped DatasetView dataset, List<ColumnView> columns, Report report, List<String> questions) {
        static Details of(Studio studio, Dataset dataset) {
            return new Details(
                    DatasetView.of(studio, dataset),
                    dataset.columns().stream().map(ColumnView::of).toList(),
                    Report.of(studio.datasets().as(dataset.owner()).report(dataset)),
                    FirstQuestions.of(studio, dataset));
        }
    }
}
