package dev.datastudio.graph.json;

import dev.datastudio.graph.json.internal.JsonValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What goes through a port: text, a number, true or false, anything, or a list of one of these. Immutable.
 *
 * <p>An output connects to an input of the same type; to and from anything; a number, true and false also to text, as
 * which they arrive. A list connects where its elements would. What comes out of {@code any} is checked when it arrives.
 */
public final class PortType {
    /** A String. */
    public static final PortType TEXT = new PortType(Kind.TEXT, Optional.empty());
    /** A Long or a Double. */
    public static final PortType NUMBER = new PortType(Kind.NUMBER, Optional.empty());
    /** A Boolean. */
    public static final PortType BOOLEAN = new PortType(Kind.BOOLEAN, Optional.empty());
    /** Any JSON value, null and lists included. */
    public static final PortType ANY = new PortType(Kind.ANY, Optional.empty());

    private enum Kind {
        TEXT("text"),
        NUMBER("a number"),
        BOOLEAN("true or false"),
        ANY("anything"),
        LIST("a list");

        private final String described;

        Kind(String described) {
            this.described = described;
        }
    }

    private final Kind kind;
    private final Optional<PortType> element;

    private PortType(Kind kind, Optional<PortType> element) {
        this.kind = kind;
        this.element = element;
    }

    /** A list of values of a type. */
    public static PortType listOf(PortType element) {
        return new PortType(Kind.LIST, Optional.of(element));
    }

    /** The type of the elements, of a list. */
    public Optional<PortType> element() {
        return element;
    }

    /** Whether an output of this type may be connected to an input of another. */
    public boolean connectsTo(PortType input) {
        if (kind == Kind.ANY || input.kind == Kind.ANY) {
            return true;
        }
        if (kind == Kind.LIST && input.kind == Kind.LIST) {
            return element.orElseThrow().connectsTo(input.element.orElseThrow());
        }
        return kind == input.kind || (input.kind == Kind.TEXT && kind != Kind.LIST);
    }

    /** Whether a value may arrive at an input of this type. Null fits {@link #ANY} only. */
    public boolean takes(@Nullable Object value) {
        return switch (kind) {
            case ANY -> true;
            case TEXT -> value instanceof String || value instanceof Number || value instanceof Boolean;
            case NUMBER -> value instanceof Number;
            case BOOLEAN -> value instanceof Boolean;
            case LIST -> value instanceof List<?> list && list.stream().allMatch(element.orElseThrow()::takes);
        };
    }

    /**
     * A value as it arrives at an input of this type: numbers, true and false as text where text is taken.
     *
     * @throws IllegalArgumentException if it is not taken
     */
    public @Nullable Object arrived(@Nullable Object value) {
        if (!takes(value)) {
            throw new IllegalArgumentException("value must be " + described() + ", was " + JsonValues.described(value));
        }
        if (kind == Kind.LIST && value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>(list.size());
            list.forEach(each -> elements.add(element.orElseThrow().arrived(each)));
            return elements;
        }
        return kind == Kind.TEXT ? JsonValues.text(value) : value;
    }

    /** Words for it: {@code text}, {@code a list of text}. */
    public String described() {
        return element.map(type -> kind.described + " of " + type.described()).orElse(kind.described);
    }

    /** As JSON and drawings name it: {@code text}, {@code list<text>}. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return element.map(type -> name + "<" + type + ">").orElse(name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PortType type && kind == type.kind && element.equals(type.element);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + element.hashCode();
    }
}
