package dev.datastudio.graph.json;

import dev.datastudio.graph.json.internal.Fields;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node of a saved graph: a JSON object whose known members can be read by name and whose other members are kept as
 * they came. Immutable.
 */
public final class SavedNode {
    private final Fields fields;

    SavedNode(Fields fields) {
        this.fields = fields;
    }

    /** A new node without configuration, at the origin. */
    public static SavedNode of(String id, String type, int typeVersion) {
        return new SavedNode(Fields.none()
                .with("id", id)
                .with("type", type)
                .with("typeVersion", typeVersion)
                .with("position", Map.of("x", 0, "y", 0))
                .with("data", Map.of("config", Map.of())));
    }

    /** What edges name it by; empty when it has none, which is a problem. */
    public String id() {
        return fields.text("id").orElse("");
    }

    /** The id of its type; empty when it has none, which is a problem. */
    public String type() {
        return fields.text("type").orElse("");
    }

    /** The version of the type that the configuration was written for; 1 when it says none. */
    public int typeVersion() {
        return fields.whole("typeVersion").orElse(1);
    }

    /** Where the editor shows its left side, in its own units; 0 when it says nothing. */
    public double x() {
        return fields.object("position").number("x").orElse(0);
    }

    /** Where the editor shows its top, downwards; 0 when it says nothing. */
    public double y() {
        return fields.object("position").number("y").orElse(0);
    }

    /** What the user calls it: {@code data.title}. */
    public Optional<String> title() {
        return fields.object("data").text("title");
    }

    /** What its type makes of it: {@code data.config}. */
    public Values config() {
        return fields.object("data").object("config").values();
    }

    /** All of {@code data}, the configuration included. */
    public Values data() {
        return fields.object("data").values();
    }

    /** All of it, as it is written. */
    public Values json() {
        return fields.values();
    }

    /** The same node with another configuration. */
    public SavedNode withConfig(Map<String, ? extends @Nullable Object> config) {
        return withData("config", Values.of(config).all());
    }

    /** The same node, called otherwise by the user. */
    public SavedNode withTitle(String title) {
        return withData("title", title);
    }

    /**
     * The same node, to be done in another way; what is wrong with it is told by the check of the graph.
     *
     * @param name {@code retry} or {@code timeoutSeconds}
     * @param value for a retry an object with {@code attempts} and, if it is to wait, {@code delaySeconds}
     */
    public SavedNode withSetting(String name, Object value) {
        return withData(name, value);
    }

    /** The same node at another place. */
    public SavedNode withPosition(double x, double y) {
        Fields position = fields.object("position").with("x", number(x)).with("y", number(y));
        return new SavedNode(fields.with("position", position.map()));
    }

    private static Number number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Number) (long) value : value;
    }

    /** The same node, written for another version of its type. */
    public SavedNode withTypeVersion(int version) {
        return new SavedNode(fields.with("typeVersion", version));
    }

    private SavedNode withData(String name, Object value) {
        return new SavedNode(
                fields.with("data", fields.object("data").with(name, value).map()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SavedNode node && fields.equals(node.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
