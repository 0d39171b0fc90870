package dev.datastudio.core.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.testkit.server.MariaDbServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class MariaDbServerTest {
    @Test
    void givesEachCallerADatabaseOfItsOwn() throws SQLException {
        DataSource one = MariaDbServer.require().newDatabase();
        DataSource other = MariaDbServer.require().newDatabase();

        try (Connection first = one.getConnection();
                Connection second = other.getConnection();
                Statement writing = first.createStatement();
                Statement reading = second.createStatement()) {
            writing.execute("CREATE TABLE words (word TEXT)");
            writing.execute("INSERT INTO words VALUES ('Größe 😀')");

            assertThrows(SQLException.class, () -> reading.executeQuery("SELECT * FROM words"));
            try (ResultSet rows = writing.executeQuery("SELECT word, char_length(word) FROM words")) {
                rows.next();
                assertEquals("Größe 😀", rows.getString(1));
                assertEquals(7, rows.getInt(2));
            }
        }
    }
}
