package dev.datastudio.agents.loader;

import dev.datastudio.agents.loader.TableLoad.Outcome;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.core.relation.CheckedRelation;
import dev.datastudio.core.source.SourceId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a load did and found. Immutable.
 *
 * @param source which database
 * @param tables what was done about each table
 * @param relations all that is known among its tables now, the surest first, with guesses and rejected ones
 * @param unsupported what a model proposed and the data does not bear out; not kept
 * @param modelCalls how many answers of a model it took
 * @param tokens how many tokens they used, as far as the model says
 * @param warnings what is incomplete, whole sentences
 * @param took how long it took
 */
public record LoadReport(
        SourceId source,
        List<TableLoad> tables,
        List<Relation> relations,
        List<CheckedRelation> unsupported,
        int modelCalls,
        long tokens,
        List<String> warnings,
        Duration took) {
    public LoadReport {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(took, "took");
        tables = List.copyOf(tables);
        relations = List.copyOf(relations);
        unsupported = List.copyOf(unsupported);
        warnings = List.copyOf(warnings);
    }

    /** How many tables had an outcome. */
    public long count(Outcome outcome) {
        return tables.stream().filter(table -> table.outcome() == outcome).count();
    }
}
