package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.planner.TableRanking;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.schema.SchemaSearch;
import dev.datastudio.core.schema.TableQuery;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which tables a question is about, by the search over what is said of them. Thread-safe. */
final class SearchedTables {
    private static final Logger log = LoggerFactory.getLogger(SearchedTables.class);
    private static final int MOST = 30;

    private final Studio studio;

    SearchedTables(Studio studio) {
        this.studio = studio;
    }

    /** @param source null for imported data sets, of which whoever asks has chosen a few */
    TableRanking of(Caller caller, @Nullable SourceTables source, Cancellation cancellation) {
        return source == null
                ? TableRanking.NONE
                : question -> likely(
                        caller, TableQuery.in(Set.of(source.id()), question).limitedTo(MOST), cancellation);
    }

    /** The words of names rank tables too, so that a question need not fail with the search. */
    private List<String> likely(Caller caller, TableQuery query, Cancellation cancellation) {
        try {
            return SchemaSearch.of(studio).as(caller).find(query, cancellation).tables().stream()
                    .map(found -> plain(found.table().table()))
                    .toList();
        } catch (StudioException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            log.warn("Tables are ranked by their names alone, as the search for tables failed", e);
            return List.of();
        }
    }

    /** Plans name tables without their schema. */
    private static String plain(String table) {
        return table.substring(table.lastIndexOf('.') + 1);
    }
}
