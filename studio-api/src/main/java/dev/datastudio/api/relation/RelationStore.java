package dev.datastudio.api.relation;

import dev.datastudio.api.error.StudioException;
import java.util.List;
import java.util.Set;

/**
 * Keeps the relations between tables, as a graph. Thread-safe, also between processes.
 *
 * <p>Each method takes the {@code owner} of the tables: a tenant for its databases, one person in it for data sets.
 * Nothing of one owner is seen or changed for another.
 *
 * <p>What goes wrong with the storage itself is a {@link StudioException} with a {@code STORAGE_…} code.
 */
public interface RelationStore extends AutoCloseable {
    /**
     * Makes what was found among some tables all that is known among them: relations between two of these tables that
     * are not found again go, unless a person accepted or rejected them; the status of those that are found again stays.
     *
     * @param tables among which relations were looked for
     * @param found all relations found, each between two of the tables; their status is only taken for new ones
     * @throws IllegalArgumentException if a relation leads to another table
     */
    void replace(String owner, Set<TableRef> tables, List<Relation> found);

    /** Adds a relation or replaces the one between its two keys, status too. */
    void put(String owner, Relation relation);

    /** Removes the relation between two keys, if there is one. */
    void delete(String owner, Key from, Key to);

    /** Removes all relations of a table, as when it is gone. */
    void deleteTable(String owner, TableRef table);

    /**
     * Removes all relations of the tables of a source, as when it is disconnected.
     *
     * @param source as {@link TableRef#source()}
     */
    void deleteSource(String owner, String source);

    /**
     * Removes all relations of a tenant's databases and of everybody's data sets in it, as when it goes.
     *
     * @param tenant the owners are it and whatever begins with it and a slash
     */
    void deleteTenant(String tenant);

    /** All relations from or to one of the tables, whatever their score and status, the surest first. */
    List<Relation> relations(String owner, Set<TableRef> tables);

    /**
     * The shortest ways between two tables over usable relations ({@link Relation#isUsable()}): all that have the least
     * number of steps, the surest first. Several paths of nearly the same score mean that somebody has to choose.
     *
     * @param within the tables that a path may touch, both ends among them
     * @param maxSteps how long a path may be, 1 to 8
     * @return at most 16 paths; empty when there is none, or when both ends are the same table
     */
    List<JoinPath> shortestPaths(String owner, TableRef from, TableRef to, Set<TableRef> within, int maxSteps);

    /** Frees what the store holds. Does nothing when called again. */
    @Override
    void close();
}
