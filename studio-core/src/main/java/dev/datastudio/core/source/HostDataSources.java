package dev.datastudio.core.source;

import dev.datastudio.api.tenant.Caller;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Gives the {@link DataSource}s of the host program by the names that it chose. It is told who asks, so that each
 * tenant can have its own. Thread-safe; what it gives stays open.
 */
@FunctionalInterface
public interface HostDataSources {
    /** Has none. */
    HostDataSources NONE = (caller, name) -> Optional.empty();

    /** What a caller may use under a name; empty when there is none for this caller. */
    Optional<DataSource> find(Caller caller, String name);

    /** The same ones for every tenant. */
    static HostDataSources of(Map<String, DataSource> byName) {
        Map<String, DataSource> copy = Map.copyOf(byName);
        return (caller, name) -> Optional.ofNullable(copy.get(name));
    }
}
