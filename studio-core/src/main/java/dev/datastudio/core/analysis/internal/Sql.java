package dev.datastudio.core.analysis.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A piece of SQL whose values and names are kept apart from its text, so that no name or value is ever read as SQL.
 * Immutable.
 *
 * <p>It has two forms with the same meaning: one with a {@code ?} for each value, and one with the values written in.
 */
public final class Sql {
    /** Nothing. */
    static final Sql EMPTY = new Sql(List.of());

    private final List<Part> parts;

    private Sql(List<Part> parts) {
        this.parts = parts;
    }

    /** Text of ours and other pieces, one after the other; a String is SQL text, never a name or value from outside. */
    static Sql of(Object... pieces) {
        List<Part> parts = new ArrayList<>();
        for (Object piece : pieces) {
            if (piece instanceof Sql sql) {
                parts.addAll(sql.parts);
            } else if (piece instanceof String text) {
                parts.add(new Text(text));
            } else {
                throw new IllegalArgumentException("A piece is SQL or text, was " + piece.getClass());
            }
        }
        return new Sql(parts);
    }

    /** A name that the dialect has quoted. */
    static Sql name(String quoted) {
        return new Sql(List.of(new Name(quoted)));
    }

    /** A value, bound or written in. */
    static Sql value(Object value) {
        return new Sql(List.of(new Value(value)));
    }

    /** Pieces with a separator between them. */
    static Sql join(String separator, List<Sql> pieces) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            if (i > 0) {
                parts.add(new Text(separator));
            }
            parts.addAll(pieces.get(i).parts);
        }
        return new Sql(parts);
    }

    /** This piece with two more spaces before each line. */
    Sql indented() {
        List<Part> moved = new ArrayList<>();
        moved.add(new Text("  "));
        for (Part part : parts) {
            moved.add(part instanceof Text text ? new Text(text.sql().replace("\n", "\n  ")) : part);
        }
        return new Sql(moved);
    }

    /** In brackets on lines of its own. */
    Sql inBrackets() {
        return of("(\n", indented(), "\n)");
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** With a {@code ?} for each value. */
    String bound() {
        StringBuilder sql = new StringBuilder();
        for (Part part : parts) {
            sql.append(part instanceof Value ? "?" : part.sql());
        }
        return sql.toString();
    }

    /** The values in the order of their {@code ?}. */
    List<Object> values() {
        List<Object> values = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Value value) {
                values.add(value.value());
            }
        }
        return values;
    }

    /** This piece with its values written in for good. */
    Sql written(Function<Object, String> literal) {
        return new Sql(List.of(new Text(inlined(literal))));
    }

    /** With the values written in. */
    String inlined(Function<Object, String> literal) {
        StringBuilder sql = new StringBuilder();
        for (Part part : parts) {
            sql.append(part instanceof Value value ? literal.apply(value.value()) : part.sql());
        }
        return sql.toString();
    }

    private sealed interface Part {
        String sql();
    }

    private record Text(String sql) implements Part {}

    private record Name(String sql) implements Part {}

    private record Value(Object value) implements Part {
        @Override
        public String sql() {
            return "?";
        }
    }
}
