/**
 * The tools with which a model or a person reads and analyses data: {@link dev.datastudio.core.tool.DataTools},
 * {@link dev.datastudio.core.tool.AnalysisTools} and {@link dev.datastudio.core.tool.CodeTools}. Other modules bring theirs as a
 * {@link dev.datastudio.core.tool.ToolProvider}.
 */
@NullMarked
package dev.datastudio.core.tool;

import org.jspecify.annotations.NullMarked;
