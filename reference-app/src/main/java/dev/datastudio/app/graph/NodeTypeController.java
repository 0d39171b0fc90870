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
        NodeType type = compiler.types()
                .find(id)
                .orElseThrow(() -> new StudioException(
                        ErrorCode.ENTRY_NOT_FOUND,
                        "There is no kind of node " + StudioException.quote(id),
                        "Use the id of one in the list of node types"));
        SavedNode node = SavedNode.of("node", type.id(), type.version()).withConfig(input.values());
        SavedGraph alone = SavedGraph.named("").plus(node);
        return new NodePorts(
                NodePort.of(compiler.inputs(node)),
                NodePort.of(compiler.outputs(node)),
                compiler.problems(alone).stream()
                        .filter(problem -> problem.place().startsWith("/nodes/0/data"))
                        .map(problem -> GraphCheck.Problem.of(problem, alone))
                        .toList());
    }
}
