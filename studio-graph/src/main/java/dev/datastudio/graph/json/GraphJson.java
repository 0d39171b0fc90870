package dev.datastudio.graph.json;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.json.internal.JsonReader;
import dev.datastudio.graph.json.internal.JsonValues;
import dev.datastudio.graph.json.internal.JsonWriter;
import dev.datastudio.graph.json.internal.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes saved graphs as JSON. What is read is hostile until it is checked: at most {@link #MAX_BYTES} bytes,
 * {@link #MAX_DEPTH} levels, {@link #MAX_NODES} nodes and {@link #MAX_EDGES} edges, texts of at most {@link #MAX_TEXT}
 * characters, no name twice in one object, no member of a kind that it can't have. Everything else is kept, unknown
 * members, types of nodes and edges to nowhere as well, and is written again as it came, in its order. Reading runs
 * nothing and loads no class. Thread-safe.
 *
 * <pre>{@code
 * {"schemaVersion": 1, "name": "Greeting", "version": 1,
 *  "nodes": [{"id": "who", "type": "text.input", "typeVersion": 1, "position": {"x": 0, "y": 0},
 *             "data": {"config": {"name": "name"}}}],
 *  "edges": [{"id": "e1", "source": "who", "sourceHandle": "text", "target": "greet", "targetHandle": "name"}]}
 * }</pre>
 */
public final class GraphJson {
    /** The most bytes, or characters of a text, that are read. */
    public static final int MAX_BYTES = 8 << 20;
    /** The deepest nesting that is read. */
    public static final int MAX_DEPTH = JsonValues.MAX_DEPTH;
    /** The most nodes of one graph; an embedded graph counts for itself. */
    public static final int MAX_NODES = Shape.MAX_NODES;
    /** The most edges of one graph. */
    public static final int MAX_EDGES = Shape.MAX_EDGES;
    /** The longest text of one member. */
    public static final int MAX_TEXT = JsonReader.MAX_TEXT;

    private GraphJson() {}

    /**
     * The graph that a text holds.
     *
     * @throws StudioException with code FILE_EMPTY or FILE_MALFORMED if it is no graph, LIMIT_EXCEEDED if it is larger
     *     than allowed
     */
    public static SavedGraph read(String json) {
        requireSize(json.length(), "The graph");
        return graph(JsonReader.read(json, "The graph"), "The graph");
    }

    /**
     * The graph that a file holds.
     *
     * @throws StudioException with code FILE_NOT_FOUND or FILE_NOT_READABLE, and as {@link #read(String)}
     */
    public static SavedGraph read(Path file) {
        String source = "File " + StudioException.quote(file);
        if (!Files.exists(file)) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_FOUND, source + " does not exist", "Name a graph saved as JSON");
        }
        if (Files.isDirectory(file)) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE, source + " is a folder", "Name a graph saved as JSON in it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, source);
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.FILE_NOT_READABLE,
                    source + " can't be read: " + StudioException.quote(e.getMessage()),
                    "Name a file that you may read",
                    e);
        }
    }

    /**
     * The graph that a stream holds; reads it to its end or to the limit, and leaves it open.
     *
     * @throws StudioException as {@link #read(String)}
     * @throws IOException if the stream fails
     */
    public static SavedGraph read(InputStream in) throws IOException {
        return read(in, "The graph");
    }

    private static SavedGraph read(InputStream in, String source) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        requireSize(bytes.length, source);
        return graph(JsonReader.read(bytes, source), source);
    }

    /** The graph as text over several lines, ending with a line break; read again, it is equal. */
    public static String write(SavedGraph graph) {
        return JsonWriter.pretty(graph.json().all());
    }

    private static void requireSize(int size, String source) {
        if (size > MAX_BYTES) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    source + " is larger than " + MAX_BYTES + " bytes",
                    "Part it into graphs that run each other as sub-graphs");
        }
    }

    @SuppressWarnings("unchecked") // names of JSON objects are text
    private static SavedGraph graph(@Nullable Object json, String source) {
        if (!(json instanceof Map)) {
            throw new StudioException(
                    ErrorCode.FILE_MALFORMED,
                    source + " is " + JsonValues.described(json) + ", no graph",
                    "Give an object with a list of nodes and a list of edges");
        }
        return SavedGraph.from(Values.of((Map<String, @Nullable Object>) json));
    }
}
