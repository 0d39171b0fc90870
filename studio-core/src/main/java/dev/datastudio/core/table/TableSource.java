package dev.datastudio.core.table;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.QueryEngine;
import java.util.List;
import java.util.Locale;

/**
 * Something with tables that SQL can be run over, opened for one caller. Thread-safe; close it when done.
 */
public interface TableSource extends AutoCloseable {
    /** The kind of an imported data set. */
    String DATASET = "data set";

    /** What people call it. */
    String name();

    /** What it is: {@link #DATASET}, or the name and version of the database. */
    String kind();

    /** Its tables; at least one, unless a database is empty. */
    List<TableInfo> tables();

    /** Answers SQL over the tables; closing it is left to this source. */
    QueryEngine engine();

    /**
     * The table of a name, letter case aside, with or without its schema; the only one when the name is empty.
     *
     * @throws StudioException with {@link ErrorCode#UNKNOWN_TABLE} when there is none or several
     */
    default TableInfo table(String name) {
        List<TableInfo> fitting = tables().stream()
                .filter(table -> name.isEmpty()
                        || table.name().equalsIgnoreCase(name)
                        || table.name().toLowerCase(Locale.ROOT).endsWith("." + name.toLowerCase(Locale.ROOT)))
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        String what = fitting.isEmpty()
                ? "Table " + StudioException.quote(name) + " is not in " + StudioException.quote(name())
                : name.isEmpty()
                        ? StudioException.quote(name()) + " has " + fitting.size() + " tables, and none was named"
                        : StudioException.quote(name) + " is the name of " + fitting.size() + " tables";
        throw new StudioException(
                ErrorCode.UNKNOWN_TABLE,
                what,
                "Name one of "
                        + tables().stream().map(TableInfo::name).limit(50).toList());
    }

    @Override
    void close();
}
