package dev.datastudio.ml.algorithm.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.algorithm.Parameter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Reads {@link Parameter}s of records. */
public final class Parameters {
    private Parameters() {}

    /** The record with its defaults. */
    public static <R extends Record> R defaults(Class<R> type) {
        return make(type, Map.of());
    }

    /**
     * The record with some values and its defaults for the others.
     *
     * @param given numbers, or names of enum constants in any letter case, by parameter
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when one is unknown, of the wrong kind or out of
     *     range
     */
    public static <R extends Record> R make(Class<R> type, Map<String, ?> given) {
        List<String> known = names(type);
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        nameOf(type) + " has no parameter " + StudioException.quote(name),
                        "Use " + known);
            }
        }
        return build(type, given, type);
    }

    /** The names of all parameters, in order; those of a group stand in the place of the group. */
    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(each ->
                        isGroup(each) ? names(each.getType()).stream() : java.util.stream.Stream.of(each.getName()))
                .toList();
    }

    /** Whether a component is a record of parameters that several algorithms share. */
    private static boolean isGroup(RecordComponent component) {
        return component.getType().isRecord();
    }

    /** @param named the algorithm that errors name: of a group of parameters the one that it stands in */
    private static <R> R build(Class<R> type, Map<String, ?> given, Class<?> named) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            types[i] = component.getType();
            if (isGroup(component)) {
                values[i] = build(component.getType(), given, named);
                continue;
            }
            Object value = given.get(component.getName());
            values[i] = value == null
                    ? parse(named, component, annotation(component).byDefault())
                    : value instanceof String text ? parse(named, component, text) : number(named, component, value);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof StudioException wrong) {
                throw wrong;
            }
            throw new IllegalStateException(type + " can't be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " can't be made", e);
        }
    }

    /** The values by name, in order; enum constants as they are in JSON. */
    public static Map<String, Object> values(Record record) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(component, record);
            if (isGroup(component)) {
                values.putAll(values((Record) value));
                continue;
            }
            values.put(component.getName(), value instanceof Enum<?> constant ? json(constant) : value);
        }
        return values;
    }

    /**
     * Checks the numbers of a record against their ranges; called by its constructor.
     *
     * @param values in the order of the components
     */
    public static void check(Class<? extends Record> type, Object... values) {
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            if (values[i] instanceof Number number) {
                checkRange(type, components[i], number.doubleValue());
            } else {
                Objects.requireNonNull(values[i], components[i].getName());
            }
        }
    }

    /** JSON Schema of the parameters, as the properties of an object. */
    public static Map<String, Object> schema(Class<? extends Record> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (isGroup(component)) {
                properties.putAll(schema(component.getType().asSubclass(Record.class)));
                continue;
            }
            Parameter parameter = annotation(component);
            Map<String, Object> schema = new LinkedHashMap<>();
            if (component.getType().isEnum()) {
                schema.put("type", "string");
                schema.put("enum", constants(component));
                schema.put("default", parameter.byDefault().toLowerCase(Locale.ROOT));
            } else if (component.getType() == String.class) {
                schema.put("type", "string");
                schema.put("default", parameter.byDefault());
            } else {
                boolean isWhole = component.getType() == int.class;
                schema.put("type", isWhole ? "integer" : "number");
                schema.put("minimum", isWhole ? (Object) (long) parameter.min() : parameter.min());
                schema.put("maximum", isWhole ? (Object) (long) parameter.max() : parameter.max());
                schema.put("default", parse(type, component, parameter.byDefault()));
            }
            schema.put("description", parameter.meaning());
            properties.put(component.getName(), schema);
        }
        return properties;
    }

    /** The name in JSON: {@code RandomForest} is {@code random_forest}. */
    public static String nameOf(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static String json(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> constants(RecordComponent component) {
        return Arrays.stream(component.getType().getEnumConstants())
                .map(constant -> json((Enum<?>) constant))
                .toList();
    }

    private static Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " can't be read", e);
        }
    }

    private static Parameter annotation(RecordComponent component) {
        return Objects.requireNonNull(component.getAnnotation(Parameter.class), component.getName());
    }

    private static Object parse(Class<?> type, RecordComponent component, String text) {
        if (component.getType() == String.class) {
            return text;
        }
        if (component.getType().isEnum()) {
            for (Object constant : component.getType().getEnumConstants()) {
                if (((Enum<?>) constant).name().equalsIgnoreCase(text)) {
                    return constant;
                }
            }
            throw wrong(type, component, text, "one of " + constants(component));
        }
        try {
            return number(type, component, Double.valueOf(text));
        } catch (NumberFormatException e) {
            throw wrong(type, component, text, "a number");
        }
    }

    private static Object number(Class<?> type, RecordComponent component, Object value) {
        if (!(value instanceof Number number) || component.getType().isEnum() || component.getType() == String.class) {
            throw wrong(type, component, value, expected(component));
        }
        double exact = number.doubleValue();
        checkRange(type, component, exact);
        if (component.getType() != int.class) {
            return exact;
        }
        if (exact != Math.rint(exact)) {
            throw wrong(type, component, value, "a whole number");
        }
        return (int) exact;
    }

    private static String expected(RecordComponent component) {
        if (component.getType().isEnum()) {
            return "one of " + constants(component);
        }
        return component.getType() == String.class ? "a text" : "a number";
    }

    private static void checkRange(Class<?> type, RecordComponent component, double value) {
        Parameter parameter = annotation(component);
        if (!(value >= parameter.min() && value <= parameter.max())) { // also when it is no number
            throw wrong(
                    type,
                    component,
                    plain(value),
                    "between " + plain(parameter.min()) + " and " + plain(parameter.max()));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }

    private static StudioException wrong(Class<?> type, RecordComponent component, Object value, String expected) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The parameter " + component.getName() + " of " + nameOf(type) + " must be " + expected + ", was "
                        + StudioException.quote(value),
                "Its default is " + annotation(component).byDefault().toLowerCase(Locale.ROOT));
    }
}
