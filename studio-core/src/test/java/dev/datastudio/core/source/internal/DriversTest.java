package dev.datastudio.core.source.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DriversTest {
    @Test
    void namesTheArtifactOfAMissingDriver() {
        StudioException error = assertThrows(
                StudioException.class,
                () -> Drivers.connect(
                        "org.postgresql:postgresql",
                        () -> {
                            throw new NoClassDefFoundError("org/postgresql/Driver");
                        },
                        "jdbc:postgresql://localhost/x",
                        new Properties()));

        assertEquals(ErrorCode.DEPENDENCY_MISSING, error.code());
        assertEquals("Add the dependency org.postgresql:postgresql", error.mend());
    }

    @Test
    void refusesAUrlThatIsNotTheDriversOwn() {
        assertThrows(
                SQLException.class,
                () -> Drivers.connect(
                        "org.xerial:sqlite-jdbc", () -> new org.sqlite.JDBC(), "jdbc:h2:mem", new Properties()));
    }
}
