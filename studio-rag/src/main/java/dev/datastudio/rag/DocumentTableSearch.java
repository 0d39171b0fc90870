package dev.datastudio.rag;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.schema.FoundTables;
import dev.datastudio.core.schema.TableQuery;
import dev.datastudio.core.schema.TableSearch;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.rag.schema.SchemaDocuments;
import java.util.List;

/** Finds tables by words and by meaning, in the {@link SchemaDocuments} of a studio's {@link Documents}. Thread-safe. */
public final class DocumentTableSearch implements TableSearch {
    private static final String NAME = "documents";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public FoundTables find(Studio studio, Caller caller, TableQuery query, Cancellation cancellation) {
        SchemaDocuments schema = schema(studio, caller);
        List<String> notes = schema.complete(query, cancellation);
        return new FoundTables(schema.find(query, cancellation), NAME, notes);
    }

    @Override
    public void refresh(Studio studio, Caller caller, SourceId source, Cancellation cancellation) {
        schema(studio, caller).refresh(source, ProgressListener.NONE, cancellation);
    }

    private static SchemaDocuments schema(Studio studio, Caller caller) {
        return Documents.of(studio).as(caller).schema();
    }
}
