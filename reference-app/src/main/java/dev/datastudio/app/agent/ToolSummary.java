package dev.datastudio.app.agent;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.datastudio.agents.tool.RegisteredTool;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import java.util.Optional;

/**
 * A tool that agents may be given.
 *
 * @param name by which it is called
 * @param description what it does and when to use it
 * @param sideEffect {@code read}, {@code write} or {@code external}
 * @param schema JSON Schema of its arguments
 * @param provider who brought it
 * @param disabled why it must not be called now, and what to do about it; null when it may be
 */
@Schema(name = "Tool")
public record ToolSummary(
        String name,
        String description,

        @Schema(allowableValues = {"read", "write", "external"})
        String sideEffect,

        @JsonRawValue @Schema(type = "object") String schema,
        String provider,
        Optional<String> disabled) {
    static ToolSummary of(RegisteredTool tool) {
        return new ToolSummary(
                tool.tool().name(),
                tool.tool().description(),
                tool.tool().sideEffect().name().toLowerCase(Locale.ROOT),
                tool.tool().inputSchema(),
                tool.provider(),
                tool.disabled());
    }
}
