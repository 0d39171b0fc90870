package dev.datastudio.graph.internal.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists, sets, maps and optionals of other values; what is read can't be changed. */
final class Containers {
    private Containers() {}

    private static void writeAll(Collection<?> values, ValueCodec element, JsonOut out) {
        out.beginArray();
        for (Object value : values) {
            element.writeNullable(value, out);
        }
        out.endArray();
    }

    static final class OfList extends ValueCodec {
        private final ValueCodec element;

        OfList(ValueCodec element) {
            this.element = element;
        }

        @Override
        void write(Object value, JsonOut out) {
            writeAll((Collection<?>) value, element, out);
        }

        @Override
        Object read(Object tree) {
            List<?> trees = expect(List.class, tree);
            List<@Nullable Object> values = new ArrayList<>(trees.size());
            for (Object each : trees) {
                values.add(element.readNullable(each));
            }
            return Collections.unmodifiableList(values);
        }
    }

    static final class OfSet extends ValueCodec {
        private final ValueCodec element;

        OfSet(ValueCodec element) {
            this.element = element;
        }

        @Override
        void write(Object value, JsonOut out) {
            writeAll((Collection<?>) value, element, out);
        }

        @Override
        Object read(Object tree) {
            Set<@Nullable Object> values = new LinkedHashSet<>();
            for (Object each : expect(List.class, tree)) {
                if (!values.add(element.readNullable(each))) {
                    throw new UnreadableException("it has a set with an element that is there twice");
                }
            }
            return Collections.unmodifiableSet(values);
        }
    }

    static final class OfMap extends ValueCodec {
        private final ValueCodec element;

        OfMap(ValueCodec element) {
            this.element = element;
        }

        @Override
        void write(Object value, JsonOut out) {
            out.beginObject();
            ((Map<?, ?>) value).forEach((key, each) -> {
                if (!(key instanceof String name)) {
                    throw new ClassCastException("a Map with a key of class "
                            + (key == null ? "null" : key.getClass().getName()));
                }
                out.key(name);
                element.writeNullable(each, out);
            });
            out.endObject();
        }

        @Override
        Object read(Object tree) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            Map<?, ?> trees = expect(Map.class, tree);
            trees.forEach((key, each) -> values.put((String) key, element.readNullable(each)));
            return Collections.unmodifiableMap(values);
        }
    }

    /** A list of none or one, so that an empty one differs from null. */
    static final class OfOptional extends ValueCodec {
        private final ValueCodec element;

        OfOptional(ValueCodec element) {
            this.element = element;
        }

        @Override
        void write(Object value, JsonOut out) {
            out.beginArray();
            Optional<?> optional = (Optional<?>) value;
            if (optional.isPresent()) {
                element.write(optional.get(), out);
            }
            out.endArray();
        }

        @Override
        Object read(Object tree) {
            List<?> trees = expect(List.class, tree);
            if (trees.isEmpty()) {
                return Optional.empty();
            }
            Object only = trees.get(0);
            if (trees.size() > 1 || only == null) {
                throw new UnreadableException("it has an optional of " + trees.size() + " values");
            }
            return Optional.of(element.read(only));
        }
    }
}
