package dev.datastudio.app.graph;

import dev.datastudio.agents.graph.SavedGraphs;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.graph.json.GraphCompiler;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The kinds of nodes that the caller's graphs may be made of. */
@RestController
@RequestMapping("/api/v1/node-types")
@Tag(name = "graphs")
@Needs(Scopes.GRAPH_GET)
class NodeTypeController {
    private final Studio studio;

    NodeTypeController(Studio studio) {
        this.studio = studio;
    }

    @GetMapping
    @Operation(operationId = "listNodeTypes", summary = "The kinds of nodes")
    List<NodeKind> list(Caller caller) {
        GraphCompiler compiler = SavedGraphs.of(studio).as(caller).compiler();
        return compiler.types().all().stream()
                .map(type -> NodeKind.of(type, compiler))
                .toList();
    }

    @PostMapping("/{id}/ports")
    @Operation(operationId = "nodePorts", summary = "The ports of a node as it is configured")
    NodePorts ports(Caller caller, @PathVariable String id, @RequestBody NodeConfigInput input) {
        GraphCompiler compiler = SavedGraphs.of(studio).as(caller).compiler();
        if (compiler.types().find(id).isEmpty()) {
            throw new StudioException(
                    ErrorCode.ENTRY_NOT_FOUND,
                    "There is no kind of node " + StudioException.quote(id),
                    "Use the id of one in the list of node types");
        }
        return ports(compiler, id, input.values());
    }

    @PostMapping("/ports")
    @Operation(
            operationId = "portsOfNodes",
            summary = "The ports of several nodes as they are configured, in the order of the nodes; of an unknown kind"
                    + " there are none, and a problem says so")
    List<NodePorts> ports(Caller caller, @RequestBody NodePortsInput input) {
        GraphCompiler compiler = SavedGraphs.of(studio).as(caller).compiler();
        return input.requireSome().stream()
                .map(node -> ports(compiler, Objects.requireNonNullElse(node.type(), ""), node.values()))
                .toList();
    }

    private static NodePorts ports(GraphCompiler compiler, String id, Map<String, @Nullable Object> config) {
        Optional<NodeType> type = compiler.types().find(id);
        SavedNode node =
                SavedNode.of("node", id, type.map(NodeType::version).orElse(1)).withConfig(config);
        SavedGraph alone = SavedGraph.named("").plus(node);
        String place = type.isPresent() ? "/nodes/0/data" : "/nodes/0";
        return new NodePorts(
                type.map(any -> NodePort.of(compiler.inputs(node))).orElse(List.of()),
                type.map(any -> NodePort.of(compiler.outputs(node))).orElse(List.of()),
                compiler.problems(alone).stream()
                        .filter(problem -> problem.place().startsWith(place))
                        .map(problem -> GraphCheck.Problem.of(problem, alone))
                        .toList());
    }
}
