package dev.datastudio.core.relation;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.relation.RelationTable.ForeignKey;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceTable;
import dev.datastudio.core.source.Sources;
import dev.datastudio.core.source.TableName;
import dev.datastudio.core.table.internal.DatabaseTables;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Looks for relations between the tables of one database: finds them, asks the data about proposals, and keeps what is
 * to be kept, all at once. Holds connections until it is closed. Not thread-safe.
 */
public final class DatabaseRelations implements AutoCloseable {
    private final DatabaseTables database;
    private final List<RelationTable> tables;
    private final Relations keeper;

    private DatabaseRelations(DatabaseTables database, List<RelationTable> tables, Relations keeper) {
        this.database = database;
        this.tables = tables;
        this.keeper = keeper;
    }

    static DatabaseRelations over(Sources sources, Source source, Relations keeper) {
        DatabaseTables database = DatabaseTables.open(sources, source);
        try {
            List<RelationTable> tables = new ArrayList<>();
            for (SourceTable table : database.schema().tables()) {
                tables.add(new RelationTable(
                        ref(source.id(), table.name()), database.info(table), keys(source.id(), table)));
            }
            return new DatabaseRelations(database, List.copyOf(tables), keeper);
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    private static TableRef ref(SourceId source, TableName table) {
        return new TableRef(source.toString(), table.toString());
    }

    private static List<ForeignKey> keys(SourceId source, SourceTable table) {
        return table.foreignKeys().stream()
                .map(key -> new ForeignKey(key.columns(), ref(source, key.target()), key.targetColumns()))
                .toList();
    }

    /**
     * What keys, names and values say, as {@link RelationFinder#find}.
     *
     * @return the surest first; nothing of it is kept yet
     */
    public List<Relation> find(ProgressListener progress, Cancellation cancellation) {
        return RelationFinder.over(database.engine()).find(tables, progress, cancellation);
    }

    /** What the data says to proposals, as {@link RelationFinder#check}. */
    public List<CheckedRelation> check(
            List<ProposedRelation> proposals, List<Relation> found, Cancellation cancellation) {
        return RelationFinder.over(database.engine()).check(tables, proposals, found, cancellation);
    }

    /**
     * Makes relations all that is known among the tables; what people decided stays.
     *
     * @return all that is known afterwards, the surest first
     * @throws StudioException with {@link ErrorCode#STORAGE_FAILED} and the like
     */
    public List<Relation> keep(List<Relation> relations) {
        return keeper.keep(tables.stream().map(RelationTable::ref).collect(Collectors.toSet()), relations);
    }

    @Override
    public void close() {
        database.close();
    }
}
