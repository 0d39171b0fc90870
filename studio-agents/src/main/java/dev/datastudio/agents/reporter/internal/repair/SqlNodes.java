package dev.datastudio.agents.reporter.internal.repair;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import net.sf.jsqlparser.expression.Expression;
import org.jspecify.annotations.Nullable;

/** Walks a syntax tree by the fields of its nodes, so that none is overlooked. */
final class SqlNodes {
    private static final String PARSER = "net.sf.jsqlparser.";

    private SqlNodes() {}

    /** All nodes of a type below a node, itself included, in the order of the tree. */
    static <T> List<T> all(@Nullable Object root, Class<T> type) {
        List<T> found = new ArrayList<>();
        visit(root, Collections.newSetFromMap(new IdentityHashMap<>()), node -> {
            if (type.isInstance(node)) {
                found.add(type.cast(node));
            }
            return true;
        });
        return found;
    }

    /** Visits nodes from the top; below a node for which the visitor gives false it does not go. */
    static void visit(@Nullable Object node, Function<Object, Boolean> visitor) {
        visit(node, Collections.newSetFromMap(new IdentityHashMap<>()), visitor);
    }

    private static void visit(@Nullable Object node, Set<Object> seen, Function<Object, Boolean> visitor) {
        if (node == null || node instanceof Enum<?> || !seen.add(node)) {
            return;
        }
        boolean isNode = node.getClass().getName().startsWith(PARSER);
        if (isNode && !visitor.apply(node)) {
            return;
        }
        if (node instanceof Collection<?> nodes) {
            nodes.forEach(one -> visit(one, seen, visitor));
        }
        if (isNode) {
            fields(node).forEach(field -> visit(value(field, node), seen, visitor));
        }
    }

    /**
     * Puts other expressions in place of some.
     *
     * @param change the new expression; empty to keep the old one
     * @return how many were replaced
     */
    static int replace(Object root, Function<Expression, Optional<Expression>> change) {
        int[] count = new int[1];
        visit(root, node -> {
            if (node instanceof List<?> list) {
                count[0] += replaceItems(list, change);
            }
            for (Field field : fields(node)) {
                Object value = value(field, node);
                if (value instanceof Expression expression && !Modifier.isFinal(field.getModifiers())) {
                    Optional<Expression> other = change.apply(expression);
                    if (other.isPresent() && field.getType().isInstance(other.get())) {
                        set(field, node, other.get());
                        count[0]++;
                    }
                } else if (value instanceof List<?> list
                        && !value.getClass().getName().startsWith(PARSER)) {
                    count[0] += replaceItems(list, change);
                }
            }
            return true;
        });
        return count[0];
    }

    @SuppressWarnings("unchecked") // what stood there was an expression too
    private static int replaceItems(List<?> list, Function<Expression, Optional<Expression>> change) {
        int count = 0;
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Expression expression) {
                Optional<Expression> other = change.apply(expression);
                if (other.isPresent()) {
                    ((List<Expression>) list).set(i, other.get());
                    count++;
                }
            }
        }
        return count;
    }

    private static List<Field> fields(Object node) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> type = node.getClass();
                type != null && type.getName().startsWith(PARSER);
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (!Modifier.isStatic(modifiers)
                        && !Modifier.isTransient(modifiers)
                        && !field.getType().isPrimitive()) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static @Nullable Object value(Field field, Object node) {
        try {
            field.setAccessible(true);
            return field.get(node);
        } catch (IllegalAccessException e) {
            throw unreadable(field, e);
        }
    }

    private static void set(Field field, Object node, Object value) {
        try {
            field.set(node, value);
        } catch (IllegalAccessException e) {
            throw unreadable(field, e);
        }
    }

    private static StudioException unreadable(Field field, IllegalAccessException e) {
        return new StudioException(
                ErrorCode.INTERNAL,
                "The syntax tree's " + field + " can't be read",
                "Put JSqlParser on the class path, where its fields are open",
                e);
    }
}
