package dev.datastudio.agents.graph;

import dev.datastudio.agents.graph.internal.AgentNodes;
import dev.datastudio.agents.graph.internal.DataNodes;
import dev.datastudio.agents.graph.internal.DocumentNodes;
import dev.datastudio.agents.graph.internal.ModelNodes;
import dev.datastudio.agents.graph.internal.PersonNodes;
import dev.datastudio.agents.graph.internal.ToolNodes;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.NodeTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The kinds of nodes that the graphs of a studio may be made of: the standard ones of {@link NodeTypes#standard()}, inputs
 * of data sets and documents, chat models, search in documents, questions and SQL over data, a person's approval, one kind
 * for each tool ({@code tool.NAME}) and each agent ({@code agent.ID}) of the caller, and those that the program registers.
 *
 * <p>A node works on behalf of the caller of its run, whoever made the graph. Thread-safe; works as long as the studio is
 * open.
 */
public final class GraphNodeTypes {
    /**
     * The ids of the types that a studio has beside the standard ones; {@code tool.} and {@code agent.} stand for those of
     * each tool and each agent.
     */
    public static final List<String> IDS = List.of(
            "dataset.input",
            "question",
            "sql",
            "list",
            "document.input",
            "vector.search",
            "chat.model",
            "thought.tree",
            "human.approval",
            "tool.",
            "agent.");

    private final Studio studio;
    private final ConcurrentMap<String, NodeType> registered;
    private final Caller caller;

    private GraphNodeTypes(Studio studio, ConcurrentMap<String, NodeType> registered, Caller caller) {
        this.studio = studio;
        this.registered = registered;
        this.caller = caller;
    }

    /** The node types of a studio, for its own caller. */
    public static GraphNodeTypes of(Studio studio) {
        return studio.feature(
                GraphNodeTypes.class, any -> new GraphNodeTypes(any, new ConcurrentHashMap<>(), any.caller()));
    }

    /** The same for another caller, such as the user of a request. */
    public GraphNodeTypes as(Caller other) {
        return new GraphNodeTypes(studio, registered, Objects.requireNonNull(other, "other"));
    }

    /**
     * Adds a kind of node of the program's own for the callers of all organisations, as long as the studio is open;
     * registered again, it is replaced.
     *
     * @return this
     * @throws IllegalArgumentException if Studio itself has a type of that id, or the id begins with {@code tool.},
     *     {@code agent.} or {@code studio.}
     */
    public GraphNodeTypes register(NodeType type) {
        boolean isReserved = List.of("tool.", "agent.", "studio.").stream()
                .anyMatch(prefix -> type.id().startsWith(prefix));
        if (isReserved || builtIn().find(type.id()).isPresent()) {
            throw new IllegalArgumentException("the id of a node type must be its own, such as 'acme."
                    + type.id().replace('.', '-') + "', was '" + type.id() + "'");
        }
        registered.put(type.id(), type);
        return this;
    }

    private NodeTypes builtIn() {
        List<NodeType> more = new ArrayList<>();
        more.addAll(DataNodes.all(studio));
        more.addAll(DocumentNodes.all(studio));
        more.addAll(ModelNodes.all(studio));
        more.addAll(PersonNodes.all());
        return NodeTypes.standard().with(more.toArray(NodeType[]::new));
    }

    /** All types of this caller, as its tools and agents are now. */
    public NodeTypes types() {
        List<NodeType> more = new ArrayList<>(Map.copyOf(registered).values());
        more.sort((one, other) -> one.id().compareTo(other.id()));
        more.addAll(ToolNodes.all(studio, caller));
        more.addAll(AgentNodes.all(studio, caller));
        Set<String> seen = new HashSet<>();
        return builtIn().with(more.stream().filter(type -> seen.add(type.id())).toArray(NodeType[]::new));
    }
}
