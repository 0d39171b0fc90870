package dev.datastudio.cli.planted;

import dev.datastudio.api.dataset.DatasetId;

/** Knows a lower layer only. */
public final class Command {
    public Class<?> lower() {
        return DatasetId.class;
    }
}
