package dev.datastudio.agents.eval.internal;

import java.nio.file.Path;
import java.util.List;

/** The questions about one database. Immutable. */
record ItemGroup(String name, List<Path> files, List<EvaluationItem> items) {
    ItemGroup {
        files = List.copyOf(files);
        items = List.copyOf(items);
    }

    ItemGroup with(List<EvaluationItem> items) {
        return new ItemGroup(name, files, items);
    }
}
