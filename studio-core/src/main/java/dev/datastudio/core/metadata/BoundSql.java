package dev.datastudio.core.metadata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A statement that grows together with its values; every value is bound, never written into it. Not thread-safe. */
final class BoundSql {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    /** @param values texts and longs, one for each '?' in the part */
    BoundSql add(String part, Object... values) {
        sql.append(part);
        this.values.addAll(List.of(values));
        return this;
    }

    /** Gives prepared statements, the same one for the same text; they are closed by whoever has them. */
    interface Statements {
        PreparedStatement get(String sql) throws SQLException;
    }

    /** This statement out of those that are prepared already, with its values. */
    PreparedStatement bindTo(Statements statements) throws SQLException {
        return bound(statements.get(sql.toString()));
    }

    private PreparedStatement bound(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return statement;
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.toString());
        try {
            return bound(statement);
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    int execute(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            return statement.executeUpdate();
        }
    }
}
