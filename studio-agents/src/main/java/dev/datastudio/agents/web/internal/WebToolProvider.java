package dev.datastudio.agents.web.internal;

import dev.datastudio.agents.web.WebSearch;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.ToolProvider;
import java.util.List;

/** Gives the tools of the web, when the caller's organisation has a search service or pages are allowed. Thread-safe. */
public final class WebToolProvider implements ToolProvider {
    @Override
    public String name() {
        return "web";
    }

    @Override
    public String description() {
        return "Searches the web and reads its pages.";
    }

    @Override
    public List<Tool> tools(Studio studio, Caller caller) {
        return WebSearch.of(studio).as(caller).tools();
    }
}
