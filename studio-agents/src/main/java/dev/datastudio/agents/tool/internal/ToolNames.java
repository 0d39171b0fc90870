package dev.datastudio.agents.tool.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.internal.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** What tools may be called, as the providers of models ask for. */
public final class ToolNames {
    /** What the names of the tools of MCP servers begin with. */
    public static final String MCP = "mcp_";

    /** The longest name. */
    public static final int MAX_LENGTH = 64;

    private static final Pattern RULE = Pattern.compile("[a-zA-Z0-9_-]{1," + MAX_LENGTH + "}");
    private static final int MAX_NEAR = 3;
    private static final int MAX_LISTED = 40;

    private ToolNames() {}

    /** Whether a text is a name. */
    public static boolean isName(String name) {
        return RULE.matcher(name).matches();
    }

    /** A name, checked. */
    public static String require(String name) {
        if (!isName(name)) {
            throw new StudioException(
                    ErrorCode.INVALID_NAME,
                    "The tool " + StudioException.quote(name) + " has a name that models can't call",
                    "Use 1 to " + MAX_LENGTH + " letters, digits, '_' and '-'");
        }
        return name;
    }

    /** A name that a program may give, checked. */
    public static String requireOwn(String name) {
        if (require(name).startsWith(MCP)) {
            throw new StudioException(
                    ErrorCode.INVALID_NAME,
                    "The tool " + StudioException.quote(name) + " is named like the tool of an MCP server",
                    "Use a name that does not begin with '" + MCP + "'");
        }
        return name;
    }

    /** The error for a tool that is not there. */
    public static StudioException unknown(String name, Collection<String> known) {
        List<String> near = Nearest.list(name, known, MAX_NEAR);
        String mend = known.isEmpty()
                ? "Go on without tools"
                : near.isEmpty()
                        ? "Use one of " + known.stream().limit(MAX_LISTED).toList()
                        : "Use "
                                + String.join(
                                        " or ",
                                        near.stream()
                                                .map(StudioException::quote)
                                                .toList()) + ", if that is what you want";
        return new StudioException(ErrorCode.TOOL_NOT_FOUND, "There is no tool " + StudioException.quote(name), mend);
    }
}
