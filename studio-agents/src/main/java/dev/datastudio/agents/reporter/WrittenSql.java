package dev.datastudio.agents.reporter;

import java.util.List;
import java.util.Objects;

/**
 * A statement that a model wrote for a question, and how it came to it. It was not run yet. Immutable.
 *
 * @param sql the statement; empty when there is none
 * @param description what it computes, in words
 * @param problem why there is no statement; empty when there is one
 * @param question what was asked in the end: the message, or what it was refined to
 * @param source the name of the database that it is for, or {@code data sets}; empty when no table was found
 * @param tables the tables that the model was shown
 * @param schema these tables as the model was shown them
 * @param notes what to know before trusting it, whole sentences
 * @param trace the steps, in order
 */
public record WrittenSql(
        String sql,
        String description,
        String problem,
        String question,
        String source,
        List<UsedTable> tables,
        String schema,
        List<String> notes,
        List<TraceStep> trace) {
    public WrittenSql {
        Objects.requireNonNull(sql, "sql");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(schema, "schema");
        tables = List.copyOf(tables);
        notes = List.copyOf(notes);
        trace = List.copyOf(trace);
    }

    /** Whether there is a statement. */
    public boolean isWritten() {
        return !sql.isEmpty();
    }
}
