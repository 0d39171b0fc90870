package dev.datastudio.graph.internal;

import dev.datastudio.graph.GraphException.Problem;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.ReduceChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.channel.Write;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a record and the channels of its components' names belong together. Immutable. */
final class RecordShape {
    private final List<Channel<?>> channels = new ArrayList<>();
    private final List<Method> accessors = new ArrayList<>();
    private final Constructor<?> constructor;

    /** For a record that {@link #problems} finds nothing wrong with. */
    RecordShape(Class<?> type, ChannelTable table) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            channels.add(table.find(components[i].getName()).orElseThrow());
            accessors.add(components[i].getAccessor());
        }
        try {
            constructor = type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new LinkageError("a record has its canonical constructor", e);
        }
        accessors.forEach(AccessibleObject::trySetAccessible);
        constructor.trySetAccessible();
    }

    /** What keeps an input record from being written to channels. */
    static List<Problem> inputProblems(Class<?> type, ChannelTable table) {
        return problems("Input", type, table, true);
    }

    /** What keeps an output record from being read from channels. */
    static List<Problem> outputProblems(Class<?> type, ChannelTable table) {
        return problems("Output", type, table, false);
    }

    /** What keeps the input record of a sub-graph from being read from channels around it. */
    static List<Problem> sharedProblems(String node, Class<?> type, ChannelTable outer) {
        return problems("Node '" + node + "': input", type, outer, false);
    }

    /** The first writes of a run. */
    @SuppressWarnings("unchecked") // build() compared the types; the channel checks the values
    Update read(Object input) {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            Object value = invoke(accessors.get(i), input);
            if (value == null) {
                throw new IllegalArgumentException("input must have no null component, but "
                        + input.getClass().getSimpleName() + "."
                        + accessors.get(i).getName() + " is null");
            }
            Channel<?> channel = channels.get(i);
            if (channel instanceof LastChannel<?> last) {
                writes.add(((LastChannel<Object>) last).set(value));
            } else if (channel instanceof ReduceChannel<?> reduce) {
                writes.add(((ReduceChannel<Object>) reduce).add(value));
            } else if (channel instanceof AppendChannel<?> append) {
                writes.add(((AppendChannel<Object>) append).addAll((List<?>) value));
            } else {
                throw new AssertionError(channel);
            }
        }
        return Update.of(writes);
    }

    /** The output of a run that ended in this state. */
    Object write(View view) {
        Object[] values = channels.stream().map(view::get).toArray();
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw rethrown(e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("build() checked access to " + constructor, e);
        }
    }

    private static Object invoke(Method accessor, Object record) {
        try {
            return accessor.invoke(record);
        } catch (InvocationTargetException e) {
            throw rethrown(e);
        } catch (IllegalAccessException e) {
            throw new LinkageError("build() checked access to " + accessor, e);
        }
    }

    private static RuntimeException rethrown(InvocationTargetException e) {
        Throwable cause = e.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    private static List<Problem> problems(String role, Class<?> type, ChannelTable table, boolean input) {
        List<Problem> problems = new ArrayList<>();
        if (!accessible(type)) {
            problems.add(new Problem(
                    role + " record '" + type.getName() + "' can't be reached from here",
                    "Make it public in an exported package, or open its package to " + RecordShape.class.getModule()));
        }
        for (RecordComponent component : type.getRecordComponents()) {
            Optional<Channel<?>> channel = table.find(component.getName());
            if (channel.isEmpty()) {
                problems.add(new Problem(
                        where(role, type, component) + " has no channel of its name",
                        "Add Channel.last(\"" + component.getName() + "\", …) to channels(...), or use one of "
                                + table.channels()));
            } else if (!fits(component, channel.get(), input)) {
                problems.add(new Problem(
                        where(role, type, component) + " is a "
                                + component.getGenericType().getTypeName() + ", but channel '"
                                + component.getName() + "' holds a " + described(channel.get()),
                        "Give both the same type"));
            }
        }
        return problems;
    }

    private static String where(String role, Class<?> type, RecordComponent component) {
        return role + " component '" + type.getSimpleName() + "." + component.getName() + "'";
    }

    private static boolean accessible(Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (!component.getAccessor().trySetAccessible()) {
                return false;
            }
        }
        for (Constructor<?> each : type.getDeclaredConstructors()) {
            if (!each.trySetAccessible()) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(RecordComponent component, Channel<?> channel, boolean input) {
        Class<?> declared = MethodType.methodType(component.getType()).wrap().returnType();
        if (!assignable(channel.type(), declared, input)) {
            return false;
        }
        if (channel instanceof AppendChannel<?> append
                && component.getGenericType() instanceof ParameterizedType generic
                && generic.getActualTypeArguments().length == 1) {
            return elementFits(generic.getActualTypeArguments()[0], append.elementType(), input);
        }
        return true;
    }

    private static boolean elementFits(Type argument, Class<?> elementType, boolean input) {
        Type raw = argument instanceof ParameterizedType generic ? generic.getRawType() : argument;
        return !(raw instanceof Class<?> declared) || assignable(elementType, declared, input);
    }

    private static boolean assignable(Class<?> held, Class<?> declared, boolean input) {
        return input ? held.isAssignableFrom(declared) : declared.isAssignableFrom(held);
    }

    private static String described(Channel<?> channel) {
        return channel instanceof AppendChannel<?> append
                ? "List<" + append.elementType().getTypeName() + ">"
                : channel.type().getTypeName();
    }
}
