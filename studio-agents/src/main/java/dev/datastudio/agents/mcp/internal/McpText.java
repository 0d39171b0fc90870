package dev.datastudio.agents.mcp.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.core.text.internal.OutsideText;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a call of a server's tool gave, as a model may see it. */
final class McpText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_RESULT = 1_000_000;

    private McpText() {}

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
        String note =
                text.length() <= MAX_RESULT ? "" : "\n[Cut here: the server sent " + text.length() + " characters]";
        return OutsideText.marked("mcp_result", server, OutsideText.cut(text, MAX_RESULT) + note);
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
            return "[A link, not followed: " + OutsideText.line(String.valueOf(link.uri()), 300) + "]";
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
}
