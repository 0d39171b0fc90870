package dev.datastudio.core.artifact;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;

/**
 * Where the files of one upload lie. Immutable.
 *
 * <pre>
 * TENANT/USER/uploads/UPLOAD/
 *   data.csv  data.duckdb
 *   dist_plots/sales.png  trend_plots/profit.png
 *   results/summary_stats.json  results.json
 * </pre>
 *
 * <p>The names that the methods take are {@link Slugs slugs}. Everything throws a {@link StudioException} with code
 * ARTIFACT_KEY_INVALID when a name can't be part of a key.
 *
 * @param folder the folder of the upload
 */
public record ArtifactPaths(ArtifactKey folder) {
    /** The paths of a new upload of this user. */
    public static ArtifactPaths of(Caller owner, String upload) {
        return new ArtifactPaths(ArtifactKey.of(owner).resolve("uploads/" + upload));
    }

    /** The paths of a data set that was imported. */
    public static ArtifactPaths of(Dataset dataset) {
        return new ArtifactPaths(new ArtifactKey(dataset.upload()));
    }

    /**
     * The original as it came.
     *
     * @param ending of the file name without its dot: {@code csv}
     */
    public ArtifactKey original(String ending) {
        return folder.resolve("data." + ending);
    }

    /** The imported table, a DuckDB file. */
    public ArtifactKey database() {
        return folder.resolve("data.duckdb");
    }

    /** The picture of a column's distribution. */
    public ArtifactKey distributionPlot(String slug) {
        return folder.resolve("dist_plots/" + slug + ".png");
    }

    /** The picture of a column's course over time. */
    public ArtifactKey trendPlot(String slug) {
        return folder.resolve("trend_plots/" + slug + ".png");
    }

    /** Any other picture. */
    public ArtifactKey plot(String slug) {
        return folder.resolve("plots/" + slug + ".png");
    }

    /** A table or a record of numbers, as JSON: {@code results/summary_stats.json}. */
    public ArtifactKey result(String slug) {
        return folder.resolve("results/" + slug + ".json");
    }

    /** The manifest: what was answered and which artifacts belong to it. */
    public ArtifactKey manifest() {
        return folder.resolve("results.json");
    }
}
