package dev.datastudio.core.source;

import java.util.List;
import java.util.Optional;

/**
 * What a source consists of, without what belongs to the database system itself. Immutable.
 *
 * @param tables by schema and name, at most {@link #MAX_TABLES}
 * @param warnings what was left out, whole sentences
 */
public record SourceSchema(List<SourceTable> tables, List<String> warnings) {
    /** How many tables are read at most. */
    public static final int MAX_TABLES = 2_000;

    public SourceSchema {
        tables = List.copyOf(tables);
        warnings = List.copyOf(warnings);
    }

    /** The table of that name, exactly; one without a schema is looked for in all. */
    public Optional<SourceTable> find(TableName name) {
        return tables.stream()
                .filter(t -> t.name().name().equals(name.name()))
                .filter(t -> name.schema().isEmpty() || t.name().schema().equals(name.schema()))
                .findFirst();
    }
}
