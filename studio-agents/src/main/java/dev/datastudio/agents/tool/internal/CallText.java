package dev.datastudio.agents.tool.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tool.ToolResult;

/** What is said of calls: names, results that were cut, failures. */
public final class CallText {
    private static final int MAX_REASON = 300;

    private CallText() {}

    /** A name as it may stand in events and logs, whatever a model wrote. */
    public static String name(String name) {
        if (ToolNames.isName(name)) {
            return name;
        }
        String clean = line(name).strip();
        String cut = clean.length() <= ToolNames.MAX_LENGTH ? clean : clean.substring(0, ToolNames.MAX_LENGTH);
        return cut.isEmpty() ? "(empty)" : cut;
    }

    /** A text in one line, of bounded length. */
    public static String line(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ");
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "…";
    }

    /** The result with at most some characters of its text, and a note about the rest; the same one when it is short. */
    public static ToolResult cut(ToolResult result, int max) {
        if (result.text().length() <= max) {
            return result;
        }
        int end = end(result.text(), max);
        String note = "\n[Cut here: " + end + " of " + result.text().length()
                + " characters shown. Ask for less, such as fewer rows or columns, to see the rest.]";
        return new ToolResult(result.text().substring(0, end) + note, result.isError(), result.artifacts());
    }

    /** How many characters {@link #cut} leaves out. */
    public static int left(ToolResult result, int max) {
        return result.text().length() - end(result.text(), max);
    }

    /** Not between the two halves of one character. */
    private static int end(String text, int max) {
        return Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    }

    /** The error for a tool that threw what no tool should throw; only what it says of an argument is repeated. */
    public static StudioException broken(String name, RuntimeException failure) {
        if (failure instanceof IllegalArgumentException && failure.getMessage() != null) {
            return new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The tool '" + name + "' refuses its arguments: " + StudioException.quote(failure.getMessage()),
                    "Call it again with other arguments",
                    failure);
        }
        return new StudioException(
                ErrorCode.INTERNAL,
                "The tool '" + name + "' broke",
                "Go on without it; the log of the program says why",
                failure);
    }
}
