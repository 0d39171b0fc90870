package dev.datastudio.agents.mcp;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An MCP server as somebody configures it. Immutable.
 *
 * @param name what people and models call it: 1 to 60 letters, digits, spaces, '.', '_' and '-', beginning with a letter
 *     or digit; unique within the organisation, letter case aside
 * @param endpointUrl the https or http address of its streamable HTTP endpoint; or {@code program:NAME} for a
 *     {@link McpProgram} that the host program offers
 * @param active whether its tools are there
 */
public record McpServerSpec(String name, String endpointUrl, boolean active) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}");
    private static final String PROGRAM = "program:";
    private static final int MAX_URL = 2_000;

    /** @throws StudioException with {@link ErrorCode#INVALID_NAME} or {@link ErrorCode#URL_REFUSED} */
    public McpServerSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(endpointUrl, "endpointUrl");
        if (!NAME.matcher(name).matches()) {
            throw new StudioException(
                    ErrorCode.INVALID_NAME,
                    "The MCP server has the name " + StudioException.quote(name),
                    "Use 1 to 60 letters, digits, spaces, '.', '_' and '-', beginning with a letter or digit");
        }
        boolean isProgram = endpointUrl.startsWith(PROGRAM) && endpointUrl.length() > PROGRAM.length();
        if (endpointUrl.length() > MAX_URL || (!isUrl(endpointUrl) && !isProgram)) {
            throw new StudioException(
                    ErrorCode.URL_REFUSED,
                    "The MCP server " + StudioException.quote(name) + " has an address that is not of the web",
                    "Use an address that begins with https:// or http://, of at most " + MAX_URL + " characters");
        }
    }

    private static boolean isUrl(String text) {
        try {
            String scheme = new URI(text).getScheme();
            return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** An active server at an address. */
    public static McpServerSpec of(String name, String endpointUrl) {
        return new McpServerSpec(name, endpointUrl, true);
    }

    /** The same, with its tools there or not. */
    public McpServerSpec withActive(boolean value) {
        return new McpServerSpec(name, endpointUrl, value);
    }

    /** The name of the program of the host; empty when it is reached over the web. */
    public String program() {
        return endpointUrl.startsWith(PROGRAM) ? endpointUrl.substring(PROGRAM.length()) : "";
    }
}
