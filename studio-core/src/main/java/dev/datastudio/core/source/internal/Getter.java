package dev.datastudio.core.source.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Takes one value of the current row of a result. */
@FunctionalInterface
interface Getter {
    /**
     * The value, null when it is missing.
     *
     * @throws java.time.DateTimeException if it is none of its column's type
     */
    @Nullable
    Object get(ResultSet row, int column) throws SQLException;
}
