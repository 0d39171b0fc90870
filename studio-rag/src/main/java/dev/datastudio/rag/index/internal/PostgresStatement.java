package dev.datastudio.rag.index.internal;

import dev.datastudio.api.progress.Cancellation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A statement that grows together with its values; every value is bound, never written into it. Not thread-safe. */
public final class PostgresStatement {
    private static final Logger log = LoggerFactory.getLogger(PostgresStatement.class);

    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    /**
     * Adds a part of it.
     *
     * @param part written here, or by another part of Studio; nothing that a user gave
     * @param values one for each '?' in the part: texts, numbers, and arrays of {@link String}, {@link Long} and
     *     {@link Double}
     */
    public PostgresStatement add(String part, Object... values) {
        sql.append(part);
        this.values.addAll(List.of(values));
        return this;
    }

    /** Adds another one as it is now. */
    public PostgresStatement add(PostgresStatement part) {
        sql.append(part.sql);
        values.addAll(part.values);
        return this;
    }

    /** Runs it and gives how many rows it changed. */
    public int execute(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            return statement.executeUpdate();
        }
    }

    /** The rows that it gives. */
    public <T> List<T> list(Connection connection, RowReader<T> reader) throws SQLException {
        return list(connection, Cancellation.none(), reader);
    }

    /** The rows that it gives, unless it is cancelled, which makes the server give up with an error. */
    public <T> List<T> list(Connection connection, Cancellation cancellation, RowReader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepare(connection);
                Cancellation.Registration waiting = cancellation.onCancel(() -> cancel(statement))) {
            cancellation.throwIfCancelled();
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            assert waiting != null;
            return rows;
        }
    }

    private static void cancel(PreparedStatement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            log.debug("The statement ended before it could be cancelled", e);
        }
    }

    private PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.toString());
        try {
            for (int i = 0; i < values.size(); i++) {
                bind(statement, i + 1, values.get(i));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, int place, Object value) throws SQLException {
        if (value instanceof Object[] array) {
            statement.setArray(place, statement.getConnection().createArrayOf(elementType(array), array));
        } else {
            statement.setObject(place, value);
        }
    }

    private static String elementType(Object[] array) {
        if (array instanceof String[]) {
            return "text";
        }
        return array instanceof Long[] ? "int8" : "float8";
    }

    /**
     * Reads the row that a result is at.
     *
     * @param <T> what is made of it
     */
    @FunctionalInterface
    public interface RowReader<T> {
        /** Reads without moving on. */
        T read(ResultSet row) throws SQLException;
    }
}
