package dev.datastudio.core.source.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Properties;

/** Makes the driver of a source itself, so that no URL chooses one. */
final class Drivers {
    private Drivers() {}

    /**
     * Connects with a driver that may be absent.
     *
     * @param artifact the driver's Maven coordinates without a version
     * @param driver the name of its class
     * @throws StudioException DEPENDENCY_MISSING when it is not there
     */
    static Connection connect(String artifact, String driver, String url, Properties properties) throws SQLException {
        Connection connection = make(artifact, driver).connect(url, properties);
        if (connection == null) {
            throw new SQLNonTransientConnectionException("The driver of " + artifact + " does not take its own URL");
        }
        return connection;
    }

    private static Driver make(String artifact, String driver) {
        try {
            return Class.forName(driver)
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    "The driver of this database, '" + artifact + "', is not on the class path",
                    "Add the dependency " + artifact,
                    e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The driver " + driver + " can't be made", e);
        }
    }
}
