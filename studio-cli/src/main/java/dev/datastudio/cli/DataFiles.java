package dev.datastudio.cli;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.ImportOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that a command is given, imported when they are new. */
final class DataFiles {
    private final Studio studio;
    private final Terminal terminal;

    DataFiles(Studio studio, Terminal terminal) {
        this.studio = studio;
        this.terminal = terminal;
    }

    /** The data sets of some files, in order; a file given twice counts once. */
    List<Dataset> open(List<String> files) {
        Map<DatasetId, Dataset> datasets = new LinkedHashMap<>();
        for (String file : files) {
            Dataset dataset = open(file);
            datasets.putIfAbsent(dataset.id(), dataset);
        }
        return List.copyOf(datasets.values());
    }

    /** The data set of a file. */
    Dataset open(String file) {
        Path path = path(file);
        try (ProgressLine progress = terminal.progressOf("Importing " + path.getFileName())) {
            ImportOptions options = ImportOptions.builder()
                    .progress(progress)
                    .cancellation(terminal.cancellation())
                    .build();
            return studio.datasets().importFile(path, options);
        }
    }

    private static Path path(String file) {
        if (file.isBlank()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "The name of a file is empty", "Name a CSV, TSV, JSON or Parquet file");
        }
        if (file.equals("-")) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Data can't be read from standard input ('-')",
                    "Save it to a file first, and name that file");
        }
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The name " + StudioException.quote(file) + " can't be that of a file here: " + e.getReason(),
                    "Name it in the characters of this system's locale, such as LC_ALL=C.UTF-8",
                    e);
        }
    }
}
