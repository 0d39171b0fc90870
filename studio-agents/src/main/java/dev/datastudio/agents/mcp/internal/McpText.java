package dev.datastudio.agents.mcp.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a server says, as a model may see it: no control characters, none that can't be seen (zero-width, text direction,
 * tags, private use), and of bounded length.
 */
final class McpText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_RESULT = 1_000_000;
    private static final String UNSEEN = "\\p{Cf}\\p{Co}\\p{Cs}\\x{E0000}-\\x{E0FFF}\\u2028\\u2029\\uFE00-\\uFE0F";
    private static final Pattern IN_A_LINE = Pattern.compile("[\\p{Cc}" + UNSEEN + "]+");
    private static final Pattern IN_A_TEXT = Pattern.compile("[[\\p{Cc}" + UNSEEN + "]&&[^\\n\\t]]+");
    private static final Pattern MARK = Pattern.compile("(?i)<(\\s*/?\\s*mcp_result)");

    private McpText() {}

    /** A text in one line. */
    static String line(String text, int max) {
        String line = IN_A_LINE.matcher(cut(text, 10 * max)).replaceAll(" ").strip();
        return line.length() <= max ? line : cut(line, max - 1) + "…";
    }

    /** What a call gave, between marks: it is data and gives no orders. */
    static String result(String server, McpSchema.CallToolResult result) {
        List<String> parts = new ArrayList<>();
        if (result.content() != null) {
            result.content().forEach(content -> parts.add(part(content)));
        }
        if (parts.isEmpty() && result.structuredContent() != null) {
            parts.add(json(result.structuredContent()));
        }
        String text = String.join("\n", parts);
        String clean = IN_A_TEXT.matcher(cut(text, MAX_RESULT)).replaceAll(" ");
        String note =
                text.length() <= MAX_RESULT ? "" : "\n[Cut here: the server sent " + text.length() + " characters]";
        return "<mcp_result server=\"" + server + "\">\n" + MARK.matcher(clean).replaceAll("< $1") + note
                + "\n</mcp_result>";
    }

    private static String part(McpSchema.Content content) {
        if (content instanceof McpSchema.TextContent text) {
            return text.text() == null ? "" : text.text();
        }
        if (content instanceof McpSchema.EmbeddedResource embedded
                && embedded.resource() instanceof McpSchema.TextResourceContents resource) {
            return resource.text() == null ? "" : resource.text();
        }
        if (content instanceof McpSchema.ResourceLink link) {
            return "[A link, not followed: " + line(String.valueOf(link.uri()), 300) + "]";
        }
        return "[" + content.type().toLowerCase(Locale.ROOT) + ", not shown]";
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            return "[a result that is no JSON]";
        }
    }

    /** Not between the two halves of one character. */
    private static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}
