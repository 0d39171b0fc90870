package dev.datastudio.rag;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.ToolProvider;
import java.util.List;

/** Gives {@code query_documents} and {@code search_documents} to the agents of a studio. Thread-safe. */
public final class DocumentToolProvider implements ToolProvider {
    @Override
    public String name() {
        return "documents";
    }

    @Override
    public String description() {
        return "Finds passages in documents and answers questions out of them.";
    }

    @Override
    public List<Tool> tools(Studio studio, Caller caller) {
        return DocumentTools.of(() -> Documents.of(studio));
    }
}
