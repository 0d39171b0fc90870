/**
 * Who is told of the runs of a studio's graphs: {@link dev.datastudio.agents.telemetry.StudioEngines}. Calls of tools
 * and models have listeners of their own, {@link dev.datastudio.agents.tool.ToolRegistry#listen} and
 * {@link dev.datastudio.agents.model.Models#listen}.
 */
@NullMarked
package dev.datastudio.agents.telemetry;

import org.jspecify.annotations.NullMarked;
