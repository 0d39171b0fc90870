package dev.datastudio.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What a program without Studio does: opens DuckDB, reads the file, prints an aggregate. Started as its own process. */
final class BareQuestion {
    private BareQuestion() {}

    public static void main(String[] args) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT region, avg(sales) FROM read_csv(?) GROUP BY region ORDER BY 2 DESC")) {
            statement.setString(1, args[0]);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    System.out.println(rows.getString(1) + " " + rows.getDouble(2));
                }
            }
        }
    }
}
