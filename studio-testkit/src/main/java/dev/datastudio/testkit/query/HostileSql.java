package dev.datastudio.testkit.query;

import java.nio.file.Path;
import java.util.List;

/**
 * A statement that an engine must refuse or stop. Immutable.
 *
 * <p>The statements are written for tables {@code orders(id, region, amount, placed)} and {@code customers(region,
 * manager)}, with place holders for files that a test makes.
 *
 * @param name unique, a few words with hyphens
 * @param sql the text, which may hold several statements
 * @param why what it would do to an engine that lets it through
 */
public record HostileSql(String name, String sql, String why) {
    /**
     * All hostile statements of a dialect, in a fixed order, with their place holders.
     *
     * @param dialect {@code duckdb}, {@code postgresql}, {@code mysql} or {@code sqlite}
     */
    public static List<HostileSql> of(String dialect) {
        return SqlCorpus.load("hostile-" + dialect + ".sql").stream()
                .map(entry -> new HostileSql(entry.name(), entry.sql(), entry.note()))
                .toList();
    }

    /**
     * The statement with real files.
     *
     * @param canary a file outside that must not be read
     * @param data the stored file behind a table, which must not change
     * @param written a file that must not come into being
     */
    public HostileSql aimedAt(Path canary, Path data, Path written) {
        String aimed = sql.replace("${canary}", canary.toString())
                .replace("${data}", data.toString())
                .replace("${written}", written.toString());
        return new HostileSql(name, aimed, why);
    }

    /** Shown by test reports. */
    @Override
    public String toString() {
        return name;
    }
}
