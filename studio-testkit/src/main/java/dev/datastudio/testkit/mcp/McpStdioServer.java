package dev.datastudio.testkit.mcp;

import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import java.nio.file.Path;
import java.util.List;

/** A program that is an MCP server over its standard input and output, with {@link ExampleMcpTools}. */
public final class McpStdioServer {
    private McpStdioServer() {}

    /** The program: the Java that runs this process. */
    public static Path command() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Its arguments, with the class path of this process. */
    public static List<String> arguments() {
        return List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                McpStdioServer.class.getName());
    }

    /** Serves until its input ends. */
    public static void main(String[] arguments) {
        ExampleMcpTools.over(
                new StdioServerTransportProvider(ExampleMcpTools.JSON),
                () -> Runtime.getRuntime().halt(1));
    }
}
