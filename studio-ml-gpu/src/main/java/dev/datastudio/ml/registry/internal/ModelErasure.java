package dev.datastudio.ml.registry.internal;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.erasure.ErasurePart;

/** Erases trained models. Thread-safe. */
public final class ModelErasure implements ErasurePart {
    @Override
    public String kind() {
        return "trained-models";
    }

    @Override
    public long user(Studio studio, Caller who) {
        return new ModelStore(studio, who).deleteAll();
    }

    /** They are entries and artifacts, which go with a tenant in any case. */
    @Override
    public long tenant(Studio studio, String tenant) {
        return 0;
    }
}
