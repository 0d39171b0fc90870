package dev.datastudio.agents.reporter.internal.repair;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The rules that mend a statement without a model, in the order in which they are tried. */
public final class RepairRules {
    private static final List<Function<Faulty, Optional<Repair>>> RULES = List.of(
            ReservedWords::quote,
            Quoting::mend,
            TextQuotes::mend,
            Dialects::mend,
            NearNames::tables,
            NearNames::columns,
            Grouping::mend);

    private RepairRules() {}

    /**
     * The first repair that gives a statement which was not tried yet.
     *
     * @param tried the statements that were run before
     */
    public static Optional<Repair> first(Faulty faulty, Set<String> tried) {
        for (Function<Faulty, Optional<Repair>> rule : RULES) {
            Optional<Repair> repair = rule.apply(faulty).filter(r -> !tried.contains(r.sql()));
            if (repair.isPresent()) {
                return repair;
            }
        }
        return Optional.empty();
    }
}
