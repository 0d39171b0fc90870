package dev.datastudio.agents.tool;

import dev.datastudio.agents.tool.internal.FunctionTool;
import dev.datastudio.agents.tool.internal.MethodTools;
import dev.datastudio.agents.tool.internal.Specifications;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.List;
import java.util.Objects;

/**
 * Makes tools of records with functions and of methods with LangChain4j's {@code @Tool}, and LangChain4j's
 * specifications of tools.
 *
 * <p>The arguments of a tool are a record. Its components are texts, numbers, booleans, enums, dates, UUIDs, records,
 * {@link List}s, {@link java.util.Set}s and {@link java.util.Map}s by name of these; an {@link java.util.Optional} may
 * be left out, everything else must be given. LangChain4j's {@code @Description} on a component is shown to models.
 */
public final class Tools {
    private Tools() {}

    /**
     * A tool that only reads data of its caller's tenant.
     *
     * @param name see {@link Tool#name()}
     * @param description what it does and when to use it, for a model; not blank
     * @throws StudioException with {@link ErrorCode#INVALID_NAME} or {@link ErrorCode#INVALID_ARGUMENT}
     * @throws IllegalArgumentException if a component has a type that JSON can't give
     */
    public static <A extends Record> Tool reading(
            String name, String description, Class<A> arguments, ToolFunction<A> function) {
        return of(name, description, SideEffect.READ, arguments, function);
    }

    /** As {@link #reading}, a tool that changes data of its caller's tenant: it runs when somebody approves. */
    public static <A extends Record> Tool writing(
            String name, String description, Class<A> arguments, ToolFunction<A> function) {
        return of(name, description, SideEffect.WRITE, arguments, function);
    }

    /** As {@link #reading}, a tool that reaches beyond the studio: it runs when somebody approves. */
    public static <A extends Record> Tool reachingOut(
            String name, String description, Class<A> arguments, ToolFunction<A> function) {
        return of(name, description, SideEffect.EXTERNAL, arguments, function);
    }

    private static <A extends Record> Tool of(
            String name, String description, SideEffect sideEffect, Class<A> arguments, ToolFunction<A> function) {
        Objects.requireNonNull(function, "function");
        return FunctionTool.of(name, description, sideEffect, arguments, function::apply);
    }

    /**
     * The methods of an object that carry LangChain4j's {@code @Tool}, as tools. A parameter of type
     * {@link dev.datastudio.api.tool.ToolContext} is given the context of the call and not shown to models. What a
     * method returns becomes text: as it is, or as JSON.
     *
     * @param sideEffect what those methods do to the world that do not say it with {@link ToolSideEffect}
     * @return in the order of the methods' names
     * @throws IllegalArgumentException if no method carries the annotation
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when a parameter has no name, because the class
     *     was compiled without {@code -parameters}, or a method has no description
     */
    public static List<Tool> annotated(Object target, SideEffect sideEffect) {
        return annotated(target, target.getClass(), sideEffect);
    }

    /**
     * As {@link #annotated(Object, SideEffect)}, for an object whose class is generated and has no annotations, such as
     * a proxy: the methods are those of a class or interface that it extends or implements.
     *
     * @throws IllegalArgumentException also if the object is not of that type
     */
    public static List<Tool> annotated(Object target, Class<?> type, SideEffect sideEffect) {
        if (!type.isInstance(target)) {
            throw new IllegalArgumentException("target must be a " + type.getName() + ", was a "
                    + target.getClass().getName());
        }
        return MethodTools.of(target, type, Objects.requireNonNull(sideEffect, "sideEffect"));
    }

    /** A tool as LangChain4j's chat models take it. */
    public static ToolSpecification specification(Tool tool) {
        return Specifications.of(tool);
    }

    /** Tools as LangChain4j's chat models take them, in their order. */
    public static List<ToolSpecification> specifications(List<Tool> tools) {
        return tools.stream().map(Specifications::of).toList();
    }
}
