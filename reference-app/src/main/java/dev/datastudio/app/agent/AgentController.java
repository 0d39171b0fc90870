package dev.datastudio.app.agent;

import dev.datastudio.agents.agent.AgentConfig;
import dev.datastudio.agents.agent.AgentConfigs;
import dev.datastudio.agents.agent.Agents;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Revisions;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The agents of the organisation, as they came or as it changed them, and the tools that they may be given. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "agents")
@Needs(Scopes.AGENT_GET)
class AgentController {
    private final Studio studio;

    AgentController(Studio studio) {
        this.studio = studio;
    }

    private AgentConfigs configs(Caller caller) {
        return Agents.of(studio).as(caller).configs();
    }

    @GetMapping("/agents")
    @Operation(operationId = "listAgents", summary = "All agents")
    List<Agent> list(Caller caller) {
        return configs(caller).list().stream().map(Agent::of).toList();
    }

    @GetMapping("/agents/{id}")
    @Operation(operationId = "getAgent", summary = "One agent")
    ResponseEntity<Agent> get(Caller caller, @PathVariable String id) {
        return answer(configs(caller).get(id));
    }

    private static ResponseEntity<Agent> answer(AgentConfig config) {
        return Revisions.answer(Agent.of(config), config.revision());
    }

    @PutMapping("/agents/{id}")
    @Needs(Scopes.AGENT_EDIT)
    @Operation(operationId = "updateAgent", summary = "Change an agent for everybody of the organisation")
    ResponseEntity<Agent> update(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", defaultValue = "") String ifMatch,
            @RequestBody AgentInput input) {
        AgentConfigs configs = configs(caller);
        AgentConfig before = configs.get(id);
        return answer(configs.update(Revisions.required(ifMatch), input.applyTo(before.spec())));
    }

    @DeleteMapping("/agents/{id}/configuration")
    @Needs(Scopes.AGENT_EDIT)
    @Operation(operationId = "resetAgent", summary = "Take back what the organisation changed of an agent")
    ResponseEntity<Agent> reset(Caller caller, @PathVariable String id) {
        configs(caller).reset(id);
        return answer(configs(caller).get(id));
    }

    @GetMapping("/tools")
    @Operation(operationId = "listTools", summary = "All tools that agents may be given")
    List<ToolSummary> tools(Caller caller) {
        return ToolRegistry.of(studio).as(caller).list().stream()
                .map(ToolSummary::of)
                .toList();
    }
}
