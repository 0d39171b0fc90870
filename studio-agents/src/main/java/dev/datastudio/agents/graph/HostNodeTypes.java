package dev.datastudio.agents.graph;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.NodeTypes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The kinds of nodes that the host program adds to those of Studio, for the graphs of all tenants, as long as the studio
 * is open. Thread-safe.
 */
public final class HostNodeTypes {
    private final List<NodeType> types = new CopyOnWriteArrayList<>();

    private HostNodeTypes() {}

    /** Those of a studio. */
    public static HostNodeTypes of(Studio studio) {
        return studio.feature(HostNodeTypes.class, any -> new HostNodeTypes());
    }

    /**
     * Adds a kind of node; graphs that are opened from now on know it.
     *
     * @return this
     * @throws StudioException with {@link ErrorCode#INVALID_NAME} when there is one of its id
     */
    public synchronized HostNodeTypes register(NodeType type) {
        boolean isTaken = NodeTypes.standard().find(type.id()).isPresent()
                || types.stream().anyMatch(each -> each.id().equals(type.id()));
        if (isTaken) {
            throw new StudioException(
                    ErrorCode.INVALID_NAME,
                    "There are two kinds of nodes " + StudioException.quote(type.id()),
                    "Give yours an id that begins with a word of its own, such as 'acme." + type.id() + "'");
        }
        types.add(type);
        return this;
    }

    /** All that were added, in their order. */
    public List<NodeType> list() {
        return List.copyOf(types);
    }
}
