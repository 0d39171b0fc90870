package dev.datastudio.agents.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.agents.mcp.McpServer;
import dev.datastudio.agents.mcp.McpServerSpec;
import dev.datastudio.agents.mcp.McpServers;
import dev.datastudio.agents.tool.Approval;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.core.fetch.UrlGuard;
import dev.datastudio.testkit.mcp.McpHttpServer;
import dev.datastudio.testkit.model.ModelReply;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents with the tools of MCP servers (P9, A11). */
@Timeout(60)
class AgentMcpTest {
    @Test
    void anAgentCallsAToolOfAServerWhenSomebodyApproves(@TempDir Path folder) {
        try (McpHttpServer http = McpHttpServer.start("", folder);
                Desk desk = Desk.withModel()) {
            McpServers servers = McpServers.builder(desk.studio)
                    .guard(UrlGuard.DEFAULT.allowing("localhost"))
                    .build();
            McpServer server = servers.create(McpServerSpec.of("Tools", http.url()), Secret.of(""));
            servers.refresh(server.id(), Cancellation.none());
            AgentConfigs configs = desk.agents().configs();
            configs.update(0, configs.get("data_analyst").spec().withTools(List.of("mcp_echo")));
            desk.server.when("Not approved?").reply(ModelReply.toolCall("mcp_echo", "{\"text\":\"hi\"}"));
            desk.server.when("Approved?").reply(ModelReply.toolCall("mcp_echo", "{\"text\":\"hi\"}"));
            desk.server.when(request -> true).reply(ModelReply.text("Done."));

            AgentReply refused = desk.run(AgentTask.of("data_analyst", "Not approved?"));
            AgentReply called = desk.run(
                    AgentTask.of("data_analyst", "Approved?").approvedBy(Approval.allowing(SideEffect.EXTERNAL)));

            assertEquals(List.of("mcp_echo"), desk.server.requests().get(0).tools());
            assertTrue(((ToolStep) refused.steps().get(1)).isError());
            assertEquals(Status.ANSWERED, called.status());
            ToolStep step = (ToolStep) called.steps().get(1);
            assertFalse(step.isError());
            assertTrue(step.text().contains("hi"), step.text());
        }
    }
}
