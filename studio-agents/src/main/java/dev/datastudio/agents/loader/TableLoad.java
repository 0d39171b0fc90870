package dev.datastudio.agents.loader;

import dev.datastudio.api.relation.TableRef;
import java.util.Objects;

/**
 * What a load did about a table. Immutable.
 *
 * @param table which
 * @param outcome what was done
 */
public record TableLoad(TableRef table, Outcome outcome) {
    public TableLoad {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(outcome, "outcome");
    }

    /** What can be done about a table. */
    public enum Outcome {
        /** It was described by the model. */
        DESCRIBED_BY_MODEL,
        /** It was described by rules. */
        DESCRIBED_BUILT_IN,
        /** It is as it was; nothing was written and no model was asked. */
        UNCHANGED,
        /** It is gone from the database, and with it all that was kept of it. */
        REMOVED
    }
}
