package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.stream.Collectors;

/** Tells whether the rows of a data set can still be read. */
final class TableCheck {
    private TableCheck() {}

    /** Gives a table file that is whole the time that {@link #isWhole} knows it by. */
    static void seal(Path file, Instant importedAt) {
        try {
            Files.setLastModifiedTime(file, FileTime.fromMillis(importedAt.toEpochMilli()));
        } catch (IOException e) {
            throw StorageErrors.writing("The time of a stored table could not be set", file, e);
        }
    }

    /**
     * Whether a table file is as it was stored. One that was sealed and not written since is taken for whole; any other
     * is read from end to end, which meets every block's checksum.
     */
    static boolean isWhole(Path file, Dataset dataset) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        } else if (isSealed(file, dataset)) {
            return true;
        } else if (isReadable(file, dataset)) {
            seal(file, dataset.importedAt());
            return true;
        }
        return false;
    }

    private static boolean isSealed(Path file, Dataset dataset) {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis()
                    == dataset.importedAt().toEpochMilli();
        } catch (IOException e) {
            return false; // it is gone, or can't be looked at: reading it will tell
        }
    }

    private static boolean isReadable(Path file, Dataset dataset) {
        String values = dataset.columns().stream().map(c -> Sql.name(c.name())).collect(Collectors.joining(", "));
        try (Connection connection = DuckDb.open();
                Statement statement = connection.createStatement()) {
            statement.execute("ATTACH " + Sql.text(file.toString()) + " AS target (READ_ONLY)");
            try (ResultSet rows =
                    statement.executeQuery("SELECT count(*), bit_xor(hash(" + values + ")) FROM " + TableFile.TABLE)) {
                rows.next();
                return rows.getLong(1) == dataset.rowCount();
            }
        } catch (SQLException e) {
            return false; // whatever it is, these rows can't be read
        }
    }
}
