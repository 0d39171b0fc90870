package dev.datastudio.core.schema.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.schema.FoundTable;
import dev.datastudio.core.schema.FoundTables;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.schema.TableDocs;
import dev.datastudio.core.schema.TableQuery;
import dev.datastudio.core.schema.TableSearch;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceTable;
import dev.datastudio.core.source.Sources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Searches by words what {@link TableDocs} hold, and what the catalogue says of databases that were not loaded. */
public final class LexicalTableSearch implements TableSearch {
    private static final String NAME = "words";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public FoundTables find(Studio studio, Caller caller, TableQuery query, Cancellation cancellation) {
        List<FoundTable> tables = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        if (query.isEverywhere()) {
            newest(studio, caller).values().forEach(dataset -> tables.add(described(dataset)));
        }
        Sources sources = studio.sources().as(caller);
        for (Source source : wanted(sources, query)) {
            cancellation.throwIfCancelled();
            try {
                tables.addAll(tables(studio, caller, source, cancellation));
            } catch (StudioException e) {
                if (e.code() == ErrorCode.CANCELLED || query.sources().size() == 1) {
                    throw e;
                }
                notes.add("The tables of " + StudioException.quote(source.name()) + " are not known: " + e.what());
            }
        }
        return new FoundTables(LexicalSearch.rank(query.question(), tables, query.limit()), NAME, notes);
    }

    private static List<Source> wanted(Sources sources, TableQuery query) {
        return query.isEverywhere()
                ? sources.list()
                : query.sources().stream().map(sources::get).toList();
    }

    private static Map<String, Dataset> newest(Studio studio, Caller caller) {
        Map<String, Dataset> newest = new LinkedHashMap<>();
        for (Dataset dataset : studio.datasets().as(caller).list()) {
            newest.merge(dataset.name(), dataset, (one, other) -> one.version() >= other.version() ? one : other);
        }
        return newest;
    }

    private static FoundTable described(Dataset dataset) {
        return found(
                TableRef.dataset(dataset.table()), dataset.name(), TableDescription.of(dataset, Map.of(), List.of()));
    }

    private static List<FoundTable> tables(Studio studio, Caller caller, Source source, Cancellation cancellation) {
        List<FoundTable> tables = new ArrayList<>();
        for (TableDoc doc : TableDocs.of(studio.metadata(), caller).list(source.id())) {
            tables.add(found(doc.table(), source.name() + "." + doc.table().table(), doc.text()));
        }
        if (tables.isEmpty()) {
            Sources sources = studio.sources().as(caller);
            for (SourceTable table : sources.schema(source.id(), ProgressListener.NONE, cancellation)
                    .tables()) {
                TableRef ref = new TableRef(source.id().toString(), table.name().toString());
                tables.add(found(ref, source.name() + "." + table.name(), TableDescription.of(source, table)));
            }
        }
        return tables;
    }

    private static FoundTable found(TableRef table, String name, String text) {
        return new FoundTable(table, name, text, 0, Map.of());
    }

    /** Nothing is kept here that could be out of date. */
    @Override
    public void refresh(Studio studio, Caller caller, SourceId source, Cancellation cancellation) {}
}
