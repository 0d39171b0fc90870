package dev.datastudio.rag.internal;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.erasure.ErasurePart;
import dev.datastudio.rag.Documents;

/** Erases documents and what was made of them. Thread-safe. */
public final class DocumentErasure implements ErasurePart {
    @Override
    public String kind() {
        return "documents";
    }

    @Override
    public long user(Studio studio, Caller who) {
        Documents own = Documents.of(studio).as(who);
        own.schema().forgetDatasets();
        return own.deletePrivate();
    }

    @Override
    public long tenant(Studio studio, String tenant) {
        return Documents.of(studio).as(new Caller(tenant, "studio")).deleteTenant();
    }
}
