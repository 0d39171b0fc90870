package dev.datastudio.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.tool.Approval;
import dev.datastudio.agents.tool.RegisteredTool;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.agents.tool.ToolRunner;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio tools [list|call NAME ARGUMENTS]}: what models may call, and calling it as they do (A12, P6). */
@Command(
        name = "tools",
        description = "Lists the tools that models may call, and calls one as a model would.",
        mixinStandardHelpOptions = true)
final class ToolsCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "list (the default) or call")
    private String action = "list";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "the tool to call")
    private String name = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "ARGUMENTS", description = "a JSON object; {} unless given")
    private String arguments = "{}";

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    ToolsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        boolean calls = action.equals("call");
        if (!calls && !action.equals("list")) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is nothing that tools can " + StudioException.quote(action),
                    "Say list or call");
        }
        if (calls == name.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    calls ? "No tool is named" : "tools list takes no name",
                    calls ? "Say ./studio tools call NAME '{…}'" : "Leave it out");
        }
        try (Studio studio = workspace.open()) {
            return calls ? call(studio) : list(ToolRegistry.of(studio).list());
        }
    }

    /** Whoever types the command approves what it does. */
    private int call(Studio studio) {
        ToolRunner runner = ToolRunner.builder(ToolRegistry.of(studio))
                .approval(Approval.allowing(SideEffect.WRITE, SideEffect.EXTERNAL))
                .build();
        ToolResult result = runner.run(
                new ToolCall(name, arguments),
                new ToolContext(studio.caller(), terminal.cancellation(), progress -> {}));
        if (json) {
            ObjectNode node = JSON.createObjectNode();
            node.put("text", result.text()).put("isError", result.isError());
            result.artifacts().forEach(node.withArray("artifacts")::add);
            print(node.toPrettyString());
        } else {
            print(result.text());
        }
        return result.isError() ? StudioCommand.ERROR : StudioCommand.OK;
    }

    private int list(List<RegisteredTool> tools) {
        if (json) {
            ArrayNode all = JSON.createArrayNode();
            for (RegisteredTool each : tools) {
                ObjectNode node = all.addObject();
                node.put("name", each.tool().name())
                        .put("provider", each.provider())
                        .put("sideEffect", effect(each))
                        .put("description", each.tool().description())
                        .put("inputSchema", each.tool().inputSchema());
                each.disabled().ifPresent(why -> node.put("disabled", why));
            }
            print(all.toPrettyString());
            return StudioCommand.OK;
        }
        for (RegisteredTool each : tools) {
            print(String.format(
                    Locale.ROOT,
                    "%-22s %-9s %-8s  %s",
                    each.tool().name(),
                    each.provider(),
                    effect(each),
                    each.disabled()
                            .map(why -> "[off] " + why)
                            .orElse(each.tool().description())));
        }
        return StudioCommand.OK;
    }

    private static String effect(RegisteredTool each) {
        return each.tool().sideEffect().name().toLowerCase(Locale.ROOT);
    }

    private void print(String text) {
        terminal.out().println(text);
    }
}
