package dev.datastudio.agents.planner;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import java.util.List;

/**
 * Gives the stored values of text columns, so that "West" in a question is known to be a region. Implementations are
 * thread-safe, don't block, and always give the same values for the same content hash; keep one instance as long as the
 * data sets stay, because the planner keeps what it derived from them under it.
 */
public interface ValueLookup {
    /** The different values of a text column; empty when it has too many to be listed or they are not known. */
    List<String> values(Dataset dataset, Column column);

    /** Knows no value. */
    static ValueLookup none() {
        return NoValues.INSTANCE;
    }
}
