package dev.datastudio.agents.tool.internal;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.ToolProvider;
import java.util.List;
import java.util.stream.Stream;

/** Gives the studio's own tools. Thread-safe. */
public final class BuiltInTools implements ToolProvider {
    @Override
    public String name() {
        return "built-in";
    }

    @Override
    public String description() {
        return "Reads, explores, tests and draws data sets and databases; runs code where the program allows it.";
    }

    @Override
    public List<Tool> tools(Studio studio, Caller caller) {
        return Stream.of(studio.analysisTools(), studio.dataTools(), studio.codeTools())
                .flatMap(List::stream)
                .toList();
    }
}
