package dev.datastudio.core.dataset.internal;

import java.util.ArrayList;
import java.util.List;

/** What is said about one column, in whole sentences. Not thread-safe. */
final class Notes {
    private final String column;
    private final List<String> sentences = new ArrayList<>();

    Notes(String column) {
        this.column = column;
    }

    /** Adds "Column 'name' …." */
    void say(String predicate) {
        sentences.add("Column '" + column + "' " + predicate + ".");
    }

    List<String> sentences() {
        return List.copyOf(sentences);
    }
}
