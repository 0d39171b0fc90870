package dev.datastudio.core.tool.internal;

import dev.datastudio.core.table.TableInfo;

/** A sample of a table's rows, in an engine's words. */
final class SampleSql {
    private SampleSql() {}

    /**
     * Where an engine can pick rows without sorting all it does; elsewhere the sample is the first rows, which costs a
     * database of others little.
     */
    static String of(String engine, TableInfo table, int rows) {
        String all = "SELECT * FROM " + table.sql();
        return engine.equals("duckdb") ? all + " USING SAMPLE " + rows + " ROWS" : all;
    }
}
