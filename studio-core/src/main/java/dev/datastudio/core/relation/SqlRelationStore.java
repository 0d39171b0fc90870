package dev.datastudio.core.relation;

import dev.datastudio.api.relation.JoinPath;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.RelationStore;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.relation.internal.PathSearch;
import dev.datastudio.core.relation.internal.RelationRows;
import dev.datastudio.core.workspace.TransactionalDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Relations in the state database: SQLite, or PostgreSQL for several instances. Thread-safe. */
public final class SqlRelationStore implements RelationStore {
    private final TransactionalDatabase database;

    private SqlRelationStore(TransactionalDatabase database) {
        this.database = database;
    }

    /** Keeps relations in a database, which stays open. */
    public static SqlRelationStore over(TransactionalDatabase database) {
        return new SqlRelationStore(Objects.requireNonNull(database, "database"));
    }

    @Override
    public void replace(String owner, Set<TableRef> tables, List<Relation> found) {
        for (Relation relation : found) {
            if (!isAmong(tables, relation)) {
                throw new IllegalArgumentException(
                        "The relation of " + relation.from() + " to " + relation.to() + " is not between " + tables);
            }
        }
        database.write(connection -> {
            Map<List<Key>, Relation> known = new HashMap<>();
            for (Relation relation : among(connection, owner, tables)) {
                known.put(keys(relation), relation);
            }
            for (Relation relation : found) {
                Relation before = known.remove(keys(relation));
                RelationRows.put(connection, owner, before == null ? relation : relation.withStatus(before.status()));
            }
            for (Relation gone : known.values()) {
                if (gone.status() == Relation.Status.PROPOSED) {
                    RelationRows.delete(connection, owner, gone.from(), gone.to());
                }
            }
            return found.size();
        });
    }

    private static List<Key> keys(Relation relation) {
        return List.of(relation.from(), relation.to());
    }

    private static boolean isAmong(Set<TableRef> tables, Relation relation) {
        return tables.contains(relation.from().table())
                && tables.contains(relation.to().table());
    }

    private static List<Relation> among(Connection connection, String owner, Set<TableRef> tables) throws SQLException {
        return RelationRows.of(connection, owner, tables).stream()
                .filter(relation -> isAmong(tables, relation))
                .toList();
    }

    @Override
    public void put(String owner, Relation relation) {
        database.write(connection -> RelationRows.put(connection, owner, relation));
    }

    @Override
    public void delete(String owner, Key from, Key to) {
        database.write(connection -> RelationRows.delete(connection, owner, from, to));
    }

    @Override
    public void deleteTable(String owner, TableRef table) {
        database.write(connection -> RelationRows.deleteTable(connection, owner, table));
    }

    @Override
    public void deleteSource(String owner, String source) {
        database.write(connection -> RelationRows.deleteSource(connection, owner, source));
    }

    @Override
    public void deleteTenant(String tenant) {
        database.write(connection -> RelationRows.deleteTenant(connection, tenant));
    }

    @Override
    public List<Relation> relations(String owner, Set<TableRef> tables) {
        return database.read(connection -> RelationRows.of(connection, owner, tables)).stream()
                .sorted(Comparator.comparingDouble(Relation::score)
                        .reversed()
                        .thenComparing(relation -> relation.from().toString())
                        .thenComparing(relation -> relation.to().toString()))
                .toList();
    }

    @Override
    public List<JoinPath> shortestPaths(String owner, TableRef from, TableRef to, Set<TableRef> within, int maxSteps) {
        List<Relation> usable = database.read(connection -> among(connection, owner, within)).stream()
                .filter(Relation::isUsable)
                .toList();
        return new PathSearch(usable).between(from, to, within, maxSteps);
    }

    /** Leaves the database open. */
    @Override
    public void close() {}
}
