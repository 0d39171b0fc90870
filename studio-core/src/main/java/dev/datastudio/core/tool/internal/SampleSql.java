package dev.datastudio.core.tool.internal;

import dev.datastudio.core.table.TableInfo;
import dev.datastudio.core.table.TableSource;

/** A sample of a table's rows, in an engine's words. */
final class SampleSql {
    private SampleSql() {}

    /**
     * Random rows of a data set; the first rows of a database, which costs one that belongs to others little.
     */
    static String of(TableSource source, TableInfo table, int rows) {
        String all = "SELECT * FROM " + table.sql();
        return source.kind().equals(TableSource.DATASET) ? all + " USING SAMPLE " + rows + " ROWS" : all;
    }
}
