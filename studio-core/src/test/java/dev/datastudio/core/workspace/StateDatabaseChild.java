package dev.datastudio.core.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The other process of {@link SharedWorkspaceTest}: what it does is its first argument, the database its second. */
final class StateDatabaseChild {
    private StateDatabaseChild() {}

    public static void main(String[] arguments) {
        try (StateDatabase database = StateDatabase.open(Path.of(arguments[1]))) {
            switch (arguments[0]) {
                case "hold" -> database.write(StateDatabaseChild::holdUntilTold);
                case "add" -> add(database, Integer.parseInt(arguments[2]));
                case "add-for-ever" -> addForEver(database);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
        System.out.println("done");
    }

    private static int holdUntilTold(Connection connection) throws SQLException {
        addPair(connection, "held");
        System.out.println("holding");
        try {
            return System.in.read();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(StateDatabase database, int pairs) {
        System.out.println("adding");
        for (int i = 0; i < pairs; i++) {
            String key = "child-" + i;
            database.writeRelaxed(connection -> addPair(connection, key));
        }
    }

    /** Prints the number of each pair once its transaction is committed. */
    private static void addForEver(StateDatabase database) {
        for (int i = 0; ; i++) {
            String key = ProcessHandle.current().pid() + "-" + i;
            database.writeRelaxed(connection -> addPair(connection, key));
            System.out.println("committed " + key);
        }
    }

    /** Two rows that belong together. */
    static int addPair(Connection connection, String key) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO result_cache"
                + " (tenant, namespace, key, value, checksum, size, created_at, used_at)"
                + " VALUES ('t', ?, ?, zeroblob(2000), 0, 2000, 0, 0)")) {
            for (String half : new String[] {"left", "right"}) {
                insert.setString(1, half);
                insert.setString(2, key);
                insert.executeUpdate();
            }
            return 2;
        }
    }
}
