package dev.datastudio.cli;

import dev.datastudio.ml.registry.OnnxOptions;
import java.util.List;
import picocli.CommandLine.Option;

/** What {@code studio trained import} may be told beside the file. */
final class OnnxImportOptions {
    @Option(names = "--predicts", paramLabel = "COLUMN", description = "of import: the column that the model predicts")
    private String target = "";

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAMES",
            description = "of import: the columns that it is given, in the order of its inputs")
    private List<String> columns = List.of();

    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "NAMES",
            description = "of import: the classes that it tells, in the order of their shares")
    private List<String> classes = List.of();

    OnnxOptions options(String name) {
        return OnnxOptions.DEFAULT
                .named(name)
                .predicting(target)
                .reading(columns)
                .telling(classes);
    }
}
