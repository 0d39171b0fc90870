/**
 * Tools for agents: {@link dev.datastudio.agents.tool.ToolRegistry} knows which there are for a caller,
 * {@link dev.datastudio.agents.tool.ToolRunner} runs what a model asks for, {@link dev.datastudio.agents.tool.Tools}
 * makes tools of records, lambdas and methods with LangChain4j's {@code @Tool}.
 *
 * <pre>{@code
 * record Area(@Description("in metres") double width, @Description("in metres") double height) {}
 *
 * ToolRegistry registry = ToolRegistry.of(studio);
 * registry.register(Tools.reading("area", "The area of a rectangle", Area.class,
 *         (area, context) -> ToolResult.of(area.width() * area.height() + " m2")));
 * ToolRunner runner = ToolRunner.builder(registry).build();
 * ToolResult result = runner.run(new ToolCall("area", "{\"width\":2,\"height\":3}"), ToolContext.of(studio.caller()));
 * }</pre>
 */
@NullMarked
package dev.datastudio.agents.tool;

import org.jspecify.annotations.NullMarked;
