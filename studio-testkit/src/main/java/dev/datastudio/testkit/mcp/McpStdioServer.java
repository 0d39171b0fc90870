package dev.datastudio.testkit.mcp;

import dev.datastudio.testkit.JavaCommand;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import java.nio.file.Path;
import java.util.List;

/** A program that is an MCP server over its standard input and output, with {@link ExampleMcpTools}. */
public final class McpStdioServer {
    private McpStdioServer() {}

    /** The program: the Java that runs this process. */
    public static Path command() {
        return JavaCommand.program();
    }

    /** Its arguments, with the class path of this process. */
    public static List<String> arguments() {
        List<String> command = JavaCommand.of(McpStdioServer.class);
        return command.subList(1, command.size());
    }

    /** Serves until its input ends. */
    public static void main(String[] arguments) {
        ExampleMcpTools.over(
                new StdioServerTransportProvider(ExampleMcpTools.JSON),
                () -> Runtime.getRuntime().halt(1));
    }
}
