package dev.datastudio.core.cleaning.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.cleaning.CleaningSuggestion;
import java.nio.file.Path;
import java.util.List;

/** Finds steps that a data set may need. */
public final class Suggestions {
    private Suggestions() {}

    public static List<CleaningSuggestion> find(Dataset dataset, Path file, Cancellation cancellation) {
        return List.of();
    }
}
