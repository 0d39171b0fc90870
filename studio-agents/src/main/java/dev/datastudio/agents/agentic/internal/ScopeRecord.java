package dev.datastudio.agents.agentic.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.langchain4j.agentic.planner.AgentArgument;
import dev.langchain4j.agentic.scope.AgenticScope;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A record whose components stand in an agentic scope under their names. Immutable.
 *
 * @param <R> the record
 */
final class ScopeRecord<R> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Class<R> type;
    private final String graph;
    private final RecordComponent[] components;
    private final Constructor<R> constructor;

    ScopeRecord(Class<R> type, String graph) {
        this.type = type;
        this.graph = graph;
        this.components = type.getRecordComponents();
        try {
            constructor = type.getDeclaredConstructor(
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new LinkageError("a record has its canonical constructor", e);
        }
        constructor.trySetAccessible();
        Stream.of(components).map(RecordComponent::getAccessor).forEach(AccessibleObject::trySetAccessible);
    }

    /** The components as a supervisor is told of them. */
    List<AgentArgument> arguments() {
        return Arrays.stream(components)
                .map(component -> new AgentArgument(component.getGenericType(), component.getName()))
                .toList();
    }

    /**
     * The values of all components; waits for those that asynchronous agents still work at.
     *
     * @throws StudioException with code INVALID_ARGUMENT if one is missing or of another kind
     */
    Map<String, Object> read(AgenticScope scope) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : components) {
            Object value = scope.readState(component.getName());
            if (value == null) {
                throw missing(component, scope);
            }
            values.put(component.getName(), fitted(component, value));
        }
        return values;
    }

    /** The record of these values. */
    R from(Map<String, Object> values) {
        Object[] arguments = Arrays.stream(components)
                .map(component -> values.get(component.getName()))
                .toArray();
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw rethrown(e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the graph was built, so " + type + " can be reached", e);
        }
    }

    /** The values of a record's components by name. */
    Map<String, Object> components(R value) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : components) {
            try {
                values.put(component.getName(), component.getAccessor().invoke(value));
            } catch (InvocationTargetException e) {
                throw rethrown(e);
            } catch (IllegalAccessException e) {
                throw new LinkageError("the graph was built, so " + type + " can be reached", e);
            }
        }
        return values;
    }

    private Object fitted(RecordComponent component, Object value) {
        if (fits(component.getGenericType(), value)) {
            return value;
        }
        JavaType wanted = JSON.constructType(component.getGenericType());
        try {
            return value instanceof String text && !wanted.isPrimitive() && !isNumber(wanted)
                    ? JSON.readValue(text, wanted)
                    : JSON.convertValue(value, wanted);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Input '" + component.getName() + "' of graph '" + graph + "' has type '"
                            + component.getGenericType().getTypeName() + "', but the agentic scope holds a '"
                            + value.getClass().getTypeName() + "' that can't be made one",
                    "Let an agent before this one write '" + component.getName() + "' in that form",
                    e);
        }
    }

    private StudioException missing(RecordComponent component, AgenticScope scope) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "Graph '" + graph + "' needs '" + component.getName() + "', but the agentic scope has only "
                        + StudioException.quote(
                                String.join(", ", new TreeSet<>(scope.state().keySet()))),
                "Give '" + component.getName()
                        + "' to the workflow, or let an agent before this one write it as its outputKey");
    }

    private static boolean fits(Type wanted, Object value) {
        if (wanted instanceof Class<?> plain) {
            return MethodType.methodType(plain).wrap().returnType().isInstance(value);
        }
        if (!(wanted instanceof ParameterizedType generic) || !(generic.getRawType() instanceof Class<?> raw)) {
            return true;
        }
        if (!raw.isInstance(value)) {
            return false;
        }
        return !(value instanceof List<?> list)
                || list.stream().allMatch(element -> fits(generic.getActualTypeArguments()[0], element));
    }

    private static boolean isNumber(JavaType type) {
        return Number.class.isAssignableFrom(type.getRawClass()) || type.getRawClass() == Boolean.class;
    }

    private static RuntimeException rethrown(InvocationTargetException e) {
        Throwable cause = e.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }
}
