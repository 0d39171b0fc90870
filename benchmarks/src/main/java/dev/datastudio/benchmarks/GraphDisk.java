package dev.datastudio.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a disk and a database do without an engine on top. */
final class GraphDisk {
    private static final int BATCH = 1_000;
    private static final int PAGE = 4_096;

    private GraphDisk() {}

    /** A folder whose files reach a disk, which those of a temporary folder in memory would not. */
    static Path folder(Path scratch) throws IOException {
        if (!inMemory(scratch)) {
            return scratch;
        }
        Path target = Path.of(System.getProperty("studio.home", "."), "benchmarks", "target");
        Path folder = Files.createTempDirectory(Files.createDirectories(target), "graph-");
        if (inMemory(folder)) {
            Files.delete(folder);
            throw new IOException("Neither " + scratch + " nor " + target + " is on a disk; set java.io.tmpdir to a"
                    + " folder that is");
        }
        return folder;
    }

    private static boolean inMemory(Path folder) throws IOException {
        String type = Files.getFileStore(folder).type();
        return type.equals("tmpfs") || type.equals("ramfs");
    }

    /** Appends pages to a file, each brought to the disk before the next. */
    static void appendAndSync(Path file, int pages) throws IOException {
        ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < pages; i++) {
                page.clear();
                while (page.hasRemaining()) {
                    channel.write(page);
                }
                channel.force(false);
            }
        }
        Files.delete(file);
    }

    /** The size of all files in a folder. */
    static long bytes(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /**
     * The rows of the largest table of an SQLite file.
     *
     * @param schema statements that make a file of the same page size, tables and indexes
     * @param insert statement for one row
     */
    record Rows(List<String> schema, String insert, List<List<Object>> values) {
        static Rows of(Path database) throws SQLException {
            try (Connection connection = open(database);
                    Statement statement = connection.createStatement()) {
                List<String> schema = new ArrayList<>();
                schema.add("PRAGMA page_size = "
                        + texts(statement, "PRAGMA page_size").get(0));
                schema.add("PRAGMA journal_mode = WAL");
                schema.add("PRAGMA synchronous = FULL");
                schema.addAll(texts(
                        statement, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"));
                String table = "";
                long most = -1;
                for (String name : texts(statement, "SELECT name FROM sqlite_master WHERE type = 'table'")) {
                    long count = Long.parseLong(texts(statement, "SELECT count(*) FROM \"" + name + '"')
                            .get(0));
                    if (count > most) {
                        table = name;
                        most = count;
                    }
                }
                return read(statement, table, schema);
            }
        }

        private static Rows read(Statement statement, String table, List<String> schema) throws SQLException {
            List<List<Object>> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + '"')) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    List<Object> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        row.add(rows.getObject(i));
                    }
                    values.add(row);
                }
                String marks = "?, ".repeat(columns - 1) + "?";
                return new Rows(schema, "INSERT INTO \"" + table + "\" VALUES (" + marks + ")", values);
            }
        }

        private static List<String> texts(Statement statement, String query) throws SQLException {
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        }

        /** Puts the rows into a new file of the same schema, a thousand a transaction; gives its milliseconds. */
        double insertInto(Path database) throws SQLException {
            try (Connection connection = open(database)) {
                try (Statement statement = connection.createStatement()) {
                    for (String each : schema) {
                        statement.execute(each);
                    }
                }
                connection.setAutoCommit(false);
                long start = System.nanoTime();
                try (PreparedStatement statement = connection.prepareStatement(insert)) {
                    for (int i = 0; i < values.size(); i++) {
                        List<Object> row = values.get(i);
                        for (int column = 0; column < row.size(); column++) {
                            statement.setObject(column + 1, row.get(column));
                        }
                        statement.addBatch();
                        if ((i + 1) % BATCH == 0 || i + 1 == values.size()) {
                            statement.executeBatch();
                            connection.commit();
                        }
                    }
                }
                return (System.nanoTime() - start) / 1e6;
            }
        }

        private static Connection open(Path database) throws SQLException {
            return DriverManager.getConnection("jdbc:sqlite:" + database);
        }
    }
}
