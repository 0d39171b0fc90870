package dev.datastudio.agents.loader;

import dev.datastudio.agents.loader.internal.Loading;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.schema.SchemaSearch;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.schema.TableDocs;
import dev.datastudio.core.schema.TableEdit;
import dev.datastudio.core.source.SourceId;
import java.util.Objects;

/**
 * Loads connected databases: describes their tables technically and for the business, finds relations, and keeps both,
 * so that people read them and questions find their tables. A table is described by a language model, or by rules over
 * names, types and values where there is none.
 *
 * <p>A model is told names, types, keys, comments and, unless {@link LoadOptions.SentValues} says otherwise, a few values
 * of categories; never values of columns that look as if they told of people. What it writes is checked and cleaned; what
 * it proposes as a relation is held against the data. A table whose schema and sample are as they were costs no call, and
 * what is finished is kept at once, so that a load that broke off goes on where it was. What a person wrote stays.
 * Thread-safe; two loads of one database at a time do the work twice and end alike.
 */
public final class DatabaseLoader {
    private final Studio studio;
    private final Caller caller;
    private final Loading loading;

    private DatabaseLoader(Studio studio, Caller caller, Loading loading) {
        this.studio = studio;
        this.caller = caller;
        this.loading = loading;
    }

    /** The loader of a studio, for its own caller. */
    public static DatabaseLoader of(Studio studio) {
        return new DatabaseLoader(studio, studio.caller(), studio.feature(Loading.class, Loading::new));
    }

    /** The same for another caller, such as the user of a request. */
    public DatabaseLoader as(Caller other) {
        return new DatabaseLoader(studio, Objects.requireNonNull(other, "other"), loading);
    }

    /** As {@link #load(SourceId, LoadOptions, ProgressListener, Cancellation)}, by default and without listening. */
    public LoadReport load(SourceId source) {
        return load(source, LoadOptions.DEFAULT, ProgressListener.NONE, Cancellation.none());
    }

    /**
     * Loads a database. Blocks until it is done; tells of each table.
     *
     * @throws StudioException {@link ErrorCode#SOURCE_NOT_FOUND}, {@link ErrorCode#CANCELLED}, {@link
     *     ErrorCode#ENTRY_NOT_FOUND} when the model is not configured, what the database throws when it can't be read, and
     *     what a model throws that can't be reached, refuses or is over its quota. What was finished before stays
     */
    public LoadReport load(SourceId source, LoadOptions options, ProgressListener progress, Cancellation cancellation) {
        return studio.activities()
                .watching(
                        Activity.of(caller, "source.load").about(source),
                        () -> loading.load(caller, source, options, progress, cancellation),
                        (told, report) -> told.with("tables", report.tables().size())
                                .with("relations", report.relations().size())
                                .with("modelCalls", report.modelCalls()));
    }

    /**
     * Puts a person's words in place of what is written about a table, and into the search for tables.
     *
     * @throws StudioException as {@link TableDocs#edit} and {@link SchemaSearch#refresh}
     */
    public TableDoc edit(TableRef table, TableEdit edit, Cancellation cancellation) {
        TableDoc edited = TableDocs.of(studio.metadata(), caller).edit(table, edit);
        SchemaSearch.of(studio).as(caller).refresh(SourceId.parse(table.source()), cancellation);
        return edited;
    }
}
