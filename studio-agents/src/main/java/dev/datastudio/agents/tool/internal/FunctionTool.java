package dev.datastudio.agents.tool.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.ErrorType;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.graph.json.internal.JsonWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tool made of a schema and what is done with arguments that fit it. Thread-safe. */
public final class FunctionTool implements Tool {
    private final String name;
    private final String description;
    private final SideEffect sideEffect;
    private final String schema;
    private final ArgumentCheck check;
    private final Work work;

    FunctionTool(String name, String description, SideEffect sideEffect, Map<String, Object> schema, Work work) {
        this.name = ToolNames.require(name);
        this.description = requireText(name, description);
        this.sideEffect = sideEffect;
        this.schema = JsonWriter.line(schema);
        this.check = ArgumentCheck.of(this.schema);
        this.work = work;
    }

    /** What is done with checked arguments. */
    @FunctionalInterface
    interface Work {
        ToolResult apply(Map<String, @Nullable Object> arguments, ToolContext context);
    }

    /** A tool whose arguments are a record. */
    public static <A extends Record> Tool of(
            String name, String description, SideEffect sideEffect, Class<A> arguments, RecordWork<A> work) {
        return new FunctionTool(
                name,
                description,
                sideEffect,
                TypeSchema.of(arguments),
                (given, context) -> work.apply(TypeBinder.bind(arguments, given), context));
    }

    /** What is done with a record of arguments. */
    @FunctionalInterface
    public interface RecordWork<A extends Record> {
        ToolResult apply(A arguments, ToolContext context);
    }

    private static String requireText(String name, String description) {
        if (description.isBlank()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The tool " + StudioException.quote(name) + " has no description",
                    "Say what it does and when to use it: models choose by that");
        }
        return description;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String inputSchema() {
        return schema;
    }

    @Override
    public SideEffect sideEffect() {
        return sideEffect;
    }

    @Override
    public ToolResult call(ToolCall call, ToolContext context) {
        try {
            return work.apply(check.read(call.arguments()), context);
        } catch (StudioException e) {
            if (e.code() == ErrorCode.CANCELLED || e.code().type() == ErrorType.INTERNAL) {
                throw e;
            }
            return ToolResult.error(e);
        }
    }
}
