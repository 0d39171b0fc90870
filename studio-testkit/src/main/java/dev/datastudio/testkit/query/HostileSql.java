package dev.datastudio.testkit.query;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
     * All hostile statements of a dialect, in a fixed order, with their place holders: those that every dialect must
     * refuse, those that only a parser of the engine's own makes harmless, then its own. One of its own takes the place
     * of one for all that has its name.
     *
     * @param dialect {@code duckdb}, {@code postgresql}, {@code mysql}, {@code sqlite} or {@code sqlserver}
     */
    public static List<HostileSql> of(String dialect) {
        Map<String, HostileSql> byName = new LinkedHashMap<>();
        List<String> parts =
                dialect.equals("duckdb") ? List.of("common", dialect) : List.of("common", "unparsed", dialect);
        for (String part : parts) {
            SqlCorpus.load("hostile-" + part + ".sql")
                    .forEach(
                            entry -> byName.put(entry.name(), new HostileSql(entry.name(), entry.sql(), entry.note())));
        }
        return List.copyOf(byName.values());
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
