package dev.datastudio.agents.mcp.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.datastudio.agents.tool.internal.ArgumentCheck;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.text.internal.OutsideText;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server says of a tool, made harmless for being shown. Immutable.
 *
 * @param name on the server
 * @param description cleaned and cut
 * @param schema JSON of the arguments; texts that only describe are cleaned and cut
 * @param hash of everything as the server said it, so that also a change that cleaning hides is one
 */
public record Definition(String name, String description, String schema, String hash) {
    static final int MAX_DESCRIPTION = 1_000;

    private static final Logger log = LoggerFactory.getLogger(Definition.class);
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private static final int MAX_SCHEMA = 32_000;
    private static final int MAX_NAME = 128;
    private static final int MAX_DEPTH = 30;
    private static final List<String> UNREAD = List.of("title", "$comment", "examples");

    /** The definition of a listed tool; empty when it can't be used, which is logged. */
    static Optional<Definition> of(McpSchema.Tool tool) {
        if (tool.name() == null || !tool.name().matches("[A-Za-z0-9_./-]{1," + MAX_NAME + "}")) {
            log.info("A tool of an MCP server is left out, as its name can't be used");
            return Optional.empty();
        }
        String description = tool.description() == null ? "" : tool.description();
        Map<String, Object> schema = tool.inputSchema() == null ? Map.of() : tool.inputSchema();
        try {
            String shown = JSON.writeValueAsString(cleaned(schema, 0));
            if (shown.length() > MAX_SCHEMA) {
                throw new IllegalArgumentException("the schema has " + shown.length() + " characters");
            }
            ArgumentCheck.of(shown);
            String text = OutsideText.line(description, MAX_DESCRIPTION);
            return Optional.of(new Definition(tool.name(), text, shown, hash(tool.name(), description, schema)));
        } catch (JsonProcessingException | IllegalArgumentException | StudioException e) {
            log.info("The tool {} of an MCP server is left out, as its schema can't be used", tool.name(), e);
            return Optional.empty();
        }
    }

    private static Map<String, Object> cleaned(Map<?, ?> schema, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the schema is nested more than " + MAX_DEPTH + " levels deep");
        }
        Map<String, Object> clean = new LinkedHashMap<>();
        schema.forEach((key, value) -> {
            String word = String.valueOf(key);
            if (word.equals("description") && value instanceof String text) {
                clean.put(word, OutsideText.line(text, MAX_DESCRIPTION));
            } else if (!UNREAD.contains(word) || value instanceof Map) {
                clean.put(word, value instanceof Map<?, ?> inner ? cleaned(inner, depth + 1) : list(value, depth));
            }
        });
        return clean;
    }

    private static Object list(Object value, int depth) {
        return value instanceof List<?> list
                ? list.stream()
                        .map(each -> each instanceof Map<?, ?> inner ? cleaned(inner, depth + 1) : each)
                        .toList()
                : value;
    }

    private static String hash(String name, String description, Map<String, Object> schema)
            throws JsonProcessingException {
        Map<String, Object> all = new TreeMap<>(Map.of("name", name, "description", description, "schema", schema));
        try {
            byte[] text = JSON.writeValueAsString(all).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
