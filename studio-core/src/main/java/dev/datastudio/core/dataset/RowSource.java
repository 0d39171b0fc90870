package dev.datastudio.core.dataset;

import dev.datastudio.core.dataset.internal.ResultSetRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows to be stored, read once, one after the other. Called on one thread at a time, though not always the same.
 * Whoever made it closes what it reads from.
 */
public interface RowSource {
    /** What each value of a row is; at least one column, the same at each call. */
    List<RowColumn> columns();

    /**
     * The next row, as wide as the columns; null after the last one. The array is read before the next call and may
     * then be used again.
     *
     * <p>Values by type, null for a missing one. BOOLEAN: Boolean. INTEGER: a Number that is whole and fits 64 bits.
     * DECIMAL: a Number; what is not finite becomes missing, which a warning tells. DATE: LocalDate or java.sql.Date.
     * TIMESTAMP: LocalDateTime, java.sql.Timestamp, java.util.Date, or a point in time with a zone, which is stored as
     * UTC. TIME: LocalTime or java.sql.Time. TEXT and OTHER: anything with a good {@code toString}, enums by name.
     *
     * @throws SQLException if what it reads from fails
     */
    @Nullable
    Object @Nullable [] next() throws SQLException;

    /** What was noticed while the rows were read, whole sentences; asked for once, after the last row. */
    default List<String> notes() {
        return List.of();
    }

    /**
     * The rows of a result from where it stands on, with types told from its metadata.
     *
     * @throws SQLException if the result can't be described
     */
    static RowSource of(ResultSet result) throws SQLException {
        return ResultSetRows.of(result);
    }
}
