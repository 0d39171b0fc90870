package dev.datastudio.agents.reporter.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.analysis.SqlDialect;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tables that one statement can read together: those of a database, or all data sets of a request. Immutable; its engine
 * is closed by the {@link DataScope} it belongs to.
 *
 * @param key the source of its tables' names
 * @param name what people call it
 * @param dialect what its engine speaks
 * @param engine lets through statements that only read
 * @param tables all its tables
 * @param relations finds how the tables hang together; may take a while
 */
record Place(
        String key,
        String name,
        SqlDialect dialect,
        QueryEngine engine,
        List<ShownTable> tables,
        Function<Cancellation, List<Relation>> relations) {
    Place {
        tables = List.copyOf(tables);
    }

    Optional<ShownTable> find(TableRef ref) {
        return tables.stream().filter(table -> table.ref().equals(ref)).findFirst();
    }

    /** @throws StudioException {@link ErrorCode#UNKNOWN_TABLE} */
    ShownTable get(TableRef ref) {
        return find(ref)
                .orElseThrow(() -> new StudioException(
                        ErrorCode.UNKNOWN_TABLE,
                        "Table " + StudioException.quote(ref) + " is not there any more",
                        "Read the schema again"));
    }
}
