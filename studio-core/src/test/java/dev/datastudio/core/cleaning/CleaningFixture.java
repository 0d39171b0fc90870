package dev.datastudio.core.cleaning;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.core.Studio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A workspace with data sets to clean. */
abstract class CleaningFixture {
    @TempDir
    Path folder;

    Studio studio;
    DatasetCleaning cleaning;

    @BeforeEach
    void open() {
        studio = Studio.builder().workspace(folder.resolve("workspace")).build();
        cleaning = DatasetCleaning.of(studio.datasets());
    }

    @AfterEach
    void close() {
        studio.close();
    }

    /** A data set of lines of CSV, the header first. */
    Dataset csv(String... lines) throws IOException {
        return csvNamed("data.csv", lines);
    }

    Dataset csvNamed(String name, String... lines) throws IOException {
        return studio.datasets().importFile(Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n"));
    }

    CleaningResult apply(Dataset dataset, CleaningStep... steps) {
        return cleaning.apply(dataset, CleaningRecipe.of(steps), ProgressListener.NONE, Cancellation.none());
    }

    /** What is said of the last step, with its rows. */
    StepEffect effect(Dataset dataset, CleaningStep... steps) {
        List<StepEffect> effects = cleaning.preview(dataset, CleaningRecipe.of(steps), Cancellation.none())
                .effects();
        return effects.get(effects.size() - 1);
    }

    /** All rows as text, values parted by '|', missing ones as '-'. */
    List<String> rows(Dataset dataset) {
        try (Stream<Map<String, @Nullable Object>> rows = studio.datasets().rows(dataset)) {
            return rows.map(row -> row.values().stream()
                            .map(value -> value == null ? "-" : value.toString())
                            .collect(Collectors.joining("|")))
                    .toList();
        }
    }

    /** The rows after some steps. */
    List<String> cleaned(Dataset dataset, CleaningStep... steps) {
        return rows(apply(dataset, steps).dataset());
    }
}
