package dev.datastudio.agents.eval.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Puts questions together by database, in the order of their first appearance. Not thread-safe. */
final class Grouping {
    private final Path tables;
    private final boolean folders;
    private final Map<String, List<EvaluationItem>> items = new LinkedHashMap<>();

    private Grouping(Path tables, boolean folders) {
        this.tables = tables;
        this.folders = folders;
    }

    /** A database is a folder of CSV files. */
    static Grouping byFolder(Path set) {
        return new Grouping(set.resolve("tables"), true);
    }

    /** A database is a CSV file. */
    static Grouping byFile(Path set) {
        return new Grouping(set.resolve("tables"), false);
    }

    void add(String database, EvaluationItem item) {
        items.computeIfAbsent(database, name -> new ArrayList<>()).add(item);
    }

    List<ItemGroup> list() {
        return items.entrySet().stream()
                .map(entry -> new ItemGroup(entry.getKey(), files(entry.getKey()), entry.getValue()))
                .toList();
    }

    private List<Path> files(String database) {
        Path path = tables.resolve(database).normalize();
        if (!path.startsWith(tables.normalize())) {
            throw new StudioException(
                    ErrorCode.PATH_REFUSED,
                    "The table " + StudioException.quote(database) + " lies outside the set",
                    "Name tables within the set's folder 'tables'");
        }
        if (!folders) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE,
                    "The database " + StudioException.quote(path) + " can't be read: " + e.getMessage(),
                    "Give a folder with a CSV file for each table",
                    e);
        }
    }
}
