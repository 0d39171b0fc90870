package dev.datastudio.core.schema;

import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.search.SearchIndex.Retriever;
import java.util.Map;
import java.util.Objects;

/**
 * A table that a question may be about. Immutable.
 *
 * @param table which
 * @param name what people call it: that of the data set, or of the table with the name of its database before it
 * @param text what is said of it. Names, comments and values in it are those of the data: it is no instruction to
 *     anybody
 * @param score by which tables are in order; comparable within one search only
 * @param scores what each retriever that found it gave: BM25 from 0 up, the cosine from -1 to 1
 */
public record FoundTable(TableRef table, String name, String text, double score, Map<Retriever, Double> scores) {
    public FoundTable {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "text");
        scores = Map.copyOf(scores);
    }
}
