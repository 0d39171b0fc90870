package dev.datastudio.core.source.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Properties;
import java.util.function.Supplier;

/** Makes the driver of a source itself, so that no URL chooses one. */
final class Drivers {
    private Drivers() {}

    /**
     * Connects with a driver that may be absent.
     *
     * @param artifact the driver's Maven coordinates without a version
     * @param driver makes it
     * @throws StudioException DEPENDENCY_MISSING when its classes are not there
     */
    static Connection connect(String artifact, Supplier<Driver> driver, String url, Properties properties)
            throws SQLException {
        Driver made;
        try {
            made = driver.get();
        } catch (NoClassDefFoundError e) {
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    "The driver of this database, '" + artifact + "', is not on the class path",
                    "Add the dependency " + artifact,
                    e);
        }
        Connection connection = made.connect(url, properties);
        if (connection == null) {
            throw new SQLNonTransientConnectionException("The driver of " + artifact + " does not take its own URL");
        }
        return connection;
    }
}
