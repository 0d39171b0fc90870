package dev.datastudio.agents.tool.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.agents.tool.ToolSideEffect;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.graph.json.internal.JsonReader;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes tools of the methods that carry LangChain4j's {@code @Tool}. */
public final class MethodTools {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private MethodTools() {}

    /** The tools of an object, by the methods of a type that it is of. */
    public static List<Tool> of(Object target, Class<?> annotated, SideEffect sideEffect) {
        List<Tool> tools = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Class<?> type = annotated; type != null && type != Object.class; type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(dev.langchain4j.agent.tool.Tool.class))
                    .filter(method -> !method.isBridge() && !Modifier.isStatic(method.getModifiers()))
                    .sorted(Comparator.comparing(Method::getName))
                    .filter(method -> seen.add(method.getName() + Arrays.toString(method.getParameterTypes())))
                    .forEach(method -> tools.add(tool(target, method, sideEffect(method, sideEffect))));
        }
        if (tools.isEmpty()) {
            throw new IllegalArgumentException("target must have methods with @Tool, was a " + annotated.getName());
        }
        return List.copyOf(tools);
    }

    private static Tool tool(Object target, Method method, SideEffect sideEffect) {
        requireNames(method);
        ToolSpecification specification = ToolSpecifications.toolSpecificationFrom(method);
        method.setAccessible(true);
        String description = specification.description();
        return new FunctionTool(
                specification.name(),
                description == null ? "" : description,
                sideEffect,
                schema(method, specification),
                (given, context) -> result(call(target, method, given, context)));
    }

    private static SideEffect sideEffect(Method method, SideEffect unlessSaid) {
        ToolSideEffect own = method.getAnnotation(ToolSideEffect.class);
        ToolSideEffect ofClass = method.getDeclaringClass().getAnnotation(ToolSideEffect.class);
        if (own != null) {
            return own.value();
        }
        return ofClass != null ? ofClass.value() : unlessSaid;
    }

    /** Without names a model is told of {@code arg0}, and calls fail one by one. */
    private static void requireNames(Method method) {
        for (Parameter parameter : method.getParameters()) {
            if (!parameter.isNamePresent() && named(parameter).isEmpty() && parameter.getType() != ToolContext.class) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The parameters of the tool "
                                + StudioException.quote(
                                        method.getDeclaringClass().getSimpleName() + "." + method.getName())
                                + " have no names in the compiled class",
                        "Compile it with -parameters, or give each parameter @P(name = \"…\")");
            }
        }
    }

    private static Optional<String> named(Parameter parameter) {
        return Optional.ofNullable(parameter.getAnnotation(P.class))
                .map(P::name)
                .filter(name -> !name.isBlank());
    }

    private static String name(Parameter parameter) {
        return named(parameter).orElseGet(parameter::getName);
    }

    private static Map<String, Object> schema(Method method, ToolSpecification specification) {
        Object json = JsonReader.read(specification.toJson(), "The specification");
        Map<String, Object> schema = new LinkedHashMap<>(Map.of("type", "object", "properties", Map.of()));
        if (json instanceof Map<?, ?> whole && whole.get("parameters") instanceof Map<?, ?> parameters) {
            parameters.forEach((word, value) -> schema.put(String.valueOf(word), value));
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        List<Object> required = new ArrayList<>();
        Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.getType() != ToolContext.class)
                .map(MethodTools::name)
                .forEach(name -> {
                    if (schema.get("properties") instanceof Map<?, ?> all && all.get(name) != null) {
                        properties.put(name, all.get(name));
                    }
                    if (schema.get("required") instanceof List<?> names && names.contains(name)) {
                        required.add(name);
                    }
                });
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    private static @Nullable Object call(
            Object target, Method method, Map<String, @Nullable Object> given, ToolContext context) {
        Object[] values = Arrays.stream(method.getParameters())
                .map(parameter -> parameter.getType() == ToolContext.class ? context : value(parameter, given))
                .toArray();
        try {
            return method.invoke(target, values);
        } catch (InvocationTargetException e) {
            throw failure(method, e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("The tool " + method + " can't be called", e);
        }
    }

    private static RuntimeException failure(Method method, @Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException("The tool " + method.getName() + " failed", cause);
    }

    private static @Nullable Object value(Parameter parameter, Map<String, @Nullable Object> given) {
        Object json = given.get(name(parameter));
        P annotation = parameter.getAnnotation(P.class);
        if (json == null && annotation != null && !annotation.defaultValue().equals(P.NO_DEFAULT)) {
            json = parameter.getType() == String.class
                    ? annotation.defaultValue()
                    : JsonReader.read(annotation.defaultValue(), "The default of " + name(parameter));
        }
        if (json == null && parameter.getType() != Optional.class) {
            return none(parameter);
        }
        try {
            return isBean(parameter.getType())
                    ? JSON.convertValue(json, JSON.constructType(parameter.getParameterizedType()))
                    : TypeBinder.value(parameter.getParameterizedType(), json, name(parameter));
        } catch (IllegalArgumentException e) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The argument '" + name(parameter) + "' does not fit",
                    "Give a value as its schema says",
                    e);
        }
    }

    private static boolean isBean(Class<?> type) {
        return type.isArray()
                || (!type.isRecord()
                        && !type.isPrimitive()
                        && !type.isEnum()
                        && !type.getName().startsWith("java."));
    }

    private static @Nullable Object none(Parameter parameter) {
        if (parameter.getType().isPrimitive()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The argument '" + name(parameter) + "' is missing",
                    "Give a " + parameter.getType());
        }
        return null;
    }

    private static ToolResult result(@Nullable Object value) {
        if (value instanceof ToolResult result) {
            return result;
        }
        if (value instanceof String text) {
            return ToolResult.of(text.isEmpty() ? "The tool gave an empty text." : text);
        }
        if (value == null) {
            return ToolResult.of("Done.");
        }
        try {
            return ToolResult.of(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The result, a " + value.getClass().getName() + ", can't be JSON", e);
        }
    }
}
