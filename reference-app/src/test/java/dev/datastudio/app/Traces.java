package dev.datastudio.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds what is left of something in a workspace, whatever keeps it. */
public final class Traces {
    private final Path workspace;

    private Traces(Path workspace) {
        this.workspace = workspace;
    }

    /** What is left in the workspace of this folder. */
    public static Traces in(Path workspace) {
        return new Traces(workspace);
    }

    /** Where a text is: in names and contents of files and rows of tables; {@code entry:KIND} of the metadata. */
    public Set<String> of(String text) throws IOException, SQLException {
        return places(text, true);
    }

    /** As {@link #of}, in names of files and in tables only. */
    public Set<String> inTables(String text) throws IOException, SQLException {
        return places(text, false);
    }

    private Set<String> places(String text, boolean inFiles) throws IOException, SQLException {
        Set<String> places = new TreeSet<>();
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(workspace, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // deleted in this moment
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        for (Path file : files) {
            String name = workspace.relativize(file).toString();
            if (name.contains(text)) {
                places.add(name);
            }
            if (name.endsWith("-wal") || name.endsWith("-shm")) {
                continue; // rows are looked at through SQLite, which writes over deleted ones by and by
            }
            byte[] content;
            try {
                content = Files.readAllBytes(file);
            } catch (NoSuchFileException e) {
                continue; // deleted in this moment
            }
            String bytes = new String(content, StandardCharsets.ISO_8859_1);
            if (bytes.startsWith("SQLite format 3")) {
                places.addAll(rows(file, text));
            } else if (inFiles && bytes.contains(text)) {
                places.add(name);
            }
        }
        return places;
    }

    private static Set<String> rows(Path file, String text) throws SQLException {
        Set<String> places = new TreeSet<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
                    boolean isOfKinds = table.startsWith("entry");
                    while (rows.next()) {
                        if (holds(rows, text)) {
                            places.add(isOfKinds ? table + ":" + rows.getString("kind") : table);
                        }
                    }
                }
            }
        }
        return places;
    }

    private static boolean holds(ResultSet row, String text) throws SQLException {
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            byte[] value = row.getBytes(i);
            if (value != null && new String(value, StandardCharsets.ISO_8859_1).contains(text)) {
                return true;
            }
        }
        return false;
    }
}
