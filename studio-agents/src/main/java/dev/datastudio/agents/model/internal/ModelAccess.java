package dev.datastudio.agents.model.internal;

import dev.datastudio.agents.model.ModelListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.metadata.internal.GroupWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a studio to its models, and the ledger of their calls; both opened when first needed and closed with
 * the studio, the ledger last. Thread-safe.
 */
public final class ModelAccess {
    private final Studio studio;
    private final EndpointRules endpoints;
    private final List<ModelListener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Connections connections;

    /**
     * Access by rules.
     *
     * @param endpoints where requests may go
     */
    public ModelAccess(Studio studio, EndpointRules endpoints) {
        this.studio = studio;
        this.endpoints = endpoints;
    }

    /** The rules. */
    public EndpointRules endpoints() {
        return endpoints;
    }

    /** Who is told of calls; can be added to. */
    public List<ModelListener> listeners() {
        return listeners;
    }

    /** The connections; streams that they cut when they are closed are still written down. */
    public synchronized Connections connections() {
        if (connections == null) {
            writer(); // what is opened first is closed last
            connections = studio.closing(new Connections(endpoints));
        }
        return connections;
    }

    /** The ledger of a caller's tenant. */
    public CallLedger ledger(Caller caller) {
        return new CallLedger(studio.metadata(), writer().writer(), caller.tenant());
    }

    private Writer writer() {
        return studio.feature(Writer.class, each -> new Writer(each.closing(CallLedger.writer(each.metadata()))));
    }

    /** One for a studio, whatever else writes in groups. */
    private record Writer(GroupWriter writer) {}
}
