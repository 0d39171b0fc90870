package dev.datastudio.agents.planner;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import java.util.List;

/** Knows no value. */
enum NoValues implements ValueLookup {
    INSTANCE;

    @Override
    public List<String> values(Dataset dataset, Column column) {
        return List.of();
    }
}
