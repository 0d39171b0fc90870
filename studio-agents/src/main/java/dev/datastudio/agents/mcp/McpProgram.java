package dev.datastudio.agents.mcp;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An MCP server that the host program offers as a program of this machine, spoken to over its standard input and output.
 * Command, arguments and environment come from the host's own configuration, never from a request. Immutable.
 *
 * @param command the program, an absolute path
 * @param arguments given as they are; no shell reads them
 * @param environment all that the program sees of environment variables: nothing of the host's own is passed on
 */
public record McpProgram(Path command, List<String> arguments, Map<String, String> environment) {
    /** @throws IllegalArgumentException if the command is not absolute */
    public McpProgram {
        Objects.requireNonNull(command, "command");
        if (!command.isAbsolute()) {
            throw new IllegalArgumentException("command must be an absolute path, was " + command);
        }
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** A program without environment variables. */
    public static McpProgram of(Path command, List<String> arguments) {
        return new McpProgram(command, arguments, Map.of());
    }

    /** Without the environment, which may hold secrets. */
    @Override
    public String toString() {
        return "McpProgram[" + command + "]";
    }
}
